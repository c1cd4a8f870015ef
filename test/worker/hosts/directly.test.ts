import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isThere } from "../../support/real-part.js";
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

// Namespaces of one's own: as root always, and elsewhere where the kernel allows it.
const unshare = ["unshare", ...(process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"]), "--mount"];
const hasNamespaces = spawnSync(unshare[0] ?? "", [...unshare.slice(1), "true"]).status === 0;

it.runIf(isThere("mount namespaces", hasNamespaces))(
  "on a full disk /health says so, although nothing at all would still fit, and says otherwise when there is room",
  async () => {
    const own = temporaryFolder("full");
    const small = `mount -t tmpfs -o size=256k tmpfs "$TELEMETRY_DATA" && head -c 32768 /dev/zero > "$TELEMETRY_DATA/else" && exec "$@"`;
    const full = await startNode(worker.folder, { TELEMETRY_DATA: own }, [], {
      behind: [...unshare, "sh", "-c", small, "sh"],
    });
    try {
      const health = async (method: string) => (await fetch(`${full.url}/health`, { method })).status;
      const send = (events = 1) => post(full.url, usageBatch(events).body);
      expect([await health("GET"), await health("HEAD"), await send(40)]).toEqual([200, 200, 204]);
      for (const events of [40, 1]) for (let sent = 0; sent < 200 && (await send(events)) === 204; sent++);
      expect([await send(), await health("GET"), await health("HEAD")]).toEqual([503, 503, 503]);
      rmSync(join(`/proc/${full.pid}/root`, own, "else"));
      expect([await health("GET"), await send()]).toEqual([200, 204]);
    } finally {
      await full.kill("SIGTERM");
    }
  },
);

it("what never gets as far as the worker is counted, too", async () => {
  const { port } = new URL(host.url);
  const before = host.counted();
  for (const path of ["//v1/events", "/v1/%2e%2e/events"])
    await new Promise<void>((resolve) =>
      connect(Number(port), "127.0.0.1", function (this: Socket) {
        this.end(`POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`).resume();
      }).once("close", () => resolve()),
    );
  await host.kill("SIGTERM");
  expect((host.counted()["wrong_path"] ?? 0) - (before["wrong_path"] ?? 0)).toBe(2);
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
