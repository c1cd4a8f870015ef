import type { Model } from "./model.js";

/** The size of some contracts. */
export interface Counts {
  readonly contracts: number;
  /** Metrics count as events. */
  readonly events: number;
  readonly fields: number;
  /** Released versions that they are held against. */
  readonly versions: number;
}

export function count(models: readonly Model[]): Counts {
  const sum = (of: (model: Model) => number) => models.reduce((total, model) => total + of(model), 0);
  return {
    contracts: models.length,
    events: sum(({ events, metrics }) => events.length + metrics.length),
    fields: sum(
      ({ common, events, metrics }) =>
        [common, ...events.map(({ fields }) => fields), ...metrics.map(({ labels }) => labels)].flat().length,
    ),
    versions: sum(({ frozen }) => frozen.length),
  };
}
