import { accepts } from "../../model/accepts.js";
import type { JsonSchema, JsonValue } from "../../model/json-schema.js";
import { textBeyond } from "./text-forms.js";

/** Equal as JSON; the order of keys does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const [keysA, keysB] = [definedKeys(a), definedKeys(b)];
  return (
    keysA.length === keysB.length &&
    keysA.every((key) => Object.hasOwn(b, key) && same(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}

function definedKeys(value: object): string[] {
  return Object.keys(value).filter((key) => key !== "at" || typeof value[key as keyof typeof value] !== "object");
}

/** Most values that are tried one by one. */
const countable = 10_000;

/**
 * Returns whether everything that `inner` lets through, `outer` lets through too. Exact for closed sets, whole numbers, texts by
 * their patterns, and lists of them. What can't be decided is false.
 */
export function contains(outer: JsonSchema, inner: JsonSchema): boolean {
  if (same(outer, inner)) return true;
  const values = valuesOf(inner);
  if (values !== undefined) return values.every((value) => accepts(outer, value));
  if (inner.anyOf !== undefined) return inner.anyOf.every((one) => contains(outer, one));
  if (outer.anyOf !== undefined) return outer.anyOf.some((one) => contains(one, inner));
  if (outer.type !== inner.type) return false;
  if (inner.type === "integer") return inRange(outer, inner);
  if (inner.type === "string") return textBeyond(outer, inner) === undefined;
  if (inner.type === "number") return inRange(outer, inner) && (outer.multipleOf ?? 0) <= (inner.multipleOf ?? 0);
  if (inner.type === "object" && inner.propertyNames !== undefined)
    return (
      outer.propertyNames !== undefined &&
      contains(outer.propertyNames, inner.propertyNames) &&
      contains(outer.additionalProperties || {}, inner.additionalProperties || {}) &&
      (inner.maxProperties ?? 0) <= (outer.maxProperties ?? 0)
    );
  if (inner.type === "array")
    return (
      (inner.maxItems ?? Number.POSITIVE_INFINITY) <= (outer.maxItems ?? Number.POSITIVE_INFINITY) &&
      contains(outer.items ?? {}, inner.items ?? {})
    );
  return false;
}

function inRange(outer: JsonSchema, inner: JsonSchema): boolean {
  if (
    outer.minimum === undefined ||
    outer.maximum === undefined ||
    inner.minimum === undefined ||
    inner.maximum === undefined
  )
    return false;
  return outer.minimum <= inner.minimum && inner.maximum <= outer.maximum;
}

/** All values of a set that is small enough to be tried. */
function valuesOf(schema: JsonSchema): readonly JsonValue[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.type === "boolean") return [true, false];
  const { type, minimum, maximum } = schema;
  if (type !== "integer" || minimum === undefined || maximum === undefined || maximum - minimum >= countable)
    return undefined;
  return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index);
}
