import { appendFile } from "node:fs/promises";
import { rowOf } from "../runtime/sinks/rows.js";
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
  });
}
