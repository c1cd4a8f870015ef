import { bracketed, broken, type Doc, group, indent, join, layOut, line, softline } from "../emit/layout.js";
import { quoted } from "../emit/literal.js";
import type { JsonValue } from "../model/json-schema.js";

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
export function guard(inner: string, conditions: readonly string[], result: string): string {
  const tail = `return ${quoted(result)};`;
  return inner + layOut(group("if (", allOf(conditions), ")", indent(line, tail)), { indent: inner });
}

/** `if (a && b) {`, broken where it is too long. */
export function ifAll(inner: string, conditions: readonly string[]): string {
  const all = conditions.length === 1 ? conditions : conditions.map((one) => (one.includes(" || ") ? `(${one})` : one));
  return inner + layOut(["if (", allOf(all), ") {"], { indent: inner });
}

function allOf(conditions: readonly string[]): Doc {
  return group(indent(softline, join([" &&", line], conditions)), softline);
}

/** `a = b;`, broken behind the sign where it is too long; a comment behind it may be as long as it is. */
export function assignment(inner: string, to: string, from: string, comment = ""): string {
  return `${inner}${layOut([to, " =", group(indent(line, from, ";"))], { indent: inner })}${comment}`;
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
export function literal(value: Literal, inner = "", before = 0, after = 1): string {
  return layOut(literalDoc(value), { indent: inner, column: before, after });
}

function literalDoc(value: Literal): Doc {
  if (Array.isArray(value)) return bracketed("[", value.map(literalDoc), "]");
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isCode(value)) return value.code;
  const entries = Object.entries(value as { readonly [key: string]: Literal }).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{}";
  return broken(
    bracketed(
      "{",
      entries.map(([name, item]) => [key(name), ": ", literalDoc(item)]),
      "}",
    ),
  );
}

function isCode(value: object): value is Code {
  return "code" in value && Object.keys(value).length === 1;
}
