import type { HasFragments } from "../model/fragments.js";
import type { FrozenField } from "../model/frozen.js";
import type { JsonSchema } from "../model/json-schema.js";
import { pascalCase } from "../names.js";

/** One function that says whether a value is allowed: there is one per distinct property type. */
export interface ValueCheck {
  /** `isScope`. */
  readonly name: string;
  readonly schema: JsonSchema;
  /** For people: `a whole number from 1 to 99`. */
  readonly rule: string;
  /** An event that has a field of this type, if one has. */
  readonly of?: HasFragments | undefined;
}

export interface Checks {
  readonly all: readonly ValueCheck[];
  /** The check of a type's values. */
  readonly of: (type: Checked) => string;
}

type Checked = Pick<FrozenField["type"], "schema">;

/** Something with a type, and the event that it stands in, if that is needed to tell it from another of its name. */
export interface Typed {
  readonly wireName: string;
  readonly type: FrozenField["type"];
  readonly event?: string;
  readonly of?: HasFragments;
}

/** Finds the distinct types, and names each after what people call it. */
export function collectChecks(typed: readonly Typed[]): Checks {
  const bySchema = new Map<string, Typed>();
  for (const one of typed) {
    const id = idOf(one.type.schema);
    if (!bySchema.has(id)) bySchema.set(id, one);
  }
  const wanted = new Map<string, number>();
  const short = new Map([...bySchema].map(([id, one]) => [id, shortName(one)]));
  for (const name of short.values()) wanted.set(name, (wanted.get(name) ?? 0) + 1);
  const taken = new Set<string>();
  const named = new Map<string, ValueCheck>();
  for (const [id, one] of bySchema) {
    const own = short.get(id) ?? "";
    // Two kinds of `kind`: each is called after its event too.
    const wish = wanted.get(own) === 1 || one.event === undefined ? own : pascalCase(one.event) + own;
    const name = untaken(`is${wish.slice(0, 48)}`, taken);
    named.set(id, { name, schema: one.type.schema, rule: ruleOf(one.type), of: one.of });
  }
  return {
    all: [...named.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    of: (type) => (named.get(idOf(type.schema)) as ValueCheck).name,
  };
}

/** A schema's text, once for each: it is asked for at every use of its type. */
export function idOf(schema: JsonSchema): string {
  const known = ids.get(schema) ?? JSON.stringify(schema);
  ids.set(schema, known);
  return known;
}

const ids = new WeakMap<JsonSchema, string>();

/** Returns a short name. A check that many fields share has its own name; the others are named after their type or field. */
function shortName({ wireName, type }: Typed): string {
  if (type.name !== undefined) return pascalCase(type.name);
  if (type.identifier !== undefined) return pascalCase(type.identifier);
  if (type.kind === "list" && type.of?.name !== undefined) return `${pascalCase(type.of.name)}List`;
  if (type.kind === "int" && type.schema.minimum === 0 && type.schema.maximum === Number.MAX_SAFE_INTEGER)
    return "WholeNumber";
  if (type.kind === "int") return `Int${type.schema.minimum}To${type.schema.maximum}`.replaceAll("-", "Minus");
  const shared = { bool: "Bool", version: "Version", timestamp: "Timestamp" }[type.kind];
  return shared ?? pascalCase(wireName);
}

function ruleOf(type: FrozenField["type"]): string {
  const values = type.values?.map((value) => JSON.stringify(value)).join(", ");
  return values === undefined || type.kind === "bool" ? type.rule : `${type.rule} ${values}`;
}

function untaken(wish: string, taken: Set<string>): string {
  let name = wish;
  for (let next = 2; taken.has(name); next++) name = `${wish}${next}`;
  taken.add(name);
  return name;
}
