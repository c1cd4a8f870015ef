import type { PlanField, PlanValue } from "../../plan/plan.js";
import type { Words } from "../../plan/words.js";

/** A field, and what its types and functions are called: fields that differ never share that. */
export interface Named extends PlanField {
  readonly called?: Words;
}

/** The words for a field's types and functions. */
export function calledOf(field: Named): Words {
  return field.called ?? field.words;
}

/** Returns whether a caller may leave it out. */
export function isLoose({ optional, onlyWhen }: PlanField): boolean {
  return optional || Object.keys(onlyWhen).length > 0;
}

/** A value inside a field's, as a field of its own. */
export function within(field: Named, value: PlanValue, ...suffix: readonly string[]): Named {
  const called = [...calledOf(field), ...suffix];
  return { ...field, called, value, optional: false, onlyWhen: {}, from: { kind: "call" } };
}

/** A field of an object. */
export function inner(field: Named, one: PlanField): Named {
  return { ...one, called: [...calledOf(field), ...one.words] };
}
