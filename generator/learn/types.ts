import { scalar } from "../emit/yaml-scalar.js";
import type { Shape } from "./shape.js";
import { isIdentifierName, type Suspicion } from "./suspect.js";

/** The draft of one value: a type in YAML's flow form without its braces, or why there is none. */
export type Drafted =
  | {
      readonly type: string;
      /** For the person who decides, on the line's end. */
      readonly note?: string;
    }
  | { readonly leftOut: string };

/** An identifier that a draft declares: the form of its values, and all that was seen of them. */
export type Declare = (name: string, format: string, shape: Shape) => void;

export interface Deciding {
  /** Returns whether a person says that these texts are all there are. Asked only where they are few. */
  readonly isClosed: (path: string, values: readonly string[]) => boolean;
  readonly declare: Declare;
  /** A part of something that is drafted, and is not in the draft itself. */
  readonly lose: (path: string, why: string) => void;
}

/** Kinds of worry that keep a value out of the draft. The others are drafted, and named. */
const keptOut: readonly Suspicion["kind"][] = [
  "secret",
  "email",
  "person",
  "path",
  "address",
  "url",
  "host",
  "json",
  "sentence",
];

/** The narrowest type that lets through all that was seen, and says no value of it. */
export function draftType(shape: Shape, key: string, path: string, deciding: Deciding): Drafted {
  const kinds = [
    ...(shape.bools > 0 ? ["bool"] : []),
    ...(shape.numbers.count > 0 ? ["number"] : []),
    ...(shape.texts.count > 0 ? ["text"] : []),
    ...(shape.list.count > 0 ? ["list"] : []),
    ...(shape.object.count > 0 ? ["object"] : []),
  ];
  const nullable = shape.nulls > 0 ? ", nullable: true" : "";
  if (kinds.length === 0) return { type: `type: TODO${nullable}`, note: "it was always null: what is it otherwise?" };
  if (kinds.length > 1) return { leftOut: `it is of several kinds: ${kinds.join(", ")}` };
  const drafted = {
    bool: () => ({ type: "type: bool" }),
    number: () => draftNumber(shape.numbers),
    text: () => draftText(shape, key, path, deciding),
    list: () => draftList(shape, key, path, deciding),
    object: () => draftObject(shape, path, deciding),
  }[kinds[0] as "bool"]() as Drafted;
  return "leftOut" in drafted ? drafted : { ...drafted, type: drafted.type + nullable };
}

function draftNumber({ min, max, decimals }: Shape["numbers"]): Drafted {
  const [low, high] = [min < 0 ? -roundUp(-min) : 0, roundUp(max)];
  if (decimals > 0) return { type: `type: number, min: ${low}, max: ${high}, decimals: ${Math.min(decimals, 6)}` };
  const exact = high > 100 ? { note: "an exact number; a bucket tells less" } : {};
  return { type: `type: int, min: ${low}, max: ${high}`, ...exact };
}

/** A bound that the sample doesn't show: the next power of ten, with room. */
function roundUp(value: number): number {
  return Math.min(10 ** (Math.max(1, Math.ceil(Math.log10(Math.max(value, 1) + 1))) + 1), 2 ** 53 - 1);
}

function draftText(shape: Shape, key: string, path: string, { isClosed, declare }: Deciding): Drafted {
  const { values, many, longest, suspicions } = shape.texts;
  const worry = keptOut.find((kind) => suspicions.has(kind));
  if (worry === "json")
    return { leftOut: "it is a text that holds JSON: draw it as { $json: { … } }, and name what is in it" };
  if (worry !== undefined) return { leftOut: `it looks like ${suspicions.get(worry)?.what}` };
  const all = [...values];
  const every = (pattern: RegExp) => all.every((value) => pattern.test(value));
  const identifierOf = (format: string, example = ""): Drafted => {
    declare(key, format, shape);
    return { type: `type: identifier${example === "" ? "" : `, example: ${JSON.stringify(example)}`}` };
  };
  // Nobody's value, of the same form.
  const some = (/[a-z]/.test(all.join("")) ? "a" : /\d/.test(all.join("")) ? "1" : "A").repeat(longest);
  if (longest === 0) return { type: 'type: const, value: ""', note: "it was always empty" };
  if (every(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/)) return identifierOf("{ type: uuid }");
  if (every(/^[\da-f]{16,128}$/) && new Set(all.map(({ length }) => length)).size === 1)
    return identifierOf(`{ type: string, pattern: '^[0-9a-f]{${longest}}$', max_length: ${longest} }`, some);
  if (isIdentifierName(key) && every(/^(?=.*\d)[\w.-]{6,128}$/))
    return identifierOf(`{ type: string, pattern: ${quoted(fixed(all))}, max_length: ${longest} }`, some);
  if (every(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/)) return { type: "type: timestamp" };
  if (every(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?([+-]\d\d:\d\d|Z)$/))
    return { type: "type: timestamp, timezone: any" };
  const parts = /version|release|(^|_)ver($|_)/i.test(key)
    ? /^v?\d{1,5}(\.\d{1,5}){1,2}$/
    : /^v?\d{1,5}(\.\d{1,5}){2}$/;
  if (every(parts)) return { type: "type: version" };
  if (every(/^(true|false)$/i)) return { type: `type: enum, values: [${yesNo(all)}]` };
  if (!many && all.length <= 32 && isClosed(path, all))
    return { type: `type: enum, values: [${all.sort().map(scalar).join(", ")}]` };
  const wide = all.some((value) => /[\s/@\\]/.test(value)) ? ", justification: TODO" : "";
  const few = !many && all.length <= 32 ? { note: `${all.length} different so far; a closed set tells less` } : {};
  // A made-up value of the same form; if it has neither letters nor digits, a person must make one up.
  const example = /[a-z\d]/i.test(all.join("")) ? some.slice(0, 16) : "TODO";
  return {
    type: `type: string, pattern: ${quoted(patternOf(all))}, max_length: ${length(longest)}${wide}, example: ${JSON.stringify(example)}`,
    ...few,
  };
}

function yesNo(values: readonly string[]): string {
  const capital = values.some((value) => /^[TF]/.test(value));
  return capital ? `"False", "True"` : `"false", "true"`;
}

/** Built of the classes of characters that were seen, not of the texts. */
function patternOf(values: readonly string[]): string {
  const seen = values.join("");
  const other = [...new Set(seen.replace(/[a-zA-Z\d]/g, ""))].sort();
  const classes = [
    ...(/[a-z]/.test(seen) ? ["a-z"] : []),
    ...(/[A-Z]/.test(seen) ? ["A-Z"] : []),
    ...(/\d/.test(seen) ? ["0-9"] : []),
    ...other.filter((one) => one !== "-").map((one) => (/[\\\]^[]/.test(one) ? `\\${one}` : one)),
    ...(other.includes("-") ? ["-"] : []),
  ];
  const repeat = values.includes("") ? "*" : "+";
  return classes.length === 0 ? "^$" : `^[${classes.join("")}]${repeat}$`;
}

/** Of identifiers that are all of one length the form says it, so that the client can make more of them. */
function fixed(values: readonly string[]): string {
  const lengths = new Set(values.map(({ length: one }) => one));
  return lengths.size > 1 ? patternOf(values) : patternOf(values).replace(/[+*]\$$/, `{${[...lengths][0]}}$`);
}

/** Types that suggest no example of their own get a made-up one. */
export function exampleOf(type: string): string {
  if (/^type: (int|number)/.test(type)) return `, example: ${/max: (\d+)/.exec(type)?.[1] === "10" ? 1 : 10}`;
  if (/^type: version/.test(type)) return ", example: 1.2.3";
  if (/^type: timestamp/.test(type)) return ', example: "2026-01-01T00:00:00Z"';
  if (/^type: list/.test(type)) return ", example: []";
  return /^type: map/.test(type) ? ", example: {}" : "";
}

/** A length that the sample doesn't show exactly. */
function length(longest: number): number {
  return [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024].find((one) => one >= longest) ?? 1024;
}

function draftList(shape: Shape, key: string, path: string, deciding: Deciding): Drafted {
  const { items, most } = shape.list;
  if (items === undefined || items.seen === 0)
    return {
      type: "type: list, of: { type: TODO }, max_items: 4",
      note: "it was always empty: what is in it otherwise?",
    };
  let declared = false;
  const of = draftType(items, key, `${path}[]`, {
    ...deciding,
    declare: (...identifier) => {
      // Of a list of objects, each holds the same one; a list of identifiers holds those of many.
      declared = true;
      deciding.declare(...identifier);
    },
  });
  if ("leftOut" in of) return of;
  if (declared && items.texts.count > 0) return { leftOut: "it holds many identifiers" };
  const most2 = [4, 8, 16, 32, 64, 128, 256, 512].find((one) => one >= most) ?? 1024;
  return {
    type: `type: list, of: { ${of.type} }, max_items: ${most2}`,
    ...(of.note === undefined ? {} : { note: of.note }),
  };
}

function draftObject(shape: Shape, path: string, deciding: Deciding): Drafted {
  const { entries, count } = shape.object;
  if (entries.size === 0)
    return {
      type: "type: map, keys: { type: string, pattern: '^[A-Za-z0-9._-]+$', max_length: 64 }, of: { type: TODO }, max_items: 16",
      note: "it was always empty: which keys, and what in them?",
    };
  const map = asMap(shape, path, deciding);
  if (map !== undefined) return map;
  const fields: string[] = [];
  // Held back: what is left out as a whole doesn't name its parts.
  const lost: { readonly at: string; readonly why: string }[] = [];
  const inner: Deciding = { ...deciding, lose: (at, why) => lost.push({ at, why }) };
  for (const [name, one] of entries) {
    const at = `${path}.${name}`;
    const drafted = draftType(one, name, at, inner);
    if ("leftOut" in drafted) inner.lose(at, drafted.leftOut);
    else
      fields.push(
        `${scalar(name)}: { ${drafted.type}${one.seen < count ? ", optional: true" : ""}${exampleOf(drafted.type)} }`,
      );
  }
  const names = lost.map(({ at }) => at.slice(path.length + 1)).join(", ");
  if (fields.length === 0) return { leftOut: `nothing of it can be drafted (${names})` };
  for (const { at, why } of lost) deciding.lose(at, why);
  const note = lost.length === 0 ? {} : { note: `without ${names}` };
  return { type: `type: object, fields: { ${fields.join(", ")} }`, ...note };
}

/** Keys that look like values, or are too many to be names: then they are one rule, and not a list. */
function asMap(shape: Shape, path: string, deciding: Deciding): Drafted | undefined {
  const entries = [...shape.object.entries];
  const names = entries.map(([name]) => name);
  const odd = names.some((name) => !/^[A-Za-z_$][\w$ .-]*$/.test(name));
  if (!odd && names.length <= 24) return undefined;
  const silent = { ...deciding, declare: () => undefined, lose: () => undefined };
  const values = entries.map(([name, one]) => draftType(one, name, `${path}.*`, silent));
  const numbers = entries.every(([, one]) => one.numbers.count === one.seen);
  if (!numbers && new Set(values.map((value) => ("leftOut" in value ? "" : value.type))).size > 1) return undefined;
  const [first] = values;
  if (first === undefined || "leftOut" in first || first.type.includes("identifier")) return undefined;
  const all = { min: Infinity, max: -Infinity, decimals: 0, count: 0 };
  for (const [, { numbers: one }] of entries) {
    all.min = Math.min(all.min, one.min);
    all.max = Math.max(all.max, one.max);
    all.decimals = Math.max(all.decimals, one.decimals);
  }
  const of = numbers ? draftNumber(all) : first;
  if ("leftOut" in of) return undefined;
  const longest = Math.max(...names.map(({ length: one }) => one));
  const wide = names.some((name) => /[\s/@\\]/.test(name)) ? ", justification: TODO" : "";
  const most = [16, 32, 64, 128, 256, 512].find((one) => one >= shape.object.entries.size) ?? 1024;
  return {
    type: `type: map, keys: { type: string, pattern: ${quoted(patternOf(names))}, max_length: ${length(longest)}${wide} }, of: { ${of.type} }, max_items: ${most}`,
    note: "its keys are drafted as a pattern; a closed set tells less",
  };
}

function quoted(pattern: string): string {
  return `'${pattern.replaceAll("'", "''")}'`;
}
