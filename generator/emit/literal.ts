import type { JsonValue } from "../model/json-schema.js";
import { escapeUnits, escapeUnseen } from "./escape.js";
import { bracketed, broken, type Doc, fill, group, indent, layOut, line, softline, trailingComma } from "./layout.js";

const PURE = "/* @__PURE__ */ ";

/**
 * A call of a function, within a literal. It is marked as pure: a bundler may drop it with the literal. Without arguments it is
 * the function itself.
 */
export class PureCall {
  readonly name: string;
  readonly args: readonly Literal[] | undefined;

  constructor(name: string, args?: readonly Literal[]) {
    this.name = name;
    this.args = args;
  }
}

/** Code that was printed already, and the functions of the runtime that it names. */
export class Printed {
  readonly text: string;
  readonly uses: readonly string[];

  constructor(text: string, uses: readonly string[]) {
    this.text = text;
    this.uses = uses;
  }
}

/** The names of the functions that a literal names. */
export function callsIn(value: Literal, found: Set<string> = new Set()): ReadonlySet<string> {
  if (value instanceof Printed) for (const name of value.uses) found.add(name);
  if (!isComposed(value)) return found;
  if (value instanceof PureCall) {
    found.add(value.name);
    for (const arg of value.args ?? []) callsIn(arg, found);
  } else for (const one of Object.values(value as { readonly [key: string]: Literal })) callsIn(one, found);
  return found;
}

/** The values that a literal can have; properties that are undefined are left out. */
export type Literal =
  | JsonValue
  | undefined
  | RegExp
  | PureCall
  | Printed
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** Returns whether a literal has parts, and may stand on several lines. */
function isComposed(
  value: Literal,
): value is Exclude<Literal, null | undefined | boolean | number | string | RegExp | Printed> {
  return typeof value === "object" && value !== null && !(value instanceof RegExp) && !(value instanceof Printed);
}

/** A text as a literal, in the quotes that need fewer escapes; what can't be seen is escaped. */
export function quoted(text: string): string {
  // Nearly every text is plain.
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  const json = escapeUnseen(JSON.stringify(text));
  const doubles = text.split('"').length;
  return doubles > text.split("'").length
    ? `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : json;
}

/** A regular expression as a literal; what can't be seen is escaped, where it was escaped by itself too. */
function expression({ source }: RegExp): string {
  const seen = source.replace(/\\([\s\S])|[\s\S]/gu, (found, escaped: string | undefined) => {
    const one = escaped ?? found;
    return /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(one) ? escapeUnits(one) : found;
  });
  return `/${seen}/`;
}

/** A property's name: quoted only where it must be. */
export function key(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : quoted(name);
}

/**
 * A literal, on one line where it fits.
 * @param before what the first line has in front of it, in columns. @param after what the last has behind it.
 */
export function literal(value: Literal, inner = "", before = inner.length, after = 1): string {
  if (!isComposed(value)) return plain(value);
  return layOut(literalDoc(value), { indent: inner, column: before, after });
}

/** The same as a document. */
export function literalDoc(value: Literal): Doc {
  if (isLines(value)) return { lines: () => value.text };
  if (!isComposed(value)) return plain(value);
  if (value instanceof PureCall) return callDoc(value);
  if (Array.isArray(value)) return listDoc(value as readonly Literal[]);
  const entries = entriesOf(value as { readonly [key: string]: Literal }).map(([name, item]): Doc => {
    // Behind a key of four letters a new line would win nothing.
    const mayBreak = !isComposed(item) && !isLines(item) && key(name).length > 4;
    return mayBreak ? [key(name), ":", group(indent(line, literalDoc(item)))] : [key(name), ": ", literalDoc(item)];
  });
  return bracketed("{", entries, "}", line);
}

function isLines(value: Literal): value is Printed {
  return value instanceof Printed && value.text.includes("\n");
}

function listDoc(items: readonly Literal[]): Doc {
  if (items.length > 1 && items.every((item) => typeof item === "number")) {
    const numbers = items.map((item, at) => `${plain(item as number)}${at === items.length - 1 ? "" : ","}`);
    return group("[", indent(softline, fill(numbers)), trailingComma, softline, "]");
  }
  const list = bracketed("[", items.map(literalDoc), "]");
  return standApart(items) ? broken(list) : list;
}

/** A single list or object is put right behind the bracket; any other argument that is too long stands below it. */
function callDoc({ name, args }: PureCall): Doc {
  if (args === undefined) return name;
  const [only] = args;
  if (args.length === 1 && isComposed(only) && !(only instanceof PureCall))
    return [`${PURE}${name}(`, literalDoc(only), ")"];
  return bracketed(`${PURE}${name}(`, args.map(literalDoc), ")");
}

function plain(value: null | undefined | boolean | number | string | RegExp | Printed): string {
  if (typeof value === "string") return quoted(value);
  if (value instanceof RegExp) return expression(value);
  if (value instanceof Printed) return value.text;
  return typeof value === "number" ? JSON.stringify(value).replace("e+", "e") : String(value);
}

/** Prettier never puts several objects, or several lists, of more than one entry on one line. */
function standApart(items: readonly Literal[]): boolean {
  const many = (item: Literal) =>
    isComposed(item) &&
    !(item instanceof PureCall) &&
    (Array.isArray(item) ? item.length : entriesOf(item as { readonly [key: string]: Literal }).length) > 1;
  return items.length > 1 && items.every((item) => many(item) && Array.isArray(item) === Array.isArray(items[0]));
}

function entriesOf(value: { readonly [key: string]: Literal }): readonly (readonly [string, Literal])[] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
