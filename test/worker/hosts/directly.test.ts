import { existsSync, mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../support/temp-folder.js";
import { type GeneratedWorker, withSink, writeWorker } from "./generated-worker.js";
import { type NodeProcess, startNode } from "./start-node.js";
import { post, usageBatch } from "./usage-batch.js";

// A contract whose store is on the same disk: nothing waits in front of it.
const hasSqlite = await import("node:sqlite" as string).then(
  () => true,
  () => false,
);
let worker: GeneratedWorker;
let host: NodeProcess;
const data = temporaryFolder("directly");
const lines = join(data, "events.jsonl");

beforeAll(async () => {
  worker = await writeWorker("spec/events.yaml", (yaml) => withSink(yaml, "sqlite"));
  host = await startNode(worker.folder, { TELEMETRY_DATA: data });
});
afterAll(async () => {
  await host?.kill("SIGTERM");
  worker?.remove();
});

it("has no spool, and no store but its own", async () => {
  expect(existsSync(join(worker.folder, "node/spool.js"))).toBe(false);
  expect(host.output()).toContain(`events go to ${data}/events.${hasSqlite ? "db" : "jsonl"}\n`);
  const elsewhere = startNode(worker.folder, { TELEMETRY_DATA: data, TELEMETRY_SINK: "posthog" });
  await expect(elsewhere).rejects.toThrow('There is no sink "posthog". Sinks: sqlite.');
});

// On a Node with SQLite the file is a database, which nothing can be put in the place of.
it.skipIf(hasSqlite)("says no while the disk does, and yes again when it has room", async () => {
  const health = async () => (await fetch(`${host.url}/health`)).status;
  mkdirSync(lines);
  expect(await post(host.url, usageBatch(2).body)).toBe(503);
  expect(await health()).toBe(503);
  rmdirSync(lines);
  expect(await health()).toBe(200);
  expect(await post(host.url, usageBatch(2).body)).toBe(204);
  // It is there when the answer is.
  expect(readFileSync(lines, "utf8").trim().split("\n")).toHaveLength(2);
});
