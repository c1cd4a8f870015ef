import type { JsonValue } from "../model/json-schema.js";
import { isRecord } from "./sample.js";
import { type Suspicion, suspectText } from "./suspect.js";

/** All that was seen in one place of the payloads. Of texts no more is kept than what a type is made of. */
export interface Shape {
  /** The number of values, null included. */
  seen: number;
  nulls: number;
  bools: number;
  numbers: { count: number; min: number; max: number; decimals: number };
  texts: Texts;
  list: { count: number; most: number; items: Shape | undefined };
  object: { count: number; entries: Map<string, Shape> };
}

export interface Texts {
  count: number;
  longest: number;
  /** Different texts, as far as they are few: only to count them, and to ask whether they are a closed set. */
  values: Set<string>;
  /** More than are kept. */
  many: boolean;
  /** Kinds of worry, and how often each. */
  suspicions: Map<Suspicion["kind"], { readonly what: string; times: number }>;
}

/** The most different texts that may be a closed set. */
const mostValues = 64;

export function emptyShape(): Shape {
  return {
    seen: 0,
    nulls: 0,
    bools: 0,
    numbers: { count: 0, min: Infinity, max: -Infinity, decimals: 0 },
    texts: { count: 0, longest: 0, values: new Set(), many: false, suspicions: new Map() },
    list: { count: 0, most: 0, items: undefined },
    object: { count: 0, entries: new Map() },
  };
}

/** Adds what one value shows. @param key its own key, since a name can be a reason to worry. */
export function addValue(shape: Shape, key: string, value: JsonValue): void {
  shape.seen++;
  if (value === null) shape.nulls++;
  else if (typeof value === "boolean") shape.bools++;
  else if (typeof value === "number") addNumber(shape.numbers, value);
  else if (typeof value === "string") addText(shape.texts, key, value);
  else if (Array.isArray(value)) {
    shape.list.count++;
    shape.list.most = Math.max(shape.list.most, value.length);
    shape.list.items ??= emptyShape();
    for (const item of value) addValue(shape.list.items, key, item);
  } else if (isRecord(value)) {
    shape.object.count++;
    for (const [name, one] of Object.entries(value)) addValue(entryOf(shape, name), name, one);
  }
}

/** The place below a key, made where there was none. */
export function entryOf({ object }: Shape, key: string): Shape {
  const entry = object.entries.get(key);
  if (entry !== undefined) return entry;
  const fresh = emptyShape();
  object.entries.set(key, fresh);
  return fresh;
}

function addNumber(numbers: Shape["numbers"], value: number): void {
  numbers.count++;
  numbers.min = Math.min(numbers.min, value);
  numbers.max = Math.max(numbers.max, value);
  const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  numbers.decimals = Math.max(numbers.decimals, Math.max(0, fraction.length - Number(exponent)));
}

function addText(texts: Texts, key: string, value: string): void {
  texts.count++;
  texts.longest = Math.max(texts.longest, value.length);
  if (texts.values.size < mostValues) texts.values.add(value);
  else if (!texts.values.has(value)) texts.many = true;
  const suspicion = suspectText(key, value);
  if (suspicion === undefined) return;
  const known = texts.suspicions.get(suspicion.kind) ?? { what: suspicion.what, times: 0 };
  known.times++;
  texts.suspicions.set(suspicion.kind, known);
}
