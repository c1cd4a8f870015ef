import { allVariants } from "../../generator/model/cases.js";
import type { JsonSchema } from "../../generator/model/json-schema.js";
import type { Event, Field, Model } from "../../generator/model/model.js";
import { wireKeys } from "../wire-keys.js";
import type { Random } from "./random.js";

/** JSON that can say what JavaScript's own objects can't: the same key twice, `__proto__`, and tokens such as 1e400. */
export type Node = Entries | List | Raw;
interface Entries {
  readonly kind: "map";
  readonly entries: [string, Node][];
}
interface List {
  readonly kind: "list";
  readonly items: Node[];
}
interface Raw {
  readonly kind: "raw";
  readonly text: string;
}

export function print(node: Node): string {
  if (node.kind === "raw") return node.text;
  if (node.kind === "list") return `[${node.items.map(print).join(",")}]`;
  return `{${node.entries.map(([key, item]) => `${JSON.stringify(key)}:${print(item)}`).join(",")}}`;
}

function of(value: unknown): Node {
  if (Array.isArray(value)) return { kind: "list", items: value.map(of) };
  if (typeof value !== "object" || value === null) return { kind: "raw", text: JSON.stringify(value) };
  return { kind: "map", entries: Object.entries(value).map(([key, item]) => [key, of(item)]) };
}

/** A body that the contract allows, whole. */
export function validPayload(model: Model, random: Random): Node {
  const wire = wireKeys(model);
  const common = validFields(model.common, random);
  if (wire.format === "json-batch") {
    const most = Math.min(model.ingest.limits.events, 4);
    const items = Array.from({ length: random.below(most + 1) }, () => {
      const event = random.pick(model.events);
      const time: [string, Node][] = random.chance(0.7) ? [["ts", of("2026-06-12T12:00:00.000Z")]] : [];
      return map([
        [wire.eventKey, of(event.wireName)],
        ...time,
        [wire.fieldsKey, map(validFields(event.fields, random))],
      ]);
    });
    return map([...common, [wire.eventsKey, { kind: "list", items }]]);
  }
  const event = random.pick(model.events);
  const name: [string, Node][] =
    wire.format === "json" && wire.eventKey !== undefined ? [[wire.eventKey, of(event.wireName)]] : [];
  return map([...name, ...common, ...validFields(event.fields, random)]);
}

function map(entries: [string, Node][]): Entries {
  return { kind: "map", entries };
}

function validFields(fields: Event["fields"], random: Random): [string, Node][] {
  const chosen: Record<string, unknown> = {};
  for (const field of [...allVariants(fields)].sort((a, b) => a.onlyWhen.length - b.onlyWhen.length)) {
    const exists = field.onlyWhen.every(
      ({ wireName, values, except = false }) => values.some((value) => chosen[wireName] === value) !== except,
    );
    if (!exists || ((field.optional || field.legacy) && random.chance(0.5))) continue;
    chosen[field.wireName] = field.nullable && random.chance(0.3) ? null : validValue(field, random);
  }
  return Object.entries(chosen).map(([key, value]) => [key, of(value)]);
}

function validValue(field: Field, random: Random): unknown {
  return random.chance(0.3) ? field.example : someValue(field.type.schema, field.example, random);
}

function someValue(schema: JsonSchema, example: unknown, random: Random): unknown {
  if (schema.enum !== undefined) return random.pick(schema.enum);
  if (schema.const !== undefined) return schema.const;
  if (schema.type === "boolean") return random.chance(0.5);
  if (schema.type === "integer")
    return random.pick([schema.minimum ?? 0, schema.maximum ?? 1, example ?? schema.minimum]);
  if (schema.type === "array") {
    const item = schema.items ?? {};
    const fallback = textFor(item);
    return Array.from({ length: random.below((schema.maxItems ?? 2) + 1) }, () => someValue(item, fallback, random));
  }
  if (schema.type === "object") {
    const entries = Object.entries(schema.properties ?? {}).filter(
      ([key]) => schema.required?.includes(key) || random.chance(0.5),
    );
    return Object.fromEntries(entries.map(([key, inner]) => [key, someValue(inner, textFor(inner), random)]));
  }
  return textFor(schema) ?? example;
}

const texts = [
  "abc-1",
  "x",
  "a text",
  "1.2.3",
  "2026-06-12T12:00:00Z",
  "2026-06-12T12:00:00",
  "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  "",
];

/** One of our texts that the pattern lets through. */
function textFor(schema: JsonSchema): unknown {
  if (schema.type === "integer") return schema.minimum ?? 0;
  return texts.find(
    (text) => new RegExp(schema.pattern ?? "").test(text) && text.length <= (schema.maxLength ?? text.length),
  );
}

const hostileTokens = [
  "null",
  "true",
  "false",
  "-0",
  "1e400",
  "-1e400",
  "1.5",
  "-1",
  "9007199254740993",
  "1e2",
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"a\\udc00b"',
  "[]",
  "{}",
  "[[[]]]",
  '{"__proto__":{}}',
  '{"toString":1}',
  '"127.0.0.1"',
  '"__proto__"',
  '"constructor"',
  '"/home/ada"',
  '"ada@example.com"',
  `"${"x".repeat(200)}"`,
  '"\\ud83d\\ude00"',
  '"a\\nb"',
  "[null]",
  '["abc-1",1]',
  "0",
  "1",
  '"1"',
  '"2020-01-01T00:00:00Z"',
  '"2026-06-31T12:00:00Z"',
  '"3026-06-12T12:00:00Z"',
  "2",
  '"\u202ex"',
];
const hostileKeys = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "extra",
  "length",
  "event",
  "props",
  "events",
  "ts",
  "",
  "\ud800",
  "alpha",
  "machine_id",
];

/** The same with something wrong, once or often. Changes the node that it is given. */
export function mutate(root: Node, random: Random): Node {
  for (let times = 1 + random.below(3); times > 0; times--) {
    const nodes = everyNode(root).filter((node) => node.kind !== "raw");
    const node = random.pick(nodes);
    if (node === undefined) return root;
    if (node.kind === "list") mutateList(node, random);
    else if (node.kind === "map") mutateMap(node, random);
  }
  return root;
}

function mutateList({ items }: List, random: Random): void {
  const at = random.below(items.length + 1);
  if (random.chance(0.3)) items.splice(at, 1);
  else if (items[at] !== undefined && random.below(10) < 4) items.push(items[at]);
  else items.splice(at, random.below(2), raw(random.pick(hostileTokens)));
}

function mutateMap({ entries }: Entries, random: Random): void {
  const at = random.below(entries.length);
  const entry = entries[at];
  const way = random.below(6);
  if (way === 0 || entry === undefined) entries.push([random.pick(hostileKeys), raw(random.pick(hostileTokens))]);
  else if (way === 1) entries.splice(at, 1);
  else if (way === 2) entries.push([entry[0], raw(random.pick(hostileTokens))]);
  else if (way === 3) entries.unshift([entry[0], raw(random.pick(hostileTokens))]);
  else if (way === 4) entry[1] = (random.pick(entries) ?? entry)[1];
  else entry[1] = raw(random.pick(hostileTokens));
}

function everyNode(node: Node, found: Node[] = []): Node[] {
  // A node may stand in two places: enough of them is enough.
  if (found.length > 200) return found;
  found.push(node);
  if (node.kind === "list") for (const item of node.items) everyNode(item, found);
  if (node.kind === "map") for (const [, item] of node.entries) everyNode(item, found);
  return found;
}

function raw(text: string): Raw {
  return { kind: "raw", text };
}

/** Text that is hardly JSON at all. */
export function garble(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  if (random.chance(0.5)) return text.slice(0, at);
  return (
    text.slice(0, at) +
    random.pick(['"', "{", "}", "[", "]", ",", ":", "\\", "\u0000", "1", "null", "e9"]) +
    text.slice(at + random.below(2))
  );
}
