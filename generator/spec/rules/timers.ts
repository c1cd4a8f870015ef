import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, entriesOf, itemsOf, textOf } from "../tree.js";
import { milliseconds } from "../units.js";
import type { Judged } from "./rule.js";

/** Where no time means that nothing is ever sent, or that it never ends, and what to write instead. */
const NEEDS_TIME: readonly (readonly [path: readonly string[], hint: string])[] = [
  [["delivery", "timeout"], "Without time no request ever leaves. Write 5s."],
  [["delivery", "queue", "reclaim_after"], "Each process would take what another one is just sending. Write 1h."],
  [["ingest", "rate_limit", "window"], "In no time nobody sends anything. Write 60s."],
];

/** Checks that waiting times are some, and fit into a timer: set for longer than 2^31 ms it fires at once, over and over. */
export function timers({ root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("delivery")) return;
  const delivery = at(root, "delivery");
  const events = entriesOf(at(root, "events"));
  const flushes = itemsOf(at(delivery, "flush")).map((flush) => at(flush, "every"));
  const needs = [
    ...NEEDS_TIME.map(([path, hint]) => [at(root, ...path), hint] as const),
    ...events.map(([, { value }]) => [at(value, "limit", "once_per"), "Write process, day or a duration."] as const),
    ...flushes.map((every) => [every, "Write how often: 6h."] as const),
  ];
  for (const [place, hint] of needs) {
    const text = textOf(place);
    if (place !== undefined && text !== undefined && /^0[a-z]+$/.test(text))
      report.add("out-of-range", place, `${text} is no time.`, { hint });
  }
  for (const wait of [at(delivery, "timeout"), ...flushes]) {
    const text = textOf(wait);
    if (wait === undefined || text === undefined || milliseconds(text) < 2 ** 31) continue;
    report.add("out-of-range", wait, `${text} is longer than a timer can be set for; 24d is the most.`, {
      hint: "Write 24d or less.",
    });
  }
}
