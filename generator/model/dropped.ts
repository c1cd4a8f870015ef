import type { JsonValue } from "./json-schema.js";
import type { Field, Type } from "./model.js";

type Values = Readonly<Record<string, unknown>>;

/** What a receiver keeps of what was sent: not what is removed on arrival, at any depth. */
export function withoutDropped(values: Values, fields: readonly Field[]): Values {
  const byName = new Map(fields.map((field) => [field.wireName, field]));
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const field = byName.get(name);
      if (field?.droppedAtEdge === true) return [];
      return [[name, field === undefined ? value : kept(value as JsonValue, field.type)]];
    }),
  );
}

function kept(value: unknown, { of, fields }: Type): unknown {
  if (typeof value !== "object" || value === null) return value;
  // What stands for a value is none.
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (Array.isArray(value)) return of === undefined ? value : value.map((item) => kept(item, of));
  if (fields !== undefined) return withoutDropped(value as Values, fields);
  if (of === undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, kept(item, of)]));
}
