import type { Field, Model } from "./model.js";

/**
 * Returns the field by which a receiver finds an identifier: it stands outside of objects, and goes with every event if there is a
 * choice. It may have a name of its own, `{ type: identifier, of: machine_id }`.
 */
export function fieldTelling(
  identifier: string | undefined,
  { common, events, metrics }: Pick<Model, "common" | "events" | "metrics">,
): Field | undefined {
  if (identifier === undefined) return undefined;
  return [...common, ...events.flatMap((event) => event.fields), ...metrics.flatMap(({ labels }) => labels)].find(
    ({ type }) => type.identifier === identifier,
  );
}

/** Returns the field whose value PostHog tells persons apart by. */
export function distinctField(model: Model): string | undefined {
  const { distinctId } = model.ingest.forwardTo ?? {};
  return fieldTelling(distinctId, model)?.wireName ?? distinctId;
}
