import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf, textOf } from "../tree.js";
import { milliseconds } from "../units.js";
import type { Judged } from "./rule.js";

/** Checks that waiting times fit into a timer: set for longer than 2^31 ms it fires at once, over and over. */
export function timers({ root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("delivery")) return;
  const delivery = at(root, "delivery");
  const waits = [at(delivery, "timeout")];
  for (const wait of [...waits, ...itemsOf(at(delivery, "flush")).map((flush) => at(flush, "every"))]) {
    const text = textOf(wait);
    if (wait === undefined || text === undefined || milliseconds(text) < 2 ** 31) continue;
    report.add("out-of-range", wait, `${text} is longer than a timer can be set for; 24d is the most.`, {
      hint: "Write 24d or less.",
    });
  }
}
