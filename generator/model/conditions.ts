import type { Field } from "./fields.js";
import type { JsonSchema, JsonValue } from "./json-schema.js";

/** A sibling, and the values of it under which a field exists. */
export type Sibling = Field["onlyWhen"][number];

/** Returns whether a field exists beside these: each sibling that it depends on has one of the values that it names. */
export function exists(
  { onlyWhen }: Pick<Field, "onlyWhen">,
  siblingValue: (wireName: string) => JsonValue | undefined,
): boolean {
  return onlyWhen.every(({ wireName, values, except = false }) => {
    const sibling = siblingValue(wireName);
    return sibling !== undefined && values.some((value) => value === sibling) !== except;
  });
}

/** The values as they are written: one alone, or a list. */
function writtenCondition({ values }: Sibling): JsonValue {
  const [only = null] = values;
  return values.length === 1 ? only : values;
}

export function conditionsAsWritten({ onlyWhen }: Pick<Field, "onlyWhen">): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(onlyWhen.map((one) => [one.wireName, writtenCondition(one)]));
}

/** Returns what a sibling is where a condition holds. */
export function conditionSchema({ values, except }: Sibling): JsonSchema {
  const [only = null] = values;
  const one = values.length === 1 ? { const: only } : { enum: values };
  return except === true ? { not: one } : one;
}
