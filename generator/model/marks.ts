import type { Event, Metric } from "./fields.js";
import type { Model } from "./model.js";
import { mainFile } from "./own-files.js";
import { inStep } from "./schedule.js";
import { statePath } from "./state-path.js";

/** Returns whether something is kept on the machine about when an event was sent last. */
export function isMarked({ limit, schedule }: Pick<Event, "limit" | "schedule">): boolean {
  return schedule !== undefined || (limit !== undefined && limit.oncePer !== "process");
}

/**
 * Returns whether each start of the program begins with a report: all metrics go together, and the contract has no file beside which
 * the time of the last one could be kept.
 */
export function beginsAnew(
  model: Pick<Model, "consent" | "identifiers" | "salts"> & { readonly metrics: readonly Metric[] },
) {
  return inStep(model) && statePath(model) === undefined;
}

/** Returns what such marks lie beside, and how their names begin: the queue, the state, or nothing of the contract's. */
export function marksOf(model: Model): { readonly beside: string; readonly prefix: string } | undefined {
  const { events, metrics, product } = model;
  if (!events.some(isMarked) && (metrics.length === 0 || beginsAnew(model))) return undefined;
  const beside = mainFile(model) ?? "{app_dir}/telemetry.json";
  return { beside, prefix: `${product}-once-` };
}
