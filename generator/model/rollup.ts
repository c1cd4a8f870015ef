import type { Rollup } from "./fields.js";

/** Returns what of a rollup counts its calls, and what its callers give beside. */
export function rollupParts({ counters }: Pick<Rollup, "counters">) {
  const counting = counters.filter(({ counts }) => counts === "calls" || counts === "failed-calls");
  return {
    /** The first counts every call, a second the failed ones. */
    counting: counting.map(({ wireName }) => wireName),
    failing: counters.some(({ counts }) => counts === "failed-calls"),
    given: counters.filter((counter) => !counting.includes(counter)),
  };
}

/** Daily totals: calls, failed calls, and sums of what is given beside. */
export function isPlain({ per, counters }: Pick<Rollup, "per" | "counters">): boolean {
  const { failing, given } = rollupParts({ counters });
  return per === undefined && given.every(({ counts }) => counts === "sum") && (failing || given.length === 0);
}
