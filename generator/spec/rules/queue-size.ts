import { goldenFields } from "../../model/golden.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

/** What is appended to is sealed at an eighth of `max_size`: the line of each event, drawn as its examples are, has to fit into that. */
export function queueSize({ model, root, whole }: Judged, report: DiagnosticSink): void {
  const size = at(root, "delivery", "queue", "max_size");
  if (size === undefined || !whole("delivery", "events")) return;
  const lines = model.events.map(({ wireName: event, fields }) => {
    const line = { v: model.schemaVersion, event, ts: 1_781_265_600_000, props: goldenFields(fields) };
    return { event, bytes: Buffer.byteLength(`\n${JSON.stringify(line)}\n`) };
  });
  const [largest] = lines.sort((a, b) => b.bytes - a.bytes);
  const most = model.delivery.queue?.maxSize ?? 0;
  if (largest === undefined || 8 * largest.bytes <= most) return;
  report.add(
    "out-of-range",
    size,
    `Each file of the queue takes an eighth of it, and a line with ${largest.event} has ${largest.bytes} bytes, by its examples: ${most} bytes are too few.`,
    { hint: `Write ${8 * largest.bytes}B or more: 64KiB, say.` },
  );
}
