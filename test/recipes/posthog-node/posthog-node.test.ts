import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder } from "../../cli/project.js";
import { startNode } from "../../worker/hosts/start-node.js";

const out = join(process.cwd(), "node_modules/.cache/plainsight-recipes/posthog-node");
const names = ["before", "after"];

interface Captured {
  readonly event: string;
  readonly distinct_id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** As much of PostHog as both need: it takes batches, packed or not. */
let posthog: Server;
let url = "";
let batches: { readonly api_key: string; readonly batch: readonly Captured[] }[] = [];

beforeAll(async () => {
  await build({
    entryPoints: names.map((name) => join(import.meta.dirname, `${name}.ts`)),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    outdir: out,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
  });
  posthog = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request
      .on("data", (piece: Buffer) => pieces.push(piece))
      .on("end", () => {
        const body = Buffer.concat(pieces);
        const text = body[0] === 0x1f ? gunzipSync(body) : body;
        if (request.url?.startsWith("/batch")) batches.push(JSON.parse(text.toString()) as (typeof batches)[0]);
        response.writeHead(200, { "content-type": "application/json" }).end('{"status":"Ok"}');
      });
  });
  await new Promise<void>((listens) => posthog.listen(0, "127.0.0.1", listens));
  url = `http://127.0.0.1:${(posthog.address() as AddressInfo).port}`;
});
afterAll(() => void posthog?.close());

function run(name: string, env: Readonly<Record<string, string>>): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [join(out, `${name}.mjs`)], {
    env: { PATH: process.env["PATH"] ?? "", HOME: emptyFolder(), ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  return new Promise((done) => child.on("close", (code) => done({ code, stdout })));
}

test("the same event arrives in the same project, without the identity, the path and the exact numbers", async () => {
  expect(await run("before", { POSTHOG_HOST: url })).toEqual({ code: 0, stdout: "indexed\n" });
  const before = batches.flatMap(({ batch }) => batch);
  batches = [];

  const worker = await startNode(join(process.cwd(), "generated/worker"), {
    TELEMETRY_DATA: emptyFolder(),
    TELEMETRY_SINK: "posthog",
    TELEMETRY_SINK_URL: `${url}/batch/`,
    TELEMETRY_SINK_SECRET: "phc_key",
  });
  try {
    expect(await run("after", { WORKER_URL: `${worker.url}/v1/events` })).toEqual({ code: 0, stdout: "indexed\n" });
    await expect.poll(() => batches.length, { timeout: 60_000 }).toBeGreaterThan(0);
  } finally {
    await worker.kill("SIGTERM");
  }
  const after = batches.flatMap(({ batch }) => batch);

  expect(batches.map(({ api_key }) => api_key)).toEqual(["phc_key"]);
  expect([before, after].map((events) => events.map(({ event }) => event))).toEqual([["index"], ["index"]]);
  // Whole words and numbers only: random identifiers and times may spell any short piece of them.
  const whatLeaks = /home\/ada|ada@|secret|:1234[,}]|:12\.5[,}]/;
  expect(JSON.stringify(before)).toMatch(whatLeaks);
  expect(JSON.stringify(after)).not.toMatch(whatLeaks);
  expect(after[0]?.properties).toMatchObject({
    duration_bucket: "10-60s",
    languages: ["typescript", "go"],
    $process_person_profile: false,
  });
  // Nothing in the program knows the key any more.
  expect(readFileSync(join(out, "before.mjs"), "utf8")).toContain("phc_key");
  expect(readFileSync(join(out, "after.mjs"), "utf8")).not.toMatch(/phc_key|from "posthog-node"/);
});
