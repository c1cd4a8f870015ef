import { execFile, execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { jsonLines } from "../../../templates/worker/node/stores/json-lines.js";
import { createSql, insertRowsSql } from "../../../templates/worker/runtime/sinks/d1.js";
import { prometheusImport } from "../../../templates/worker/runtime/sinks/prometheus-import.js";
import { rowsAsJson, tableOf } from "../../../templates/worker/runtime/sinks/rows.js";
import { hasRealPart } from "../../support/real-part.js";
import { type GeneratedWorker, withSink, writeWorker } from "../hosts/generated-worker.js";
import { contractOf, entry, machine } from "./entries.js";
import { startMetrics } from "./start-metrics.js";
import { startPostgres } from "./start-postgres.js";

const contract = contractOf({ table: "codegraph_telemetry" });
const { machine_id: _none, ...fields } = entry(4).fields;
const nobodys = { ...entry(4), fields };
const others = [entry(3, { machine_id: "11111111-2222-4333-8444-555555555555" }), nobodys];
const all = [entry(1), entry(2, { number: -1 }), ...others];
const left = others.map(({ id }) => id);

const generated: GeneratedWorker[] = [];
afterEach(() => {
  for (const worker of generated.splice(0)) worker.remove();
});

/** The worker of a contract like ours with another sink, and what its page says to run for one machine: each block of commands. */
async function workerInto(sink: string): Promise<{ readonly folder: string; readonly documented: readonly string[] }> {
  const worker = await writeWorker("spec/events.yaml", (yaml) => withSink(yaml, sink));
  generated.push(worker);
  const page = readFileSync(join(worker.folder, "DEPLOY.md"), "utf8");
  const section = page.split("\n## Deletion requests\n")[1]?.split("\n## ")[0] ?? "";
  const documented = [...section.matchAll(/^```sh\n(.*?)\n```$/gms)].map(([, commands = ""]) =>
    commands.replaceAll("<machine_id>", machine),
  );
  return { folder: worker.folder, documented };
}

/** As a person would; but wrangler is the one that is installed here. */
async function run(commands: string | undefined, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const path = `${join(process.cwd(), "node_modules/.bin")}${delimiter}${process.env.PATH}`;
  const { stdout } = await promisify(execFile)(
    "sh",
    ["-ec", (commands ?? "exit 9").replaceAll("npx wrangler", "wrangler")],
    {
      cwd,
      env: { ...process.env, PATH: path, WRANGLER_SEND_METRICS: "false", CI: "1", NO_COLOR: "1", ...env },
    },
  );
  return stdout;
}

/** The rows as the embedded database's own statements, with the parameter in place. */
function storing(): string {
  const table = tableOf(contract);
  const literal = `'${rowsAsJson(all, contract).replaceAll("'", "''")}'`;
  return `${createSql(table)};\n${insertRowsSql(table).replace("?1", literal)};\n`;
}

const remaining = `SELECT id FROM codegraph_telemetry ORDER BY id`;

describe("what DEPLOY.md says for a deletion request removes one machine's events and no others", () => {
  it("in D1, by wrangler", async () => {
    const { folder, documented } = await workerInto("d1");
    const local = (commands: string | undefined) => run(commands?.replaceAll("--remote", "--local"), folder);
    writeFileSync(join(folder, "rows.sql"), storing());
    await local("npx wrangler d1 execute codegraph-telemetry --remote --file rows.sql");
    await local(documented[0]);
    const answer = await local(`npx wrangler d1 execute codegraph-telemetry --remote --json --command "${remaining}"`);
    expect((JSON.parse(answer) as { results: unknown }[])[0]?.results).toEqual(left.map((id) => ({ id })));
  });

  it.runIf(hasRealPart("sqlite3"))("in the Node host's SQLite file", async () => {
    const { folder, documented } = await workerInto("sqlite");
    const page = readFileSync(join(folder, "DEPLOY.md"), "utf8");
    const lastLine = /On Node, the last line is `(sqlite3 [^`]*)`/.exec(
      page.split("\n## Deletion requests\n")[1] ?? "",
    )?.[1];
    const file = join(folder, "events.db");
    execFileSync("sqlite3", [file], { input: storing() });
    await run(documented[0]?.replace(/^npx .*$/m, lastLine ?? "exit 9"), folder, { TELEMETRY_DATA: folder });
    expect(execFileSync("sqlite3", [file, remaining], { encoding: "utf8" }).trim().split("\n")).toEqual(left);
  });

  it("in the Node host's lines", async () => {
    const { folder, documented } = await workerInto("sqlite");
    const file = join(folder, "events.jsonl");
    const ids = () =>
      readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as { id: string }).id);
    jsonLines(file, contract).store(all);
    await run(documented[1], folder, { TELEMETRY_DATA: folder });
    expect(ids()).toEqual(left);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    // Nothing is found, and then nothing is left: neither is a failure.
    await run(documented[1], folder, { TELEMETRY_DATA: folder });
    expect(ids()).toEqual(left);
    writeFileSync(file, "");
    jsonLines(file, contract).store([entry(5)]);
    await run(documented[1], folder, { TELEMETRY_DATA: folder });
    expect(ids()).toEqual([]);
  });

  it.runIf(hasRealPart("postgres"))("in Postgres, by psql, as the owner", async () => {
    const { folder, documented } = await workerInto("postgres");
    const server = await startPostgres();
    try {
      server.run(readFileSync(join(folder, "schema.sql"), "utf8"));
      const literal = `'${rowsAsJson(all, contract).replaceAll("'", "''")}'`;
      server.run(
        `INSERT INTO codegraph_telemetry SELECT * FROM jsonb_populate_recordset(NULL::codegraph_telemetry, ${literal})`,
      );
      await run(documented[0], folder, { ADMIN_URL: `postgres://postgres:super@127.0.0.1:${server.port}/postgres` });
      expect(server.query(remaining)).toEqual(left.map((id) => ({ id })));
    } finally {
      await server.remove();
    }
  });

  it.runIf(hasRealPart("victoria-metrics"))("in VictoriaMetrics, by curl", async () => {
    const { folder, documented } = await workerInto("prometheus-import");
    const metrics = await startMetrics();
    const machines = async () => {
      const query = "match[]=install&start=2026-06-12T00:00:00Z&end=2026-06-13T00:00:00Z";
      const found = (await (await fetch(`${metrics.url}/api/v1/series?${query}`)).json()) as {
        data: { machine_id?: string }[];
      };
      return found.data.map(({ machine_id }) => machine_id).sort();
    };
    try {
      const sink = prometheusImport(contractOf({ url: `${metrics.url}/api/v1/import/prometheus` }), {});
      expect(await sink.send(all)).toEqual({ kind: "stored" });
      await metrics.flush();
      expect(await machines()).toEqual([others[0]?.fields.machine_id, machine, machine, undefined]);
      await run(documented[0], folder, { METRICS: metrics.url });
      expect(await machines()).toEqual([others[0]?.fields.machine_id, undefined]);
    } finally {
      await metrics.remove();
    }
  });
});
