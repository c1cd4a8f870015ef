import type { Plan, PlanField, PlanValue } from "../../plan/plan.js";
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

/** The plan in which two fields of one name, where they differ, are called by their events, too. */
export function distinct(plan: Plan): Plan {
  const known = new Map<string, string>();
  const named = (field: PlanField, owner: Words): Named => {
    const shape = JSON.stringify([field.value, field.from.kind, "env" in field.from && field.from.env]);
    for (const called of [field.words, [...owner, ...field.words], [...owner, ...field.words, "value"]]) {
      const key = called.join("_");
      if ((known.get(key) ?? shape) !== shape) continue;
      known.set(key, shape);
      return { ...field, called };
    }
    return field;
  };
  const common = plan.common.map((one) => named(one, ["common"]));
  const urlFields = plan.destination.urlFields.map((one) => named(one, ["address"]));
  const emitters = plan.emitters.map((emitter) =>
    emitter.kind === "event"
      ? { ...emitter, fields: emitter.fields.map((field) => named(field, emitter.words)) }
      : emitter,
  );
  const all = [
    ...common,
    ...urlFields,
    ...emitters.flatMap((emitter) => (emitter.kind === "event" ? emitter.fields : [])),
  ];
  // What `setup` is given stands among them, under the same name.
  const fields = plan.setup.fields.map(
    (one) => all.find(({ name, from }) => name === one.name && from.kind === one.from.kind) ?? one,
  );
  return {
    ...plan,
    common,
    destination: { ...plan.destination, urlFields },
    emitters,
    setup: {
      ...plan.setup,
      fields: fields.map((one, at) => ({ ...one, words: plan.setup.fields[at]?.words ?? one.words })),
    },
  };
}
