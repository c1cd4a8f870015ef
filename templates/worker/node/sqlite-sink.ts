import { createSql, forgetSql, insertRowsSql } from "../runtime/sinks/d1.js";
import { rowsAsJson, tableOf } from "../runtime/sinks/rows.js";
import type { SinkFactory } from "../runtime/sinks/sink.js";
import { jsonLines } from "./json-lines-sink.js";

/** As much of `node:sqlite` as we use: it is there from Node 22.13 on, so its types may not be. */
interface Database {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: readonly string[]): unknown };
}

/** The embedded database of a machine alone: `TELEMETRY_DB`, one file. Where Node has no SQLite, JSON lines beside it. */
export async function sqliteOrJsonLines(
  path: string,
): Promise<{ readonly file: string; readonly factory: SinkFactory }> {
  const DatabaseSync = await sqlite();
  if (DatabaseSync === undefined) {
    const file = path.replace(/\.(db|sqlite3?)$/, "") + ".jsonl";
    return { file, factory: jsonLines(file) };
  }
  return { file: path, factory: (contract) => openDatabase(new DatabaseSync(path), contract) };
}

function openDatabase(database: Database, contract: Parameters<SinkFactory>[0]): ReturnType<SinkFactory> {
  const table = tableOf(contract);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000; ${createSql(table)}`);
  const insert = database.prepare(insertRowsSql(table));
  return {
    async send(entries) {
      try {
        insert.run(rowsAsJson(entries, contract));
        return { kind: "stored" };
      } catch {
        return { kind: "retry", reason: "database" };
      }
    },
    async forget({ name, value }) {
      try {
        database.prepare(forgetSql(table, name)).run(value);
        return { kind: "stored" };
      } catch {
        return { kind: "retry", reason: "database" };
      }
    },
  };
}

async function sqlite(): Promise<(new (path: string) => Database) | undefined> {
  try {
    // A name that no bundler and no type checker of Node 20 knows.
    const name: string = "node:sqlite";
    return ((await import(name)) as { DatabaseSync: new (path: string) => Database }).DatabaseSync;
  } catch {
    return undefined;
  }
}
