import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startNode } from "../worker/hosts/start-node.js";

/** A receiver as a page's contract generates it, with a store of its own. */
export async function storeFor(folder: string): Promise<{ readonly url: string; rows(): readonly object[] }> {
  const data = join(folder, "data");
  const host = await startNode(join(folder, "generated/worker"), { TELEMETRY_SINK: "sqlite", TELEMETRY_DATA: data });
  onTestFinished(async () => void (await host.kill("SIGTERM")));
  return { url: `${host.url}/v1/events`, rows: () => rowsIn(data) };
}

/** The fields of every row: in a database, or in a file where this Node has none. */
function rowsIn(data: string): readonly object[] {
  const [lines, database] = ["events.jsonl", "events.db"].map((name) => join(data, name)) as [string, string];
  const rows = existsSync(lines)
    ? readFileSync(lines, "utf8")
    : spawnSync("sqlite3", ["-readonly", database, "SELECT json_object('fields', json(fields)) FROM shelf"], {
        encoding: "utf8",
      }).stdout;
  return rows
    .split("\n")
    .filter(Boolean)
    .map((row) => (JSON.parse(row) as { fields: object }).fields);
}

/** Runs a program with this environment and nothing else. */
export function ran(program: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", env });
  return { status, stdout, stderr };
}
