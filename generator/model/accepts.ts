import { expression } from "./expression.js";
import type { JsonSchema, JsonValue } from "./json-schema.js";

/** Returns whether a value is let through by a lowered type's schema: for examples, before any validator is compiled. */
export function accepts(schema: JsonSchema, value: JsonValue): boolean {
  if (schema.anyOf !== undefined && !schema.anyOf.some((one) => accepts(one, value))) return false;
  if (schema.not !== undefined && accepts(schema.not, value)) return false;
  if (schema.const !== undefined && value !== schema.const) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isOf(type, value))) return false;
  if (typeof value === "number")
    return (
      value >= (schema.minimum ?? value) &&
      value <= (schema.maximum ?? value) &&
      (schema.multipleOf === undefined || isMultiple(value / schema.multipleOf))
    );
  if (typeof value === "string")
    return (
      value.length <= (schema.maxLength ?? value.length) &&
      (schema.pattern === undefined || expression(schema.pattern).test(value))
    );
  if (isList(value))
    return (
      value.length <= (schema.maxItems ?? value.length) && value.every((item) => accepts(schema.items ?? {}, item))
    );
  if (value !== null && typeof value === "object") return acceptsObject(schema, value);
  return true;
}

function acceptsObject(schema: JsonSchema, value: { readonly [key: string]: JsonValue }): boolean {
  const properties = schema.properties ?? {};
  return (
    (schema.required ?? []).every((key) => Object.hasOwn(value, key)) &&
    Object.entries(value).every(([key, item]) =>
      Object.hasOwn(properties, key)
        ? accepts(properties[key] ?? {}, item)
        : schema.additionalProperties !== false &&
          accepts(schema.propertyNames ?? {}, key) &&
          accepts(schema.additionalProperties ?? {}, item),
    ) &&
    Object.keys(value).length <= (schema.maxProperties ?? Number.POSITIVE_INFINITY) &&
    (schema.allOf ?? []).every((condition) => {
      const holds = Object.entries(condition.if.properties).every(
        ([key, wanted]) => Object.hasOwn(value, key) && accepts(wanted, value[key] ?? null),
      );
      return holds
        ? (condition.then?.required ?? []).every((key) => Object.hasOwn(value, key)) &&
            Object.entries(condition.then?.properties ?? {}).every(
              ([key, wanted]) => wanted === true || !Object.hasOwn(value, key) || accepts(wanted, value[key] ?? null),
            )
        : Object.keys(condition.else.properties).every((key) => !Object.hasOwn(value, key));
    })
  );
}

/** Fractions are not exact in any number format; a billionth doesn't count. */
function isMultiple(times: number): boolean {
  return Math.abs(Math.round(times) - times) <= 1e-6;
}

function isOf(type: string, value: JsonValue): boolean {
  if (type === "null") return value === null;
  if (type === "array") return isList(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !isList(value);
  return typeof value === type;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
