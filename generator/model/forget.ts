import type { Field, Model } from "./model.js";
import { isKept } from "./state-path.js";

/** Beside the contract's own page, wherever the endpoint is. */
export const FORGET_PATH = "/v1/forget";

/**
 * The identifiers by which somebody can ask to be forgotten: random ones that the client keeps. Whoever can name one is whose it is;
 * what others know, too, such as an account, proves nothing.
 */
function forgettableIdentifiers({ identifiers }: Pick<Model, "identifiers">): readonly string[] {
  return identifiers.filter((identifier) => isKept(identifier)).map(({ name }) => name);
}

/** The fields that send them, each once: outside of objects, where every store can find them. */
export function forgettableFields(model: Model): readonly Field[] {
  const names = new Set(forgettableIdentifiers(model));
  const fields = [
    ...model.common,
    ...model.events.flatMap((event) => event.fields),
    ...model.metrics.flatMap(({ labels }) => labels),
  ].filter(({ type }) => names.has(type.identifier ?? ""));
  return [...new Map(fields.map((field) => [field.wireName, field])).values()];
}
