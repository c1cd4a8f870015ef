import type { JsonValue } from "../../model/json-schema.js";

/** A word that says how often an event is sent: everything that the language, the page and the comparison of versions know about it. */
export interface RhythmWord<Value> {
  /** For editors and the reference page. */
  readonly schema: { readonly description: string; readonly [keyword: string]: JsonValue };
  /** @param written what stands behind the word, in the form of its schema. */
  read(written: JsonValue): Value;
  /** On the page, in bold. */
  readonly title: string;
  /** On the page, behind the title. */
  sentence(value: Value): string;
  /** Behind "is sent". */
  spoken(value: Value | undefined): string;
  /** Returns whether more is sent than before. What can't be decided counts as more. */
  denser(was: Value | undefined, is: Value | undefined): boolean;
}

export function defineRhythm<Value>(word: RhythmWord<Value>): RhythmWord<Value> {
  return word;
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The form of a duration: `12h`. */
export const DURATION = "^(?:0|[1-9][0-9]{0,8})(?:ms|s|m|h|d)$";

export function milliseconds(text: string): number {
  const [, digits = "0", unit = "ms"] = /^([0-9]+)([a-z]+)$/.exec(text) ?? [];
  return Number(digits) * (units[unit as keyof typeof units] ?? 1);
}

/** The same behind "every": `day`, `12 hours`. */
export function everyInWords(length: number): string {
  return inWords(length).replace(/^1 /, "");
}

/** `43200000` → `12 hours`. */
export function inWords(length: number): string {
  const names = [
    ["day", units.d],
    ["hour", units.h],
    ["minute", units.m],
    ["second", units.s],
    ["millisecond", units.ms],
  ] as const;
  const [name, size] = names.find(([, size]) => length % size === 0) ?? names[4];
  return length === size ? `1 ${name}` : `${length / size} ${name}s`;
}
