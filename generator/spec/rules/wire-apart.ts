import { declaredIn, fieldsOf } from "../../model/field-sets.js";
import { holdsAny, spreadByName } from "../../model/hollow.js";
import type { Field } from "../../model/model.js";
import { apartIn } from "../../model/wire.js";
import type { Context } from "./wire-context.js";

/** An object of which every field has a place of its own is nothing but these: null, or an empty one, would arrive as none. */
export function emptied({ model, report }: Context): void {
  const { wire } = model;
  for (const set of ["common", "fields"] as const)
    for (const path of apartIn(wire, set)?.emptied ?? [])
      for (const fields of declaredIn(model, set)) {
        const holder = at(fields, path);
        if (holder === undefined) continue;
        const name = `${set}.${path.join(".")}`;
        if (holder.nullable)
          report.add(
            "field-not-sent",
            holder.at,
            `"${holder.wireName}" may be null, but only its fields have places.`,
            {
              hint: `Make it optional instead, or use $${name} as a whole.`,
            },
          );
        else if (!holder.optional && !hasAny(holder))
          report.add(
            "field-not-sent",
            holder.at,
            `"${holder.wireName}" is always sent, but only its fields have places, and all of them may be absent.`,
            { hint: `Make it optional, or one of its fields required, or use $${name} as a whole.` },
          );
      }
}

/** Of a set that is spread only what it holds arrives: null has no place, and inside an object what is empty is nothing. */
export function spreadSets({ model, report }: Context): void {
  const { wire } = model;
  for (const of of ["common", "fields"] as const) {
    const spread = spreadByName(wire, of);
    const inner = new Set(apartIn(wire, of)?.places.map(({ name }) => name));
    for (const field of fieldsOf(model, of)) {
      if (
        !spread.has(field.wireName) ||
        !(field.nullable || (inner.has(field.wireName) && !holdsAny(field) && !field.optional))
      )
        continue;
      const why = field.nullable ? "may be null" : "may be empty";
      report.add("field-not-sent", field.at, `"${field.wireName}" ${why}, but only its content has a place.`, {
        hint: `Make it optional${field.nullable ? " instead" : ""}, or use $${of}.${field.wireName} as a value.`,
      });
    }
  }
}

function at(fields: readonly Field[], [first, ...rest]: readonly string[]): Field | undefined {
  const field = fields.find(({ wireName }) => wireName === first);
  return rest.length === 0 ? field : at(field?.type.fields ?? [], rest);
}

/** Returns whether something is always in it. */
function hasAny({ type }: Field): boolean {
  return (type.fields ?? []).some(
    (field) =>
      !field.optional &&
      !field.legacy &&
      field.onlyWhen.length === 0 &&
      (field.type.fields === undefined || hasAny(field)),
  );
}
