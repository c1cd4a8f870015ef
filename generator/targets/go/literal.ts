import { markedLines } from "../../emit/comment.js";
import { hexadecimal, inDoubleQuotes } from "../../emit/escape.js";
import type { JsonValue } from "../../model/json-schema.js";

/** A struct's members as gofmt prints them: those on lines next to each other stand in columns. */
export function members(
  all: readonly { readonly name: string; readonly type: string; readonly doc: string }[],
): string {
  const runs: (readonly [name: string, type: string])[][] = [];
  const docs: string[] = [];
  for (const { name, type, doc } of all)
    if (doc === "" && runs.length > 0) runs.at(-1)?.push([name, type]);
    else {
      runs.push([[name, type]]);
      docs.push(doc);
    }
  return runs
    .map((run, at) => {
      const longest = Math.max(...run.map(([name]) => name.length));
      const doc = docs[at] ?? "";
      return `${doc === "" ? "" : comment([doc], "\t")}${run.map(([name, type]) => `\t${name.padEnd(longest)} ${type}\n`).join("")}`;
    })
    .join("");
}

/** A text as Go reads it. */
export function text(value: string): string {
  return inDoubleQuotes(value, {
    named: { "\n": "\\n", "\t": "\\t" },
    code: (code) => (code < 0x10000 ? `\\u${hexadecimal(code, 4)}` : `\\U${hexadecimal(code, 8)}`),
  });
}

/** Between backquotes, where nothing is escaped, if that is shorter and plain; else as any other text. */
export function raw(value: string): string {
  return /^[ -_a-~]*$/.test(value) && /["\\]/.test(value) ? `\`${value}\`` : text(value);
}

/** A value as the runtime compares it: whole numbers are int64. */
export function plain(value: JsonValue): string {
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? `int64(${value})` : `float64(${number(value)})`;
  return typeof value === "boolean" ? String(value) : "nil";
}

/** A number, as an untyped constant. */
export function number(value: number): string {
  return JSON.stringify(value).replace("e+", "e");
}

/** A duration in milliseconds. */
export function duration(milliseconds: number): string {
  for (const [unit, size] of UNITS)
    if (milliseconds % size === 0) {
      const count = milliseconds / size;
      return count === 1 ? unit : `${count} * ${unit}`;
    }
  return `${milliseconds} * time.Millisecond`;
}

const UNITS = [
  ["time.Hour", 3_600_000],
  ["time.Minute", 60_000],
  ["time.Second", 1000],
] as const;

/** A comment of these paragraphs, as gofmt leaves it: no line begins like a heading, an item or a link's definition. */
export function comment(paragraphs: readonly string[], indent = ""): string {
  return markedLines(paragraphs, { mark: "//", indent, width: 120, mayBegin: MAY_BEGIN, clean: commented });
}

/** A letter or a quote at the start of a line has no meaning for gofmt. */
const MAY_BEGIN = /^["'(\p{L}]/u;

/** On one line, without what turns the direction of reading, and with quotes that gofmt doesn't rewrite. */
function commented(paragraph: string): string {
  const safe = paragraph
    .replace(/^Deprecated:/, "Deprecated -")
    .replace(/[\p{Cs}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/`([^`]*)`/g, "$1")
    .replace(/``|''/g, '"')
    .replace(/\s+/g, " ")
    .trim();
  return /^\p{L}/u.test(safe) ? safe : `Here: ${safe}`;
}
