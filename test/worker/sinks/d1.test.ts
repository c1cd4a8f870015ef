import { Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, it } from "vitest";
import { forgetSql } from "../../../generator/language/sinks/statements.js";
import { loadContract } from "../../../generator/spec/load-contract.js";
import { eventViews } from "../../../generator/targets/dashboards/event-views.js";
import { schemaSql } from "../../../generator/targets/worker/schema-sql.js";
import { bundleWorker } from "./bundle-worker.js";
import { entry, machine, usage } from "./entries.js";

const { model } = loadContract("spec/events.yaml", "spec/events.yaml");
if (model === undefined) throw new Error("no model");

/** Sends what it is posted to the sink, and answers with the outcome. */
const worker = `
  import { d1 } from "./templates/worker/runtime/sinks/d1.js";
  import { analyticsEngine } from "./templates/worker/runtime/sinks/analytics-engine.js";
  const contract = { sink: "d1", add: {}, table: "codegraph_telemetry" };
  const columns = { install: { blobs: ["machine_id", "scope", "targets", "absent"], doubles: ["number"] } };
  export default {
    async fetch(request, env) {
      const entries = await request.json();
      if (request.url.endsWith("/d1")) return Response.json(await d1(contract, env).send(entries));
      const points = [];
      const recorded = { ANALYTICS: { writeDataPoint(point) { points.push(point); env.ANALYTICS.writeDataPoint(point); } } };
      const outcome = await analyticsEngine({ ...contract, columns, distinctId: "machine_id" }, recorded).send(entries);
      return Response.json({ outcome, points });
    },
  };
`;

let platform: Miniflare;
beforeAll(async () => {
  platform = new Miniflare({
    modules: true,
    script: await bundleWorker(worker),
    compatibilityDate: "2026-04-01",
    d1Databases: ["DB"],
    analyticsEngineDatasets: { ANALYTICS: { dataset: "telemetry" } },
  });
});
afterAll(() => platform?.dispose());

async function send(sink: string, entries: readonly unknown[]): Promise<unknown> {
  return (
    await platform.dispatchFetch(`http://localhost/${sink}`, { method: "POST", body: JSON.stringify(entries) })
  ).json();
}

it("D1 makes its own table, stores rows once, and forgets one machine", async () => {
  const database = await platform.getD1Database("DB");
  const rows = async (sql: string) => (await database.prepare(sql).all()).results;
  const stored = [
    { ...usage, id: "aaaaaaaa-0000-5000-8000-000000000000" },
    entry(1, { name: "a\0b\ud800" }),
    { ...entry(2), value: 2.5 },
  ];
  expect(await send("d1", stored)).toEqual({ kind: "stored" });
  expect(await send("d1", stored)).toEqual({ kind: "stored" });
  expect(
    await send(
      "d1",
      Array.from({ length: 500 }, (_, index) => entry(100 + index, { machine_id: "other" })),
    ),
  ).toEqual({ kind: "stored" });
  expect(
    await rows("SELECT count(*) AS rows, count(value) AS valued, max(value) AS value FROM codegraph_telemetry"),
  ).toEqual([{ rows: 503, valued: 1, value: 2.5 }]);
  // What schema.sql adds may come later.
  for (const statement of [schemaSql(model, "sqlite"), ...eventViews(model, "sqlite")]
    .join("\n")
    .split(/;\n/)
    .filter((text) => /^(CREATE|DROP)/m.test(text))) {
    await database.prepare(statement.replace(/^--.*$/gm, "")).run();
  }
  expect(await rows("SELECT time, machine_id, kind, count FROM codegraph_usage_rollup")).toEqual([
    { time: usage.time, machine_id: machine, kind: "mcp_tool", count: 12 },
  ]);
  expect(await rows(`SELECT fields ->> '$.name' AS name FROM codegraph_telemetry WHERE id = '${entry(1).id}'`)).toEqual(
    [{ name: "a\ufffdb\ufffd" }],
  );
  await database.prepare(forgetSql(model, "machine_id", "sqlite").replace("<machine_id>", machine)).run();
  expect(await send("d1", [entry(900, { machine_id: 94731629138370 })])).toEqual({ kind: "stored" });
  await database.prepare(forgetSql(model, "machine_id", "sqlite").replace("<machine_id>", "94731629138370")).run();
  expect(await rows("SELECT DISTINCT fields ->> '$.machine_id' AS machine FROM codegraph_telemetry")).toEqual([
    { machine: "other" },
  ]);
});

it("Analytics Engine gets columns by position, and says what is beyond 250 points", async () => {
  const { outcome, points } = (await send("analytics", [
    entry(7, { targets: ["a", "b"] }),
    ...Array.from({ length: 259 }, (_, index) => entry(index)),
  ])) as {
    outcome: unknown;
    points: unknown[];
  };
  expect(outcome).toEqual({ kind: "stored", lost: { reason: "too_many_points", entries: 10 } });
  expect(points).toHaveLength(250);
  expect(points[0]).toEqual({
    indexes: [machine],
    blobs: ["install", machine, "local", '["a","b"]', ""],
    doubles: [0, 7],
  });
});
