import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temp-folder.js";

const folder = temporaryFolder("mcp");
const server = join(folder, "server.mjs");
beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, "main.ts")],
    outfile: server,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
  }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const session = [
  { id: 1, method: "initialize", params: { clientInfo: { name: "Claude Code", version: "2.1" } } },
  { method: "notifications/initialized" },
  { id: 2, method: "tools/list" },
  { id: 3, method: "tools/call", params: { name: "codegraph_explore" } },
  { id: 4, method: "tools/call", params: { name: "constructor" } },
  { id: 5, method: "nothing" },
];
const typed = session.map((message) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`).join("");

/** A session, as an agent would hold it. */
function run(env: Readonly<Record<string, string>>) {
  const home = mkdtempSync(join(folder, "home-"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [server], {
    env: { PATH: process.env["PATH"], HOME: home, ...env },
    encoding: "utf8",
    input: typed,
  });
  const kept = join(home, ".codegraph");
  const queue = existsSync(kept)
    ? readdirSync(kept)
        .map((name) => readFileSync(join(kept, name), "utf8"))
        .join("")
    : undefined;
  return { status, stdout, stderr, queue };
}

test.each<[string, Readonly<Record<string, string>>]>([
  ["on", {}],
  ["off", { DO_NOT_TRACK: "1" }],
  ["shown", { CODEGRAPH_TELEMETRY_DEBUG: "1" }],
])("stdout is the protocol and nothing else, telemetry %s", (_, env) => {
  const { status, stdout } = run(env);
  expect(status).toBe(0);
  const lines = stdout.split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => (JSON.parse(line) as { jsonrpc: string; id: number }).id)).toEqual([1, 2, 3, 4, 5]);
  expect(lines.join("\n")).toBe(lines.map((line) => JSON.stringify(JSON.parse(line))).join("\n"));
  expect(stdout).toContain("three functions call it");
});

test("the call was counted for the agent that introduced itself, and kept for after its day", () => {
  const { queue, stderr } = run({});
  expect(queue).toMatch(/codegraph_explore.*Claude Code/s);
  expect(queue).not.toContain("constructor");
  expect(stderr).toBe("");
});

test("off: nothing is kept", () => expect(run({ CODEGRAPH_TELEMETRY: "0" }).queue).toBeUndefined());
