import {
  type Block,
  enumerate,
  type Inline,
  isParts,
  paragraph,
  plainText,
  prose,
  say,
  strong,
} from "../emit/document.js";
import { shown } from "../emit/shown.js";
import type { JsonValue } from "../model/json-schema.js";

export { shown as value } from "../emit/shown.js";

const day = 86_400_000;
const durations = [
  [day, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
] as const;

/** `1.5 seconds`, `15 minutes`, `30 days`. */
export function duration(milliseconds: number): string {
  const [size, unit] = durations.find(([size]) => milliseconds >= size && (milliseconds * 10) % size === 0) ?? [
    1,
    "millisecond",
  ];
  return counted(milliseconds / size, unit);
}

/** `64 KiB`, `500 bytes`. */
export function size(bytes: number): string {
  if (bytes >= 1_048_576 && bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024} KiB` : counted(bytes, "byte");
}

/** `1 request`, `6 requests`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A spec may write `365d` where it can also write a sentence. */
export function period(text: string): string {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const sizes: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: day };
  return count === undefined || unit === undefined ? text : duration(Number(count) * (sizes[unit] ?? 1));
}

export function values(given: readonly JsonValue[], last?: "and" | "or"): Inline {
  return enumerate(given.map(shown), last);
}

/** The words for something that a contract leaves open. */
export const notStated = "not stated";

/** Words that begin a sentence. */
export function capital(words: Inline): Inline {
  const [first = "", ...others] = flat(words).filter((part) => part !== "");
  return typeof first === "string" ? [first.slice(0, 1).toUpperCase() + first.slice(1), ...others] : [first, ...others];
}

/** One after the other, without groups. */
export function flat(words: Inline): readonly Inline[] {
  return isParts(words) ? words.flatMap(flat) : [words];
}

/** A contract's own words inside a sentence of ours, which brings the full stop. */
export function clause(text: string): Inline {
  return prose(text.replace(/[\s.]+$/, ""));
}

/** Short facts one after the other, as a paragraph: `**Label:** what it is.` */
export function inOneLine(facts: readonly Inline[]): Block {
  return paragraph(facts.flatMap((fact, at) => (at === 0 ? [fact] : [" ", fact])));
}

/** A fact with its label, as a sentence. */
export function labelled([label, fact]: readonly [label: string, fact: Inline]): Inline {
  return say`${strong(`${label}:`)} ${fact}${/[.!?]$/.test(plainText(fact)) ? "" : "."}`;
}
