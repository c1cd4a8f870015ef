import type { Metric, Schedule } from "./fields.js";

/** Returns how often a report goes out: as often as what is sent most often. Undefined where there is nothing by the clock. */
export function reportsEvery({
  metrics,
}: {
  readonly metrics: readonly Pick<Metric, "schedule">[];
}): number | undefined {
  const all = metrics.flatMap(({ schedule }) => schedule?.every ?? []);
  return all.length === 0 ? undefined : Math.min(...all);
}

/** Returns whether all metrics go together, from the program's start on: then nobody has to keep a time for each of them. */
export function inStep({
  metrics,
}: {
  readonly metrics: readonly { readonly schedule?: Schedule | undefined }[];
}): boolean {
  const [first] = metrics;
  return metrics.every(
    ({ schedule }) =>
      schedule?.every === first?.schedule?.every &&
      schedule?.firstAfter === undefined &&
      schedule?.jitter === undefined,
  );
}
