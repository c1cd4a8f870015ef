import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** Every version up to the current one has its entry, and only those; the oldest that is accepted is one of them. */
export function history({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("history", "schema_version")) return;
  const version = at(root, "schema_version") ?? root;
  const seen = new Set<number>();
  itemsOf(at(root, "history")).forEach((entry, index) => {
    const number = model.history[index]?.version ?? 0;
    const place = at(entry, "version") ?? entry;
    if (seen.has(number))
      report.add("history-repeated", place, `Version ${number} has two entries.`, { hint: "Merge the two entries." });
    else if (number > model.schemaVersion)
      report.add(
        "history-ahead",
        place,
        `There is no version ${number} yet: schema_version is ${model.schemaVersion}.`,
        { hint: "Raise schema_version, or correct the entry." },
      );
    seen.add(number);
  });
  if (!seen.has(model.schemaVersion)) {
    report.add("history-missing", version, `Version ${model.schemaVersion} has no entry in history.`, {
      hint: `Add { version: ${model.schemaVersion}, change: … } to history.`,
    });
  }
  const from = at(root, "ingest", "supported", "from");
  if (from !== undefined && (model.ingest.supportedFrom ?? 1) > model.schemaVersion)
    report.add(
      "out-of-range",
      from,
      `There is no version ${model.ingest.supportedFrom} yet: schema_version is ${model.schemaVersion}.`,
      {
        hint: `Write ${model.schemaVersion} or less, or raise schema_version.`,
      },
    );
}
