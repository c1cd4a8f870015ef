import { quoted } from "../emit/literal.js";
import type { JsonValue } from "../model/json-schema.js";

/** JavaScript in the form that prettier would give it at 120 columns: the few shapes that the worker's code is made of. */
const width = 120;

export function key(name: string): string {
  return isIdentifier(name) ? name : quoted(name);
}

export function member(object: string, name: string): string {
  return isIdentifier(name) ? `${object}.${name}` : `${object}[${quoted(name)}]`;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name);
}

/** A value that a field is compared with. */
export function scalar(value: JsonValue): string {
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

/** `if (a && b) return "c";`, broken where it is too long. */
export function guard(indent: string, conditions: readonly string[], result: string): string {
  const head = `${indent}if (${conditions.join(" && ")})`;
  const tail = `return ${quoted(result)};`;
  if (head.length + 1 + tail.length <= width) return `${head} ${tail}`;
  return `${head.length <= width ? head : broken(indent, conditions)}\n${indent}  ${tail}`;
}

/** `if (a && b) {`, broken where it is too long. */
export function ifAll(indent: string, conditions: readonly string[]): string {
  const all = conditions.length === 1 ? conditions : conditions.map((one) => (one.includes(" || ") ? `(${one})` : one));
  const line = `${indent}if (${all.join(" && ")}) {`;
  return line.length <= width ? line : `${broken(indent, all)} {`;
}

function broken(indent: string, conditions: readonly string[]): string {
  return `${indent}if (\n${conditions.map((condition) => `${indent}  ${condition}`).join(" &&\n")}\n${indent})`;
}

/** `a = b;`, broken behind the sign where it is too long; a comment behind it may be as long as it is. */
export function assignment(indent: string, to: string, from: string, comment = ""): string {
  const line = `${indent}${to} = ${from};`;
  return `${line.length <= width ? line : `${indent}${to} =\n${indent}  ${from};`}${comment}`;
}

/** Code that stands for itself within a literal: a name, a call. */
export interface Code {
  readonly code: string;
}

export type Literal =
  | null
  | boolean
  | number
  | string
  | Code
  | undefined
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** A literal: objects over several lines, lists on one where they fit. `before` is what its first line has in front, `after` behind. */
export function literal(value: Literal, indent = "", before = 0, after = 1): string {
  if (Array.isArray(value)) return list(value, indent, before, after);
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isCode(value)) return value.code;
  const entries = Object.entries(value as { readonly [key: string]: Literal }).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{}";
  const inner = `${indent}  `;
  const lines = entries.map(([name, item]) => {
    const start = `${inner}${key(name)}: `;
    return `${start}${literal(item, inner, start.length)},\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function list(items: readonly Literal[], indent: string, before: number, after: number): string {
  const line = `[${items.map((item) => literal(item, indent)).join(", ")}]`;
  if (!line.includes("\n") && before + line.length + after <= width) return line;
  const inner = `${indent}  `;
  return `[\n${items.map((item) => `${inner}${literal(item, inner, inner.length)},\n`).join("")}${indent}]`;
}

function isCode(value: object): value is Code {
  return "code" in value && Object.keys(value).length === 1;
}
