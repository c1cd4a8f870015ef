import type { Plan, PlanField } from "../../plan/plan.js";
import type { Words } from "../../plan/words.js";
import { constantJson, fitOf, type Printed } from "./fields.js";
import { madeOf } from "./late.js";
import { pascal } from "./literal.js";
import type { Named } from "./named.js";
import { sourceCode } from "./sources.js";
import { isGiven, shapesOf } from "./types.js";

/** The functions that a field's value needs: their names, and their code. */
export function neededBy(field: Named): Printed {
  if (constantJson(field) !== undefined || madeOf(field) !== undefined) return [];
  return [...fitOf(field).needs, ...sourceCode(field)];
}

/** Everything that a field has a contract's module declare. */
function declaredBy(field: Named): Printed {
  const shapes = isGiven(field.from) ? shapesOf(field) : [];
  return [...neededBy(field), ...shapes.map(({ name, field: _, ...shape }) => [name, JSON.stringify(shape)] as const)];
}

/** The plan in which no two types and no two functions share a name: fields that differ are called by their events, too. */
export function distinct(plan: Plan): Plan {
  const known = new Map(
    plan.emitters.flatMap((one) =>
      one.kind === "event" && one.given.length > 0 ? [[pascal(one.words), one.name]] : [],
    ),
  );
  const named = (field: PlanField, owner: Words): Named => {
    for (let count = 1; ; count++) {
      const other = [...owner, ...field.words, ...(count < 3 ? [] : [String(count)])];
      const one = { ...field, called: count === 1 ? field.words : other };
      const declared = declaredBy(one);
      if (declared.some(([name, code]) => (known.get(name) ?? code) !== code)) continue;
      for (const [name, code] of declared) known.set(name, code);
      return one;
    }
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
