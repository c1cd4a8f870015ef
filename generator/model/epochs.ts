import type { EpochFrom } from "./consent.js";
import type { FrozenContract, FrozenField } from "./frozen.js";

/** Everything that may say from which edition of the list on it is sent. */
function marked({ common, events, metrics, consent }: FrozenContract): readonly { readonly sinceEpoch?: number }[] {
  const ownFields = [...events.flatMap(({ fields }) => fields), ...metrics.flatMap(({ labels }) => labels)];
  return [...[...common, ...ownFields].flatMap(within), ...events, ...metrics, ...(consent.parts ?? [])];
}

/** A field, and those that stand in it. */
function within(field: FrozenField): readonly FrozenField[] {
  const inner = (type: FrozenField["type"]): readonly FrozenField[] => [
    ...(type.fields ?? []).flatMap(within),
    ...(type.of === undefined ? [] : inner(type.of)),
  ];
  return [field, ...inner(field.type)];
}

export function hasSinceEpoch(contract: FrozenContract): boolean {
  return marked(contract).some(({ sinceEpoch }) => sinceEpoch !== undefined);
}

/**
 * The oldest edition of the list to which a stored yes still holds: what came with each one since is marked, and stays away on it. Where
 * nothing is marked that is today's.
 */
export function holdsFrom(contract: FrozenContract): number {
  const since = new Set(marked(contract).map(({ sinceEpoch }) => sinceEpoch));
  let oldest = contract.consentEpoch;
  while (oldest > 1 && since.has(oldest)) oldest--;
  return oldest;
}

/**
 * Returns the edition of the list that was current at what an older version kept under a key; the first where nothing says so.
 */
export function editionAt({ key, epochs }: EpochFrom, stored: unknown): number {
  const value = key
    .split(".")
    .reduce<unknown>(
      (here, name) =>
        typeof here === "object" && here !== null ? (here as Readonly<Record<string, unknown>>)[name] : undefined,
      stored,
    );
  const time = typeof value === "number" ? value : Date.parse(String(value));
  return Math.max(1, ...epochs.filter(({ from }) => isFrom(from, value, time)).map(({ epoch }) => epoch));
}

function isFrom(from: string | number, value: unknown, time: number): boolean {
  return typeof from === "number" ? typeof value === "number" && value >= from : time >= Date.parse(from);
}
