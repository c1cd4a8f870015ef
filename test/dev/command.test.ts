import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const project = mkdtempSync(join(tmpdir(), "plainsight-dev-command-"));
mkdirSync(join(project, "spec"));
cpSync(join(root, "spec/events.yaml"), join(project, "spec/events.yaml"));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const start = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(root, "dist/plainsight.mjs"), "dev", ...args], { cwd: project });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = new Promise<void>((resolve) => child.stdout.on("data", () => out.includes("Ctrl-C") && resolve()));
  return { child, ready, ended, said: () => ({ out, err }) };
};

test("prints where everything is and how to get workerd, serves, and ends at Ctrl-C", async () => {
  const { child, ended, ready, said } = start();
  await Promise.race([ready, ended]);
  const { err, out } = said();
  expect(err).toBe("");
  expect(out).toContain("npm install --save-dev miniflare\n");
  const [, page = ""] = /live page: (http:\/\/127\.0\.0\.1:\d+\/)/.exec(out) ?? [];
  expect((await fetch(page)).status).toBe(200);
  // A port that is taken is said, not thrown.
  const second = start("--port", new URL(page).port);
  expect(await second.ended).toBe(2);
  expect(second.said().err).toMatch(/^Port \d+ is in use\./);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});

test("refuses what it can't do", async () => {
  const unknown = start("--system", "absent");
  expect(await unknown.ended).toBe(2);
  expect(unknown.said().err).toContain('"absent"');
  const port = start("--port", "70000");
  expect(await port.ended).toBe(2);
  expect(port.said().err).toContain("from 0 to 65535");
});
