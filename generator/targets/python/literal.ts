import type { Schedule } from "../../model/model.js";

/** Python in the form that ruff would give it at 120 columns. */
const width = 120;

/** A call: positional arguments, and those by name. What is undefined is left out. */
export class Call {
  readonly name: string;
  readonly args: readonly Literal[];
  readonly named: Readonly<Record<string, Literal>>;

  constructor(name: string, args: readonly Literal[] = [], named: Readonly<Record<string, Literal>> = {}) {
    this.name = name;
    this.args = args;
    this.named = named;
  }
}

/** An expression as it stands. */
export class Name {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A type with what it is made of: `Literal["a", "b"]`. */
export class Generic {
  readonly name: string;
  readonly of: readonly Literal[];

  constructor(name: string, of: readonly Literal[]) {
    this.name = name;
    this.of = of;
  }
}

export type Literal =
  | null
  | undefined
  | boolean
  | number
  | string
  | Call
  | Name
  | Generic
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** On one line where it fits; otherwise what it holds stands below each other. @param before columns in front. @param after behind. */
export function literal(value: Literal, indent = "", before = indent.length, after = 0): string {
  const line = flat(value);
  if (before + line.length + after <= width || !isComposed(value)) return line;
  const inner = `${indent}    `;
  const [open, items, close] = partsOf(value);
  if (items.length === 0) return line;
  // What stands alone in brackets would be several with a comma behind it.
  if (value instanceof Generic && items.length === 1)
    return `${open}\n${inner}${literal(value.of[0], inner)}\n${indent}${close}`;
  const lines = items.map(
    ([start, item]) => `${inner}${start}${literal(item, inner, inner.length + start.length, 1)},\n`,
  );
  return `${open}\n${lines.join("")}${indent}${close}`;
}

function isComposed(
  value: Literal,
): value is Call | Generic | readonly Literal[] | { readonly [key: string]: Literal } {
  return typeof value === "object" && value !== null && !(value instanceof Name);
}

type Enclosed = readonly [open: string, items: readonly (readonly [start: string, item: Literal])[], close: string];

function partsOf(value: Call | Generic | readonly Literal[] | { readonly [key: string]: Literal }): Enclosed {
  if (value instanceof Generic) return [`${value.name}[`, value.of.map((item) => ["", item] as const), "]"];
  if (value instanceof Call) {
    const args = value.args.map((arg) => ["", arg] as const);
    return [`${value.name}(`, [...args, ...entries(value.named).map(([key, arg]) => [`${key}=`, arg] as const)], ")"];
  }
  if (Array.isArray(value)) return ["[", (value as readonly Literal[]).map((item) => ["", item] as const), "]"];
  const map = value as { readonly [key: string]: Literal };
  return ["{", entries(map).map(([key, item]) => [`${text(key)}: `, item] as const), "}"];
}

function entries(map: Readonly<Record<string, Literal>>): readonly (readonly [string, Literal])[] {
  return Object.entries(map).filter(([, item]) => item !== undefined);
}

function flat(value: Literal): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numeral(value);
  if (typeof value === "string") return text(value);
  if (value instanceof Name) return value.text;
  const [open, items, close] = partsOf(value as Call);
  return `${open}${items.map(([start, item]) => start + flat(item)).join(", ")}${close}`;
}

function numeral(value: number): string {
  return JSON.stringify(value).replace("e+", "e");
}

/** A text in double quotes, or in those that need fewer escapes; what can't be seen is escaped. */
export function text(value: string): string {
  const quote = value.split('"').length > value.split("'").length ? "'" : '"';
  return `${quote}${escaped(value).replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** Without its quotes: backslashes and what can't be seen. */
export function escaped(value: string): string {
  return value
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (found) => {
      const code = found.codePointAt(0) ?? 0;
      return code < 0x100
        ? `\\x${code.toString(16).padStart(2, "0")}`
        : code < 0x10000
          ? `\\u${code.toString(16).padStart(4, "0")}`
          : `\\U${code.toString(16).padStart(8, "0")}`;
    });
}

/** A docstring of these lines, wrapped, with values in double backquotes as Python's documentation has them. */
export function docstring(lines: readonly string[], indent: string): string {
  const wrapped = lines.flatMap((line) => wrap(documented(line), width - indent.length));
  while (wrapped.at(-1) === "") wrapped.pop();
  const [first = "", ...rest] = wrapped;
  if (rest.length === 0) return `${indent}"""${first}"""\n`;
  return `${indent}"""${[first, ...rest].map((line, at) => (at === 0 || line === "" ? line : indent + line)).join("\n")}\n${indent}"""\n`;
}

/** Text from a contract can't end the docstring, nor escape anything in it. */
function documented(line: string): string {
  return escaped(line.replace(/\s+$/, ""))
    .replace(/`([^`]*)`/g, "``$1``")
    .replaceAll('"', "'");
}

/** Behind the first line of a parameter its text is set in. */
function wrap(line: string, columns: number): readonly string[] {
  const hang = line.startsWith(":") ? "    " : "";
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > columns) {
      lines.push(current.trimEnd());
      current = hang + word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current.trimEnd()];
}

/** Returns the arguments of a `Schedule`. */
export function scheduleArguments({ every, firstAfter, jitter }: Schedule): readonly string[] {
  return [
    String(every),
    ...(firstAfter === undefined ? [] : [`first_after=${firstAfter}`]),
    ...(jitter === undefined ? [] : [`jitter=${jitter}`]),
  ];
}
