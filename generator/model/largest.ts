import type { Field, Type } from "./model.js";

/** Bytes that the largest value of a type has in JSON, where each character takes one. */
function largestValue({ schema, fields, keys, of, cases }: Type): number {
  if (fields !== undefined) return largestFields(fields);
  if (cases !== undefined) return Math.max(0, ...cases.map(({ type }) => largestValue(type)));
  if (keys !== undefined && of !== undefined) {
    const most = Math.min(schema.maxProperties ?? 0, keys.alternatives);
    return 2 + most * (largestValue(keys) + 2 + largestValue(of));
  }
  if (of !== undefined) return 2 + (schema.maxItems ?? 0) * (largestValue(of) + 1);
  const known = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  if (known.length > 0) return Math.max(...known.map((value) => Buffer.byteLength(JSON.stringify(value))));
  if (schema.maxLength !== undefined) return 2 + schema.maxLength;
  return Math.max(...[schema.minimum ?? 0, schema.maximum ?? 0].map((edge) => String(edge).length));
}

/** The same of an object with these fields. Of those that exist under a condition one is counted, the largest. */
export function largestFields(fields: readonly Field[]): number {
  const all = fields.filter(({ legacy }) => !legacy).map((field) => ({ field, bytes: largestField(field) }));
  const always = all.filter(({ field }) => field.onlyWhen.length === 0).reduce((sum, { bytes }) => sum + bytes, 2);
  return always + Math.max(0, ...all.filter(({ field }) => field.onlyWhen.length > 0).map(({ bytes }) => bytes));
}

/** With its name and what separates it from the next. */
export function largestField({ wireName, type }: Field): number {
  return wireName.length + 4 + largestValue(type);
}
