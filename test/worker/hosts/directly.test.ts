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
  const misspelt = startNode(worker.folder, { TELEMETRY_DATA: data }, [], { args: ["--tyr"] });
  await expect(misspelt).rejects.toThrow('The only argument is --try, not "--tyr".');
});

it("says no while the disk does, and yes again when it has room", async () => {
  const health = async () => (await fetch(`${host.url}/health`)).status;
  const release = await blocked();
  expect(await post(host.url, usageBatch(2).body)).toBe(503);
  expect(await health()).toBe(503);
  release();
  expect(await health()).toBe(200);
  expect(await post(host.url, usageBatch(2).body)).toBe(204);
  // It is there when the answer is.
  if (!hasSqlite) expect(readFileSync(lines, "utf8").trim().split("\n")).toHaveLength(2);
});

/** Something else lies where the lines should go; or somebody else writes into the database. Returns what ends it. */
async function blocked(): Promise<() => void> {
  if (!hasSqlite) {
    mkdirSync(lines);
    return () => rmdirSync(lines);
  }
  const { DatabaseSync } = (await import("node:sqlite" as string)) as {
    DatabaseSync: new (path: string) => { exec(sql: string): void; close(): void };
  };
  const database = new DatabaseSync(join(data, "events.db"));
  database.exec("BEGIN IMMEDIATE");
  return () => database.close();
}
