import { typeNamed } from "../language/types/index.js";
import { accepts } from "../model/accepts.js";
import { variantsOf } from "../model/cases.js";
import { exists } from "../model/conditions.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Case, Field, Type } from "../model/model.js";
import { isUnsettled } from "./build-type.js";
import type { Scope } from "./scope.js";
import { at, type Entry, toJson } from "./tree.js";

/**
 * A type of cases knows no field beside it: here its cases get the values of that field, which in the spec are keys and so texts. What
 * `otherwise` stands for is written out where the field has few values, since a list is easier to read than what isn't in one.
 */
export function settleCases(
  fields: readonly Field[],
  written: ReadonlyMap<string, Entry>,
  scope: Scope,
): readonly Field[] {
  return fields.map((field) => {
    const { by, cases } = field.type;
    const sibling = fields.find(({ wireName }) => wireName === by);
    if (by === undefined || cases === undefined || sibling === undefined || isUnsettled(field.type)) return field;
    const settled = { ...field, type: settle(field.type, cases, sibling.type) };
    const entry = written.get(field.wireName);
    return entry === undefined ? settled : { ...settled, example: exampleOf(settled, sibling, entry, scope) };
  });
}

function settle(type: Type, cases: readonly Case[], sibling: Type): Type {
  const valued = cases.map((one) => ({ ...one, values: one.values.map((key) => siblingValue(String(key), sibling)) }));
  const known = sibling.values ?? (sibling.schema.type === "boolean" ? [false, true] : undefined);
  if (known === undefined) return { ...type, cases: valued };
  const closed = valued
    .map(({ except, ...one }) =>
      except === true ? { ...one, values: known.filter((value) => !one.values.includes(value)) } : one,
    )
    .filter(({ values }) => values.length > 0);
  return { ...type, cases: closed };
}

/** A key is a text; what it stands for is a value of the sibling. */
function siblingValue(key: string, { schema, values = [] }: Type): JsonValue {
  const named = values.find((value) => String(value) === key);
  if (named !== undefined) return named;
  if (schema.type === "boolean" && /^(?:true|false)$/.test(key)) return key === "true";
  return (schema.type === "integer" || schema.type === "number") && key.trim() !== "" && Number.isFinite(Number(key))
    ? Number(key)
    : key;
}

/** Returns what stands there beside the sibling's own example. */
function exampleOf(field: Field, sibling: Field, { key, value: tree }: Entry, scope: Scope): JsonValue {
  const variants = variantsOf(field);
  const beside = variants.find((one) => exists({ onlyWhen: one.onlyWhen.slice(-1) }, () => sibling.example));
  const example = at(tree, "example");
  if (example === undefined) {
    for (const { type } of beside === undefined ? variants : [beside]) {
      const derived =
        type.identifier === undefined
          ? typeNamed(type.kind)?.example?.(type)
          : scope.identifierExamples.get(type.identifier);
      if (derived !== undefined) return derived;
    }
    scope.report.add("example-missing", key, `"${field.wireName}" needs an example that goes with ${said(sibling)}.`, {
      hint: `Add an example: ${(beside ?? field).type.rule}.`,
    });
    return null;
  }
  const value = toJson(example);
  const fits = beside === undefined || accepts(beside.type.schema, value) || (field.nullable && value === null);
  if (!fits && accepts(field.type.schema, value))
    scope.report.add(
      "example-refused",
      example,
      `The example ${JSON.stringify(value)} doesn't go with ${said(sibling)}: ${beside.type.rule}.`,
      { hint: `Correct it, or give "${sibling.wireName}" another example.` },
    );
  return value;
}

function said({ wireName, example }: Field): string {
  return `${wireName}: ${JSON.stringify(example)}`;
}
