import { largestField, largestFields } from "../../model/largest.js";
import { isInWords } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import type { Judged } from "./rule.js";

/** What a list or a map may hold has to fit into a request, or the event is lost just where there is much to tell. */
export function largeEvents({ model, whole }: Judged, report: DiagnosticSink): void {
  if (isInWords(model.wire) || ["GET", "HEAD"].includes(model.destination.method ?? "POST")) return;
  if (!whole("ingest", "wire", "destination", "common", "events")) return;
  const { body: most } = model.ingest.limits;
  const common = largestFields(model.common);
  for (const { wireName, fields, at } of model.events) {
    const bytes = common + largestFields(fields);
    if (bytes <= most) continue;
    const [largest] = [...model.common, ...fields].sort((a, b) => largestField(b) - largestField(a));
    report.add(
      "large-event",
      largest?.at ?? at,
      `An event ${wireName} can have ${bytes} bytes, of which ${largest?.wireName} takes the most, and the receiver refuses bodies over ${most}.`,
      { hint: "Lower the most that it can hold, or raise ingest.limits.body." },
    );
  }
}
