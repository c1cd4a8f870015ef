import type { Field, Type } from "./model.js";

type Values = Readonly<Record<string, unknown>>;

/** Returns what a receiver keeps of what was sent: everything but what is removed on arrival, at any depth. */
export function withoutDropped(values: Values, fields: readonly Field[]): Values {
  const byName = new Map(fields.map((field) => [field.wireName, field]));
  const before = Object.entries(values);
  const left = before.flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    const field = byName.get(name);
    if (field?.droppedAtEdge === true) return [];
    return [[name, field === undefined ? value : kept(value, field.type)]];
  });
  const isWhole = left.length === before.length && left.every(([, value], at) => value === before[at]?.[1]);
  return isWhole ? values : Object.fromEntries(left);
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
