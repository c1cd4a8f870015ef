import type { TypeDefinition } from "../language/types/define.js";
import { typeNamed } from "../language/types/index.js";
import type { FrozenField } from "../model/frozen.js";

/** The shape that every reader of a frozen file relies on; enough that a damaged one is named, and never a crash. */
type Shape = "text" | "number" | "flag" | "any" | "type" | { readonly [key: string]: Shape } | readonly [Shape];

const optional = (key: string) => key.endsWith("?");

/** The parts that every type has; what else one of a kind has is in the file of its word. */
const anyType: Shape = { kind: "text", schema: {}, rule: "text", alternatives: "number" };
const insideTypes: Readonly<Record<TypeDefinition["frozen"][number], () => Shape>> = {
  of: () => "type",
  keys: () => "type",
  by: () => "text",
  cases: () => [{ values: ["any"], type: "type" }],
  fields: () => [field],
  values: () => ["any"],
  input: () => ({ kind: "text" }),
};
const field: Shape = {
  wireName: "text",
  type: "type",
  why: "text",
  optional: "flag",
  nullable: "flag",
  legacy: "flag",
  onlyWhen: [{ wireName: "text" }],
  from: { kind: "text" },
};
const named = { wireName: "text", when: "text", why: "text" } as const;

const contract: Shape = {
  product: "text",
  schemaVersion: "number",
  consentEpoch: "number",
  why: ["text"],
  neverCollected: ["text"],
  consent: {
    model: "text",
    order: [{ place: { kind: "text" } }],
    builds: [{ name: "text", kind: "text" }],
    ask: [{ where: "text" }],
    commands: {},
    "adopts?": [{ files: ["text"], key: "text", identifiers: [{ name: "text", key: "text" }] }],
    "parts?": [
      { name: "text", model: "text", needs: ["text"], order: [{ place: { kind: "text" } }], ask: [{ where: "text" }] },
    ],
  },
  identifiers: [{ name: "text", identifies: "text", madeFrom: "text", created: "text", format: "type" }],
  destination: {
    url: "text",
    urlFields: [field],
    operator: { name: "text", party: "text" },
    clientIp: "text",
  },
  common: [field],
  events: [
    {
      ...named,
      fields: [field],
      "schedule?": { every: "number" },
      "limit?": { oncePer: "any", forEach: ["text"] },
      "sample?": { oneIn: "number" },
      "rollup?": { by: ["text"], counters: [{ wireName: "text", counts: "text" }] },
    },
  ],
  metrics: [{ ...named, labels: [field], value: { type: "type" }, "schedule?": { every: "number" } }],
  guarantees: ["text"],
  wire: { format: "text", headers: [{ name: "text", kind: "text" }] },
  delivery: { mode: "text", flush: [{}] },
  ingest: {
    unknownEvent: "text",
    unknownField: "text",
    invalidField: "text",
    limits: { body: "number", events: "number" },
    responses: {},
  },
  dashboards: ["text"],
  "retired?": { since: "text", why: "text" },
  openQuestions: ["text"],
  history: [{ version: "number", change: "text" }],
};

/** Undefined when it has; else what is missing, as half a sentence. */
export function hasShapeOfContract(value: unknown): string | undefined {
  return problemOf(contract, value, "");
}

function problemOf(shape: Shape, value: unknown, path: string): string | undefined {
  const wrong = `${path || "the file"} is missing, or not what it should be`;
  if (shape === "any") return undefined;
  if (shape === "text") return typeof value === "string" ? undefined : wrong;
  if (shape === "number") return typeof value === "number" ? undefined : wrong;
  if (shape === "type") return problemOf(anyType, value, path) ?? ofItsKind(value as FrozenField["type"], path);
  if (shape === "flag") return typeof value === "boolean" ? undefined : wrong;
  if (isList(shape)) {
    if (!Array.isArray(value)) return wrong;
    return first(value.entries(), ([index, item]) => problemOf(shape[0], item, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong;
  return first(Object.entries(shape), ([key, inner]) => {
    const name = key.replace("?", "");
    const item = (value as Record<string, unknown>)[name];
    return item === undefined && optional(key)
      ? undefined
      : problemOf(inner, item, path === "" ? name : `${path}.${name}`);
  });
}

function ofItsKind(type: FrozenField["type"], path: string): string | undefined {
  const known = typeNamed(type.kind);
  if (known === undefined) return `${path} is "${type.kind}", a type that this version of plainsight doesn't know`;
  return first(known.frozen, (key) => problemOf(insideTypes[key](), type[key], `${path}.${key}`));
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function first<Item>(items: Iterable<Item>, find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
