import { PLACE } from "../../generator/language/file-paths.js";
import * as patterns from "../../generator/spec/structure/patterns.js";
import type { Keyed } from "../../generator/spec/structure/resolve.js";
import type { Schema } from "../../generator/spec/structure/schema.js";
import { VISIBLE } from "../../generator/spec/structure/schema.js";
import { DURATION, SIZE } from "../../generator/spec/units.js";
import { definitionOf, formName, formsOf, insideOf, resolved } from "./grammar.js";
import { FIRST, MEANINGS, type Meaning, NAMES, NOTHING, POOLS, type Told } from "./meanings.js";
import { type Random, some } from "./random.js";

/** The depth to which lists and objects may nest. */
const DEEPEST = 3;

/** The pools of texts by the pattern that they have to match. */
const byPattern: Readonly<Record<string, readonly string[]>> = {
  [VISIBLE]: POOLS.prose,
  [patterns.PRODUCT]: POOLS.product,
  [patterns.ENV]: POOLS.env,
  [PLACE]: POOLS.place,
  [patterns.MODE]: ["0600", "0600", "0644"],
  [patterns.ENDPOINT]: POOLS.url,
  [patterns.SINK_URL]: ["https://store.example/in?a=b", "https://store.example"],
  [patterns.DATE]: ["2026-06-12", "2024-02-29"],
  [patterns.CODE_NAME]: ["tally", "boundTally", "countIt", "itCounter"],
  [patterns.TYPE_NAME]: ["own_name", "another", "third_name"],
  [patterns.FIELD_CODE_NAME]: ["own_name", "another", "third_name"],
  [DURATION]: ["1500ms", "5s", "15m", "6h", "20d"],
  [SIZE]: ["20KiB", "64KiB", "1MiB"],
};

/** Draws a value of a schema. `path` says where: `consent.order[].stored`; a type's own parameters are `enum.values`. */
export function draw(of: Schema, path: string, told: Told, random: Random, depth = 0): unknown {
  const named = definitionOf(of);
  const whole = resolved(of);
  const meaning: Meaning | undefined =
    MEANINGS[path] ?? (named === undefined ? undefined : MEANINGS[`#${named}`]) ?? MEANINGS[path.replace(/^.*\./, ".")];
  const plainly = () => plain(whole, path, told, random, depth);
  return meaning === undefined ? plainly() : meaning({ told, random, depth, path, plainly });
}

function plain(of: Keyed, path: string, told: Told, random: Random, depth: number): unknown {
  const forms = formsOf(of);
  // That nobody decides at all has tests of its own, and what is another contract's needs that one beside it.
  const usual: Readonly<Record<string, string>> = { consent: "{model}", "identifiers{}": "{identifies}" };
  const decided = forms?.find((form) => formName(form) === usual[path]);
  if (decided !== undefined) return plain(resolved(decided), path, told, random, depth);
  if (forms !== undefined) {
    const shallow = forms.filter((form) => depth < DEEPEST || !isNesting(form));
    // What holds others more often, so that there is something at each depth.
    const weighed = depth > 1 ? shallow : [...shallow, ...shallow.filter(isNesting), ...shallow.filter(isNesting)];
    const meant = shallow.filter((one) => told.focus?.forms.has(formName(one)));
    const form = random.pick(meant.length > 0 && random.chance(0.6) ? meant : weighed.length === 0 ? forms : weighed);
    return draw(form, typedPath(form, path), told, random, depth);
  }
  if (Array.isArray(of["enum"])) {
    const meant = of["enum"].find((word) => String(word) === told.focus?.word);
    return meant !== undefined && random.chance(0.6) ? meant : random.pick(of["enum"]);
  }
  if (of["const"] !== undefined) return of["const"];
  const kind = Array.isArray(of["type"]) ? random.pick(of["type"]) : of["type"];
  switch (kind) {
    case "object":
      return object(of, path, told, random, depth);
    case "array":
      return array(of, path, told, random, depth);
    case "boolean":
      return random.chance(0.5);
    case "integer":
    case "number":
      return number(of, random);
    case "null":
      return null;
    case "string":
      return text(of, random);
    case undefined:
      return random.pick<unknown>(["x", 1, true]);
    default:
      throw new Error(`${path}: nobody knows how to draw ${String(kind)}`);
  }
}

/** Returns whether a form may hold further types. */
function isNesting(form: Schema): boolean {
  return /#\/definitions\/(item|innerFields?|shape)"/.test(JSON.stringify(form));
}

/** A form that a word names (`type: enum`) gives the keys in it that word's path; others stay where they are. */
function typedPath(form: Schema, path: string): string {
  const only = resolved(form).properties?.["type"]?.["const"];
  if (typeof only === "string") return only;
  return form["properties"] === undefined ? path : insideOf(path, form);
}

function object(of: Keyed, path: string, told: Told, random: Random, depth: number): unknown {
  const { properties, required = [] } = of;
  if (properties === undefined) return mapping(of, path, told, random, depth);
  const keys = Object.keys(properties);
  const exactlyOne = alternatives(of["oneOf"]);
  const atLeastOne = alternatives(of["anyOf"]).filter((key) => likelihood(path, key) > 0);
  const chosen = exactlyOne.length === 0 ? undefined : random.pick(exactlyOne);
  const forced = atLeastOne.length === 0 ? undefined : random.pick(atLeastOne);
  const wanted = new Set(
    keys.filter((key) => {
      if (exactlyOne.includes(key)) return key === chosen;
      const likely = likelihood(path, key);
      const meant = likely > 0 && told.focus?.keys.has(key) === true;
      return required.includes(key) || key === forced || random.chance(meant ? 0.85 : likely);
    }),
  );
  const most = random.pick(keys);
  if (wanted.size < (of.minProperties ?? 0) && most !== undefined) wanted.add(most);
  told.chosen(path, wanted);
  const drawn = new Map<string, unknown>();
  const inOrder = [...wanted].sort((a, b) => rank(a) - rank(b));
  const inside = depth + (/^(list|object|map)$/.test(path) ? 1 : 0);
  for (const key of inOrder) {
    const here = path === "" ? key : `${path}.${key}`;
    const value = draw(properties[key] ?? {}, here, told, random, inside);
    told.seen(here, value);
    if (value !== NOTHING) drawn.set(key, value);
  }
  return Object.fromEntries(keys.flatMap((key) => (drawn.has(key) ? [[key, drawn.get(key)]] : [])));
}

/** The chance of words that few contracts have. */
const RARE: Readonly<Record<string, number>> = {
  // What is retired has tests of its own.
  retired: 0,
  // So has what names another contract of the same project.
  use: 0,
  described: 0.04,
  even_when_off: 0.08,
  answer: 0.15,
  retry: 0.15,
  sends: 0.4,
  when_off: 0.4,
  only_where: 0.15,
  since_epoch: 0.15,
  adopts: 0.15,
  fields: 0.85,
  from: 0.2,
  part: 0.5,
};

/** Ranks a key: what others depend on is drawn first. */
function rank(key: string): number {
  const at = FIRST.indexOf(key);
  return at < 0 ? FIRST.length : at;
}

function likelihood(path: string, key: string): number {
  // A file without a key is drawn as a marker or as one line.
  if (key === "key" && /order\[\]/.test(path)) return 1;
  if (key === "form" && path === "consent.state_file") return 0;
  // Other contracts of the same project, and why there is no switch where there is one.
  if (path === "" && ["retired", "page", "shared", "justification"].includes(key)) return 0;
  // Most of what is drawn is more than the clients in other languages can do.
  if (path === "") return key === "max_bits" || key === "silence" || key === "clients" ? 0.1 : 0.6;
  // Whether there are any is decided before all else.
  if (key === "parts" && path === "consent") return 1;
  const rare = RARE[key];
  if (rare !== undefined) return rare;
  return key === "example"
    ? 1
    : ["note", "renamed_from", "legacy", "dropped_at_edge", "code_name"].includes(key)
      ? 0.12
      : 0.35;
}

function alternatives(rules: unknown): readonly string[] {
  return ((rules ?? []) as readonly Schema[]).flatMap(({ required }) => (required ?? []) as readonly string[]);
}

function mapping(of: Keyed, path: string, told: Told, random: Random, depth: number): unknown {
  const values = of.additionalProperties;
  const names = NAMES[(of.propertyNames && definitionOf(of.propertyNames)) ?? "name"] ?? NAMES["name"] ?? [];
  const least = of.minProperties ?? 0;
  const all = some(random, names, depth > 0 ? 3 : 4);
  const chosen = all.length >= least ? all : names.slice(0, least);
  return Object.fromEntries(
    chosen.flatMap((name) => {
      const value = values ? draw(values, `${path}{}`, told, random, depth) : random.pick<unknown>(["x", 1, true]);
      return value === NOTHING ? [] : [[name, value]];
    }),
  );
}

function array(of: Keyed, path: string, told: Told, random: Random, depth: number): unknown {
  const least = Number(of["minItems"] ?? 0);
  const length = Math.max(least, random.below(Math.min(4, Number(of["maxItems"] ?? 3) + 1)));
  const items = Array.from({ length }, () => draw(of["items"] as Schema, `${path}[]`, told, random, depth)).filter(
    (item) => item !== NOTHING,
  );
  if (of["uniqueItems"] !== true) return items;
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(JSON.stringify(item)) && seen.add(JSON.stringify(item)));
}

function number(of: Keyed, random: Random): number {
  const [least, most] = [Number(of["minimum"] ?? 0), Number(of["maximum"] ?? 9)];
  return random.pick([least, least, Math.min(most, least + 1), Math.min(most, least + 7), Math.min(most, 1000)]);
}

/** A form that has no pool is not drawn: the test of what is drawn then names the key. */
function text(of: Keyed, random: Random): unknown {
  const pattern = of["pattern"];
  if (typeof pattern !== "string") return random.pick(POOLS.prose);
  const pool = byPattern[pattern] ?? (pattern === patterns.NAME ? NAMES["name"] : undefined);
  return pool === undefined ? NOTHING : random.pick(pool);
}
