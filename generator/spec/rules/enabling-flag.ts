import type { ConsentPart, ConsentStep } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";

/** A flag says yes only to what is off by default and decided by itself. */
export function enablingFlag(
  { at: span, place, enableWhen }: ConsentStep,
  part: ConsentPart | undefined,
  report: DiagnosticSink,
): void {
  if (place.kind !== "flag" || enableWhen === undefined || part?.model === "opt-in") return;
  report.add("no-behind-a-yes", span, `The flag ${place.flag} would turn telemetry on for anybody who types it.`, {
    hint: "A flag only says no; it may say yes in a part of consent that is opt-in.",
  });
}
