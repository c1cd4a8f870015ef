import type { JsonValue } from "../model/json-schema.js";
import { escapeUnits, escapeUnseen } from "./escape.js";

/** TypeScript literals in the form that prettier would give them at 120 columns. */
const width = 120;
const PURE = "/* @__PURE__ */ ";

/**
 * A call of a function, within a literal. It is marked as pure: a bundler may drop it with the literal. Without arguments it is
 * the function itself.
 */
export class Call {
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
export function callsIn(value: Literal): readonly string[] {
  if (value instanceof Printed) return value.uses;
  if (!isComposed(value)) return [];
  if (value instanceof Call) return [value.name, ...(value.args ?? []).flatMap(callsIn)];
  return Object.values(value as { readonly [key: string]: Literal }).flatMap(callsIn);
}

/** What a literal can say; properties that are undefined are left out. */
export type Literal =
  | JsonValue
  | undefined
  | RegExp
  | Call
  | Printed
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** Whether a literal has parts, and may stand on several lines. */
function isComposed(
  value: Literal,
): value is Exclude<Literal, null | undefined | boolean | number | string | RegExp | Printed> {
  return typeof value === "object" && value !== null && !(value instanceof RegExp) && !(value instanceof Printed);
}

/** A text as a literal, in the quotes that need fewer escapes; what can't be seen is escaped. */
export function quoted(text: string): string {
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
export function literal(value: Literal, indent = "", before = indent.length, after = 1): string {
  const line = flat(value);
  const fits = before + line.length + after <= width && !mustBreak(value);
  if (fits || !isComposed(value)) return line;
  const inner = `${indent}  `;
  if (value instanceof Call) return call(value, indent, inner);
  if (Array.isArray(value)) {
    if (value.length > 1 && value.every((item) => typeof item === "number"))
      return `[\n${filled(value, inner)}${indent}]`;
    const items = (value as readonly Literal[]).map((item) => `${inner}${literal(item, inner)},\n`);
    return items.length === 0 ? "[]" : `[\n${items.join("")}${indent}]`;
  }
  const entries = entriesOf(value as { readonly [key: string]: Literal }).map(([name, item]) => {
    const start = `${inner}${key(name)}: `;
    const text = literal(item, inner, start.length);
    // Behind a key of four letters a new line would win nothing.
    const onItsOwn = !isComposed(item) && key(name).length > 4 && start.length + text.length + 1 > width;
    return `${onItsOwn ? `${start.trimEnd()}\n${inner}  ` : start}${text},\n`;
  });
  return entries.length === 0 ? "{}" : `{\n${entries.join("")}${indent}}`;
}

/** A single list or object is put right behind the bracket; several arguments stand below each other. */
function call({ name, args = [] }: Call, indent: string, inner: string): string {
  const [only] = args;
  if (args.length === 1 && typeof only === "object")
    return `${PURE}${name}(${literal(only, indent, Number.POSITIVE_INFINITY)})`;
  return `${PURE}${name}(\n${args.map((arg) => `${inner}${literal(arg, inner)},\n`).join("")}${indent})`;
}

/** Numbers, as many to a line as fit. */
function filled(numbers: readonly number[], indent: string): string {
  const lines = [""];
  for (const number of numbers) {
    const word = `${flat(number)},`;
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = indent + word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(indent + word);
  }
  return lines.map((line) => `${line}\n`).join("");
}

function flat(value: Literal): string {
  if (typeof value === "string") return quoted(value);
  if (value instanceof RegExp) return expression(value);
  if (value instanceof Printed) return value.text;
  if (!isComposed(value)) return typeof value === "number" ? JSON.stringify(value).replace("e+", "e") : String(value);
  if (value instanceof Call)
    return value.args === undefined ? value.name : `${PURE}${value.name}(${value.args.map(flat).join(", ")})`;
  if (Array.isArray(value)) return `[${(value as readonly Literal[]).map(flat).join(", ")}]`;
  const entries = entriesOf(value as { readonly [key: string]: Literal }).map(
    ([name, item]) => `${key(name)}: ${flat(item)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** Prettier never puts several objects, or several lists, of more than one entry on one line. */
function mustBreak(value: Literal): boolean {
  if (value instanceof Printed) return value.text.includes("\n");
  if (!isComposed(value)) return false;
  if (value instanceof Call) return value.args?.some(mustBreak) ?? false;
  const items: readonly Literal[] = Array.isArray(value)
    ? (value as readonly Literal[])
    : entriesOf(value as { readonly [key: string]: Literal }).map(([, item]) => item);
  if (items.some(mustBreak)) return true;
  if (!Array.isArray(value) || items.length < 2) return false;
  const many = (item: Literal) =>
    isComposed(item) &&
    !(item instanceof Call) &&
    (Array.isArray(item) ? item.length : entriesOf(item as { readonly [key: string]: Literal }).length) > 1;
  return items.every((item) => many(item) && Array.isArray(item) === Array.isArray(items[0]));
}

function entriesOf(value: { readonly [key: string]: Literal }): readonly (readonly [string, Literal])[] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
