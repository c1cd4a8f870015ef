import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { eventBits, metricBits } from "../../model/bits.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { Model } from "../../model/model.js";
import { refusal } from "../refusal.js";

/** Returns how many bits each event can carry at most, identifiers and open texts apart. */
export function bitsOfEvents({ common, events, metrics }: FrozenContract): ReadonlyMap<string, number> {
  return new Map([
    ...events.map((event) => [event.wireName, eventBits(common, event).closed] as const),
    ...metrics.map((metric) => [metric.wireName, metricBits(metric).closed] as const),
  ]);
}

/** Nothing where the spec sets no limit. */
export function overBudget(model: Model): readonly Diagnostic[] {
  const { maxBits } = model;
  if (maxBits === undefined) return [];
  const bits = bitsOfEvents(model);
  return [...model.events, ...model.metrics].flatMap((event) => {
    const carried = bits.get(event.wireName) ?? 0;
    return carried <= maxBits
      ? []
      : [
          refusal(
            "over-budget",
            `"${event.wireName}" can carry ${carried.toFixed(1)} bits, and max_bits is ${maxBits}.`,
            event.at,
          ),
        ];
  });
}
