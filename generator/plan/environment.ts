import { variableOf } from "../language/consent/variable-of.js";
import type { Field, Model } from "../model/model.js";
import { withInner } from "../payload/call-shape.js";

/** Variables by which fields that depend on them hold what their examples say. */
export function environment(model: Model): Readonly<Record<string, string>> {
  const entries = allFields(model)
    .flatMap(withInner)
    .flatMap((field): readonly (readonly [string, string])[] => {
      const { from, example } = field;
      const value = variableOf(field, model.consent);
      if (from.kind !== "env" || value === undefined) return [];
      return (from.is === undefined ? typeof example === "string" : example === true) ? [[from.env, value]] : [];
    });
  return Object.fromEntries(entries);
}

/** Every field of the contract outside of objects, also those of the address; of metrics their labels. */
export function allFields(model: Model): readonly Field[] {
  return [
    ...model.common,
    ...model.destination.urlFields,
    ...model.events.flatMap((event) => event.fields),
    ...model.metrics.flatMap(({ labels }) => labels),
  ];
}
