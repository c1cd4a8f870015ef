import { execFileSync } from "node:child_process";
import fs, { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Miniflare } from "miniflare";
import { afterEach, expect, it } from "vitest";
import { loadContract } from "../../../generator/spec/load-contract.js";
import { schemaSql } from "../../../generator/targets/worker/schema-sql.js";
import { nodeConnect } from "../../../templates/worker/node/stores/connect.js";
import { jsonLines } from "../../../templates/worker/node/stores/json-lines.js";
import type { Example } from "../../../templates/worker/runtime/contract.js";
import { stamp } from "../../../templates/worker/runtime/sinks/entry.js";
import { http } from "../../../templates/worker/runtime/sinks/http.js";
import { postgresOver } from "../../../templates/worker/runtime/sinks/postgres.js";
import { posthog } from "../../../templates/worker/runtime/sinks/posthog.js";
import { prometheusImport } from "../../../templates/worker/runtime/sinks/prometheus-import.js";
import { hasRealPart, isThere } from "../../support/real-part.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { writeWorker } from "../hosts/generated-worker.js";
import { startNode } from "../hosts/start-node.js";
import { bundleWorker } from "./bundle-worker.js";
import { contractOf, usage } from "./entries.js";
import { startMetrics } from "./start-metrics.js";
import { startPostgres } from "./start-postgres.js";

/** Ten machines that say nothing of themselves count the same in a day: each sends it once, and is heard once. */
const equal = Array.from({ length: 40 }, () => ({ ...usage, fields: { kind: "mcp_tool", count: 12 } }));
const { model } = loadContract("spec/events.yaml", "spec/events.yaml");
if (model === undefined) throw new Error("no model");

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A backend that keeps every body it gets. */
async function backend(): Promise<{ readonly url: string; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    incoming.on("end", () => {
      bodies.push(body);
      outgoing.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

/** A Node that has SQLite: this one, or one of those that CI tests with. */
const sqliteNode = [process.execPath, ...(process.env.PLAINSIGHT_NODES ?? "").split(delimiter)].find((node) => {
  try {
    return node !== "" && execFileSync(node, ["-e", 'require("node:sqlite")'], { stdio: "ignore" }) !== undefined;
  } catch {
    return false;
  }
});

it.runIf(isThere("a Node with node:sqlite (PLAINSIGHT_NODES)", sqliteNode !== undefined))(
  "40 of 40 in the Node host's SQLite, through spool and all",
  async () => {
    const worker = await writeWorker("spec/systems/cocoindex/events.yaml");
    cleanups.push(worker.remove);
    const data = temporaryFolder("equal");
    const host = await startNode(worker.folder, { TELEMETRY_SINK: "sqlite", TELEMETRY_DATA: data }, [], {
      node: sqliteNode ?? "",
    });
    const { example } = (await import(pathToFileURL(join(worker.folder, "pages.js")).href)) as { example: Example };
    const { path, headers, body } = example;
    const init = { method: "POST", headers, body };
    for (const _ of equal) expect((await fetch(host.url + path, init)).ok).toBe(true);
    expect(await host.kill("SIGTERM")).toBe(0);
    const count = `const { DatabaseSync } = require("node:sqlite");
      const database = new DatabaseSync(${JSON.stringify(join(data, "events.db"))});
      const [{ name }] = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      console.log(database.prepare('SELECT count(*) AS rows FROM "' + name + '"').get().rows);`;
    expect(execFileSync(sqliteNode ?? "", ["--no-warnings", "-e", count], { encoding: "utf8" }).trim()).toBe("40");
  },
);

it("40 of 40 in D1, and a second attempt at the same entries adds none", async () => {
  const script = `
    import { d1 } from "./templates/worker/runtime/sinks/d1.js";
    export default { fetch: async (request, env) => Response.json(await d1({ sink: "d1", add: {}, table: "t" }, env).send(await request.json())) };`;
  const platform = new Miniflare({
    modules: true,
    script: await bundleWorker(script),
    compatibilityDate: "2026-04-01",
    d1Databases: ["DB"],
  });
  cleanups.push(() => platform.dispose());
  const body = JSON.stringify(stamp(equal, 1));
  for (const attempt of [1, 2])
    expect(
      await (await platform.dispatchFetch("http://localhost/", { method: "POST", body })).json(),
      `${attempt}`,
    ).toEqual({ kind: "stored" });
  const database = await platform.getD1Database("DB");
  expect((await database.prepare("SELECT count(*) AS rows FROM t").all()).results).toEqual([{ rows: 40 }]);
});

it.runIf(hasRealPart("postgres"))(
  "40 of 40 in Postgres, and a second attempt at the same entries adds none",
  async () => {
    const server = await startPostgres();
    cleanups.push(() => server.remove());
    server.run(schemaSql(model, "postgres"));
    const secret = `postgres://postgres:super@127.0.0.1:${server.port}/postgres?sslmode=disable`;
    const contract = contractOf({ secret: "DATABASE", table: "codegraph_telemetry" });
    const sink = postgresOver(nodeConnect({}))(contract, { DATABASE: secret });
    const entries = stamp(equal, 1);
    for (const _ of [1, 2]) expect(await sink.send(entries)).toEqual({ kind: "stored" });
    expect(server.query("SELECT count(*) FROM codegraph_telemetry")).toEqual([{ count: 40 }]);
  },
);

it("40 of 40 for PostHog, whose identity of an event is day, name, distinct_id and uuid", async () => {
  const { url, bodies } = await backend();
  const sink = posthog(contractOf({ url, secret: "KEY" }), { KEY: "k" });
  const entries = stamp(equal, 1);
  for (const _ of [1, 2]) expect(await sink.send(entries)).toEqual({ kind: "stored" });
  const identities = bodies.flatMap((body) =>
    (
      JSON.parse(body) as { batch: { timestamp: string; event: string; distinct_id: string; uuid: string }[] }
    ).batch.map((one) => `${one.timestamp.slice(0, 10)} ${one.event} ${one.distinct_id} ${one.uuid}`),
  );
  expect([identities.length, new Set(identities).size]).toEqual([80, 40]);
});

it("40 of 40 for http, and in JSON lines", async () => {
  const { url, bodies } = await backend();
  expect(await http(contractOf({ url }), {}).send(stamp(equal, 1))).toEqual({ kind: "stored" });
  expect(new Set((JSON.parse(bodies[0] ?? "") as { id: string }[]).map(({ id }) => id)).size).toBe(40);
  const file = join(temporaryFolder("equal"), "events.jsonl");
  jsonLines(file, contractOf({})).store(stamp(equal, 1));
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(40);
});

it("JSON lines are whole: half a line of a killed process is ended, and a full disk leaves nothing", () => {
  const file = join(temporaryFolder("equal"), "events.jsonl");
  const store = jsonLines(file, contractOf({}));
  const entries = stamp(equal, 1);
  const rows = () =>
    readFileSync(file, "utf8")
      .split("\n")
      .map((line) => /^\{.*\}$/.test(line));
  writeFileSync(file, '{"id":"1","fields":{"machine_id":"m-1"');
  store.store(entries.slice(0, 2));
  expect(rows()).toEqual([false, true, true, false]);
  const { writeSync } = fs;
  Object.assign(fs, { writeSync: (at: number, bytes: Buffer) => writeSync(at, bytes.subarray(0, 400)) });
  syncBuiltinESMExports();
  try {
    expect(() => store.store(entries.slice(2))).toThrow();
  } finally {
    Object.assign(fs, { writeSync });
    syncBuiltinESMExports();
  }
  expect(rows()).toEqual([false, true, true, false]);
  store.store(entries.slice(2, 3));
  store.forget({ name: "machine_id", value: "m-1" });
  expect(rows()).toEqual([true, true, true, false]);
});

it.runIf(hasRealPart("victoria-metrics"))("40 of 40 in VictoriaMetrics", async () => {
  const metrics = await startMetrics();
  cleanups.push(() => metrics.remove());
  const sink = prometheusImport(contractOf({ url: `${metrics.url}/api/v1/import/prometheus` }), {});
  expect(await sink.send(stamp(equal, 1))).toEqual({ kind: "stored" });
  await metrics.flush();
  const found = await (await fetch(`${metrics.url}/api/v1/export?match[]=usage_rollup`)).text();
  const samples = found
    .trim()
    .split("\n")
    .flatMap((line) => (JSON.parse(line) as { values: number[] }).values);
  expect(samples).toHaveLength(40);
});
