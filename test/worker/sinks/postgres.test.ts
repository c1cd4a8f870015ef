import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forgetSql, retentionSql } from "../../../generator/language/sinks/statements.js";
import { loadContract } from "../../../generator/spec/load-contract.js";
import { eventViews } from "../../../generator/targets/dashboards/event-views.js";
import { schemaSql } from "../../../generator/targets/worker/schema-sql.js";
import { nodeConnect } from "../../../templates/worker/node/stores/connect.js";
import { stamp } from "../../../templates/worker/runtime/sinks/entry.js";
import { postgresOver } from "../../../templates/worker/runtime/sinks/postgres.js";
import type { Outcome, Sink } from "../../../templates/worker/runtime/sinks/sink.js";
import { hasRealPart } from "../../support/real-part.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { bundleWorker } from "./bundle-worker.js";
import { contractOf, entry, machine, usage } from "./entries.js";
import { type Postgres, startPostgres } from "./start-postgres.js";

const { model } = loadContract("spec/events.yaml", "spec/events.yaml");
if (model === undefined) throw new Error("no model");
const table = "codegraph_telemetry";

describe.runIf(hasRealPart("postgres"))("postgres, a real one", () => {
  let server: Postgres;
  const certificate = join(temporaryFolder("postgres"), "server.crt");

  beforeAll(async () => {
    server = await startPostgres();
    writeFileSync(certificate, server.certificate);
    server.run(schemaSql(model, "postgres"));
    for (const view of eventViews(model, "postgres")) server.run(view);
    server.run(`ALTER ROLE ${table}_ingest PASSWORD 'let ü"in'`);
  });
  afterAll(async () => {
    rmSync(certificate, { force: true });
    await server?.remove();
  });

  function sink({
    password = 'let ü"in',
    query = "",
    database = "postgres",
    user = `${table}_ingest`,
    authority = certificate,
  } = {}): Sink {
    const url = `postgres://${user}:${encodeURIComponent(password)}@localhost:${server.port}/${database}${query}`;
    const env = { DATABASE: url, ...(authority === "" ? {} : { PGSSLROOTCERT: authority }) };
    return postgresOver(nodeConnect(env))(contractOf({ sink: "postgres", secret: "DATABASE", table }), env);
  }

  it("stores rows over TLS as a role that can't read them, and a repeat of them costs nothing", async () => {
    const [stamped] = await stamp([usage], 0);
    const entries = [stamped as NonNullable<typeof stamped>, entry(1), entry(2, { targets: ["claude", "cursor"] })];
    expect(await sink().send(entries)).toEqual({ kind: "stored" });
    expect(await sink().send(entries)).toEqual({ kind: "stored" });
    const rows = server.query(
      `SELECT id, event, time AT TIME ZONE 'utc' AS time, fields, value FROM ${table} ORDER BY time DESC, id`,
    );
    expect(rows).toEqual([
      { ...entries[0], time: "2026-06-12T12:00:00", value: null },
      { ...entry(1), time: "2026-06-12T08:00:00", value: null },
      { ...entries[2], time: "2026-06-12T08:00:00", value: null },
    ]);
    expect(server.query(`SELECT kind, name, count, ci FROM "codegraph_usage_rollup"`)).toEqual([
      { kind: "mcp_tool", name: "codegraph_explore", count: 12, ci: false },
    ]);
    expect(() => server.run(`SET ROLE ${table}_ingest; SELECT * FROM ${table}`)).toThrow(/permission denied/);
    expect(() => server.run(`SET ROLE ${table}_ingest; SELECT * FROM codegraph_install`)).toThrow(/permission denied/);
  });

  it("stores what databases refuse in a text, made storable", async () => {
    expect(await sink().send([entry(10, { name: "a\0b\ud800c'\"\\ü😀" })])).toEqual({ kind: "stored" });
    expect(server.query(`SELECT fields ->> 'name' AS name FROM ${table} WHERE id = '${entry(10).id}'`)).toEqual([
      { name: "a\ufffdb\ufffdc'\"\\ü😀" },
    ]);
  });

  it("takes five hundred large rows at once", async () => {
    const entries = Array.from({ length: 500 }, (_, index) => entry(1000 + index, { text: "x".repeat(1500) }));
    expect(await sink().send(entries)).toEqual({ kind: "stored" });
    expect(server.query(`SELECT count(*) FROM ${table} WHERE fields ? 'text'`)).toEqual([{ count: 500 }]);
  });

  it("forgets one machine, and what is too old, as DEPLOY.md says", async () => {
    const other = "11111111-2222-4333-8444-555555555555";
    await sink().send([entry(20, { machine_id: other }), { ...entry(21), time: "2001-01-01T00:00:00.000Z" }]);
    server.run(forgetSql(model, "machine_id", "postgres").replace("<machine_id>", other));
    expect(server.query(`SELECT count(*) FROM ${table} WHERE fields ->> 'machine_id' = '${other}'`)).toEqual([
      { count: 0 },
    ]);
    expect(server.query(`SELECT count(*) FROM ${table} WHERE fields ->> 'machine_id' = '${machine}'`)).not.toEqual([
      { count: 0 },
    ]);
    server.run(retentionSql(model, 3650, "postgres"));
    expect(server.query(`SELECT count(*) FROM ${table} WHERE time < '2002-01-01'`)).toEqual([{ count: 0 }]);
  });

  it("gives a view to whatever an event is called", () => {
    const [event] = model.events;
    if (event === undefined) throw new Error("no event");
    const names = ["a\"b'c; DROP TABLE x; --", "Flow.start", "$x/y z", "é".repeat(80)];
    const events = names.map((wireName) => ({ ...event, wireName }));
    const odd = { ...model, product: "odd-one", events };
    server.run(schemaSql(odd, "postgres"));
    for (const view of eventViews(odd, "postgres")) server.run(view);
    expect(server.query("SELECT count(*) FROM pg_views WHERE viewname LIKE 'odd_one_%'")).toEqual([
      { count: names.length },
    ]);
    expect(server.query(`SELECT * FROM "odd_one_a""b'c; DROP TABLE x; --"`)).toEqual([]);
  });

  const failing: [string, () => Sink, Outcome][] = [
    ["a wrong password", () => sink({ password: "wrong" }), { kind: "retry", reason: "sqlstate 28P01" }],
    ["a database that isn't there", () => sink({ database: "none" }), { kind: "retry", reason: "sqlstate 3D000" }],
    ["a certificate of an unknown authority", () => sink({ authority: "" }), { kind: "retry", reason: "unreachable" }],
    [
      "a secret that is no URL",
      () => postgresOver(nodeConnect({}))(contractOf({ secret: "DATABASE" }), { DATABASE: "nonsense" }),
      { kind: "retry", reason: "no url" },
    ],
  ];
  it.each(failing)("keeps the rows for later with %s", async (_, open, outcome) => {
    expect(await open().send([entry(30)])).toEqual(outcome);
  });

  it("speaks without TLS only where the URL says so", async () => {
    expect(await sink({ query: "?sslmode=disable", authority: "" }).send([entry(40)])).toEqual({ kind: "stored" });
  });

  it("refuses a row that is no row, alone", async () => {
    expect(await sink().send([{ ...entry(50), time: "no time" }])).toMatchObject({
      kind: "refused",
      because: "one-of-them",
    });
    expect(server.query(`SELECT count(*) FROM ${table} WHERE id = '${entry(50).id}'`)).toEqual([{ count: 0 }]);
  });

  it("is down while the server is, and goes on afterwards", async () => {
    await server.stop();
    expect(await sink().send([entry(60)])).toEqual({ kind: "retry", reason: "unreachable" });
    await server.start();
    expect(await sink().send([entry(60)])).toEqual({ kind: "stored" });
  });

  it("works the same from workerd, over its own sockets", async () => {
    const script = `
      import { postgres } from "./templates/worker/runtime/postgres-workers.js";
      export default { async fetch(request, env) {
        return Response.json(await postgres({ sink: "postgres", secret: "DATABASE", add: {}, table: "${table}" }, env).send(await request.json()));
      } };`;
    const url = (password: string, query: string) =>
      `postgres://${table}_ingest:${encodeURIComponent(password)}@127.0.0.1:${server.port}/postgres${query}`;
    const open = async (database: string) =>
      new Miniflare({
        modules: true,
        script: await bundleWorker(script),
        compatibilityDate: "2026-04-01",
        bindings: { DATABASE: database },
        // workerd itself reports the certificate that it refuses.
        handleRuntimeStdio: (_output: Readable, errors: Readable) => void errors.resume(),
      });
    const cases: [string, Outcome][] = [
      [url('let ü"in', "?sslmode=disable"), { kind: "stored" }],
      [url("wrong", "?sslmode=disable"), { kind: "retry", reason: "sqlstate 28P01" }],
      // The certificate is of no authority that workerd knows.
      [url('let ü"in', ""), { kind: "retry", reason: "unreachable" }],
    ];
    for (const [database, outcome] of cases) {
      const platform = await open(database);
      const response = await platform.dispatchFetch("http://localhost/", {
        method: "POST",
        body: JSON.stringify([entry(70)]),
      });
      expect(await response.json()).toEqual(outcome);
      await platform.dispose();
    }
    expect(server.query(`SELECT count(*) FROM ${table} WHERE id = '${entry(70).id}'`)).toEqual([{ count: 1 }]);
  });
});
