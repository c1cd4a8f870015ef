import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clickhouse } from "../../generator/language/sinks/clickhouse.js";
import type { Model } from "../../generator/model/model.js";
import { loadContract } from "../../generator/spec/load-contract.js";
import { schemaSql } from "../../generator/targets/worker/schema-sql.js";
import { withSink, writeWorker } from "../../test/worker/hosts/generated-worker.js";
import { startNode } from "../../test/worker/hosts/start-node.js";
import { hasClickhouse, startClickhouse } from "../../test/worker/sinks/start-clickhouse.js";
import { type Postgres, startPostgres } from "../../test/worker/sinks/start-postgres.js";

/** One that takes events, in a process of its own. */
export interface Receiver {
  readonly url: string;
  readonly pid: number;
  /** Returns the number of events in its store. */
  readonly stored: () => number | Promise<number>;
  readonly stop: () => Promise<unknown>;
}

const { model } = loadContract("spec/events.yaml", "spec/events.yaml") as { model: Model };
const table = "codegraph_telemetry";
/** Nobody is limited here, and a day's event is as good as any. */
const open = (yaml: string) => yaml.replace("requests: 6,", "requests: 100000000,");

async function plainsight(
  change: (yaml: string) => string,
  env: Readonly<Record<string, string>>,
  stored: Receiver["stored"],
): Promise<Receiver> {
  const worker = await writeWorker("spec/events.yaml", (yaml) => change(open(yaml)));
  const { url, pid, kill } = await startNode(worker.folder, { TELEMETRY_DATA: join(worker.folder, "data"), ...env });
  return { url: `${url}/v1/events`, pid, stored, stop: () => kill("SIGTERM").then(() => worker.remove()) };
}

let postgres: Promise<Postgres> | undefined;

/** One server for all that write to it. */
function database(): Promise<Postgres> {
  postgres ??= startPostgres().then((server) => {
    server.run(schemaSql(model, "postgres"));
    server.run(`ALTER ROLE ${table}_ingest PASSWORD 'in'`);
    server.run("CREATE TABLE by_hand (event text NOT NULL, time timestamptz NOT NULL, fields jsonb NOT NULL)");
    return server;
  });
  return postgres;
}

const rowsOf = (server: Postgres, name: string) => () =>
  (server.query(`SELECT count(*)::int AS n FROM ${name}`)[0] as { n: number }).n;

async function script(
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ChildProcess & { url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, name)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production", ...env },
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = /listens on (\S+)/.exec(line.toString())?.[1] ?? "";
  return Object.assign(child, { url });
}

const ended = (child: ChildProcess) => {
  child.kill();
  return once(child, "exit");
};

/** Each started anew for each round. */
export const receivers: Readonly<Record<string, (() => Promise<Receiver>) | string>> = {
  "read and parsed alone": async () => {
    const child = await script("floor-receiver.mjs");
    return { url: `${child.url}/`, pid: child.pid ?? 0, stored: () => Number.NaN, stop: () => ended(child) };
  },
  "Plainsight, a file": async () => {
    const folder = mkdtempSync(join(tmpdir(), "plainsight-receiving-"));
    const host = await plainsight(
      (yaml) => yaml,
      { TELEMETRY_SINK: "sqlite", TELEMETRY_DATA: folder },
      () => Number.NaN,
    );
    return { ...host, stop: () => host.stop().then(() => rmSync(folder, { recursive: true, force: true })) };
  },
  "Plainsight, Postgres": async () => {
    const server = await database();
    const certificate = join(mkdtempSync(join(tmpdir(), "plainsight-ca-")), "server.crt");
    writeFileSync(certificate, server.certificate);
    const env = {
      DATABASE: `postgres://${table}_ingest:in@localhost:${server.port}/postgres`,
      PGSSLROOTCERT: certificate,
    };
    return plainsight((yaml) => withSink(yaml, "postgres"), env, rowsOf(server, table));
  },
  "Plainsight, ClickHouse": hasClickhouse
    ? async () => {
        const server = await startClickhouse();
        await server.query(clickhouse.schema?.(model) ?? "");
        const sink = (yaml: string) =>
          yaml.replace(
            /forward_to:\n(?: {4,}.*\n)+/,
            `forward_to: { sink: clickhouse, url: "https://store.example.com/", secret: KEY }\n`,
          );
        const env = { KEY: server.secret, TELEMETRY_SINK_URL: server.url };
        const host = await plainsight(sink, env, async () =>
          Number(await server.query(`SELECT count() FROM ${table} FINAL`)),
        );
        return { ...host, stop: () => host.stop().then(() => server.remove()) };
      }
    : "there is no ClickHouse server here",
  "by hand: Fastify and pg": async () => {
    const server = await database();
    const env = {
      DATABASE_URL: `postgres://postgres:super@localhost:${server.port}/postgres`,
      PG_CA: server.certificate,
    };
    const child = await script("fastify-receiver.mjs", env);
    return {
      url: `${child.url}/v1/events`,
      pid: child.pid ?? 0,
      stored: rowsOf(server, "by_hand"),
      stop: () => ended(child),
    };
  },
};

export async function removeStores(): Promise<void> {
  await (await postgres)?.remove();
}
