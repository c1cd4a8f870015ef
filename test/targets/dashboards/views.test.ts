import { Miniflare } from "miniflare";
import { describe, expect, it } from "vitest";
import { dashboardFiles } from "../../../generator/targets/dashboards/dashboards.js";
import { schemaSql } from "../../../generator/targets/worker/schema-sql.js";
import { rowsAsJson } from "../../../templates/worker/runtime/sinks/rows.js";
import { hasRealPart } from "../../support/real-part.js";
import { bundleWorker } from "../../worker/sinks/bundle-worker.js";
import { contractOf } from "../../worker/sinks/entries.js";
import { startPostgres } from "../../worker/sinks/start-postgres.js";
import { contract, FIVE } from "../five.js";
import { expectedRows, knownData } from "./known-data.js";

const model = contract("codegraph");

function file(name: string, of = model): string {
  const found = dashboardFiles(of).find(({ path }) => path === `dashboards/${name}`);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.text;
}

const withViews = FIVE.map(contract).filter(({ metrics }) => metrics.length === 0);

it("D1: the views of CodeGraph count what its own sink has stored; those of the others are accepted", async () => {
  const platform = new Miniflare({
    modules: true,
    script: await bundleWorker(`
      import { d1 } from "./templates/worker/runtime/sinks/d1.js";
      export default { fetch: async (request, env) =>
        Response.json(await d1({ sink: "d1", add: {}, table: "codegraph_telemetry" }, env).send(await request.json())) };`),
    compatibilityDate: "2026-04-01",
    d1Databases: ["DB"],
  });
  try {
    const sent = await platform.dispatchFetch("http://localhost/", { method: "POST", body: JSON.stringify(knownData) });
    expect(await sent.json()).toEqual({ kind: "stored" });
    const database = await platform.getD1Database("DB");
    const run = async (sql: string) => {
      for (const statement of sql.replace(/^--.*$/gm, "").split(/;\n/)) {
        if (statement.trim() !== "") await database.prepare(statement).run();
      }
    };
    for (const one of withViews) {
      await run(schemaSql(one, "sqlite"));
      // Twice: they are replaced when the contract has changed.
      await run(file("views.sqlite.sql", one));
      await run(file("views.sqlite.sql", one));
      for (const [, view] of file("views.sqlite.sql", one).matchAll(/CREATE VIEW "([^"]+)"/g))
        expect((await database.prepare(`SELECT * FROM "${view}"`).all()).success).toBe(true);
    }
    for (const [view, rows] of Object.entries(expectedRows))
      expect((await database.prepare(`SELECT * FROM ${view}`).all()).results, view).toEqual(rows);
  } finally {
    await platform.dispose();
  }
});

describe.runIf(hasRealPart("postgres"))("Postgres, a real one", () => {
  it("has the same rows in its views, and answers every query of the Grafana dashboards", async () => {
    const postgres = await startPostgres();
    try {
      for (const one of withViews)
        for (const sql of [
          schemaSql(one, "postgres"),
          file("views.postgres.sql", one),
          file("views.postgres.sql", one),
        ])
          postgres.run(sql);
      const rows = rowsAsJson(knownData, contractOf({ sink: "postgres" })).replaceAll("'", "''");
      postgres.run(
        `INSERT INTO codegraph_telemetry SELECT * FROM jsonb_populate_recordset(null::codegraph_telemetry, '${rows}')`,
      );
      for (const [view, expected] of Object.entries(expectedRows))
        expect(postgres.query(`SELECT * FROM ${view}`), view).toEqual(expected);
      const answers = withViews.flatMap((one) =>
        panels(file("grafana.json", one)).map(({ rawSql }) => {
          // As Grafana fills it in.
          const sql = rawSql.replace(/\$__timeFilter\((.+?)\)(?= ORDER)/, "$1 BETWEEN '2026-06-09Z' AND '2026-06-30Z'");
          return postgres.query(sql);
        }),
      );
      expect(answers[0]).toEqual([{ time: "2026-06-15T00:00:00+00:00", different_machine_id: 1 }]);
      expect(answers[1]).toEqual(expectedRows.codegraph_dashboard_installs_by_target);
    } finally {
      await postgres.remove();
    }
  });
});

function panels(text: string): readonly { readonly rawSql: string }[] {
  const { panels } = JSON.parse(text) as { panels: { targets: [{ rawSql: string }] }[] };
  return panels.map(({ targets }) => targets[0]);
}
