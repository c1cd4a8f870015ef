import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { type Row, rowOf } from "../runtime/sinks/rows.js";
import type { SinkFactory } from "../runtime/sinks/sink.js";

/** One JSON object per line, appended: for looking at, and for loading elsewhere. Repeats are not recognised; their `id` is the same. */
export function jsonLines(file: string): SinkFactory {
  return (contract) => ({
    async send(entries) {
      try {
        const lines = entries.map((entry) => `${JSON.stringify(rowOf(entry, contract))}\n`);
        await appendFile(file, lines.join(""), { mode: 0o600 });
        return { kind: "stored" };
      } catch {
        return { kind: "retry", reason: "disk" };
      }
    },
    async forget({ name, value }) {
      try {
        if (existsSync(file)) rewrite(file, (row) => String(row.fields[name]) !== value);
        return { kind: "stored" };
      } catch {
        return { kind: "retry", reason: "disk" };
      }
    },
  });
}

/** In one go, so that no line of this process comes in between. A line that can't be read stays. */
function rewrite(file: string, stays: (row: Row) => boolean): void {
  const kept = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && staysLine(line, stays));
  const aside = `${file}.new`;
  try {
    writeFileSync(aside, kept.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    renameSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

function staysLine(line: string, stays: (row: Row) => boolean): boolean {
  try {
    return stays(JSON.parse(line) as Row);
  } catch {
    return true;
  }
}
