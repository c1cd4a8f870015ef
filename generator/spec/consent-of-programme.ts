import { outlives } from "../language/identifiers/created.js";
import type { JsonValue } from "../model/json-schema.js";
import { at, entriesOf, type MapTree, textOf, toJson } from "./tree.js";

type Json = { readonly [key: string]: JsonValue };

/**
 * A contract's consent as another one of the same product has it: without what belongs to the first alone, its identifiers, what waits in
 * its queue, and the command by which its receiver is asked to forget.
 * @param own the identifiers of the other one: what is kept under such a name is kept there for both.
 */
export function consentFor(
  owner: MapTree,
  { product, own }: { readonly product: string; readonly own: readonly string[] },
): Json | undefined {
  const consent = at(owner, "consent");
  if (consent?.kind !== "map") return undefined;
  const { adopts, commands, state_file, ...rest } = toJson(consent) as Record<string, JsonValue>;
  const keptNames = entriesOf(at(owner, "identifiers"))
    .filter(
      ([name, { value }]) => own.includes(name) && isKept(textOf(at(value, "made_from")), textOf(at(value, "created"))),
    )
    .map(([name]) => name);
  const file = stateFile(state_file, own, keptNames);
  const shared: Json = {
    ...rest,
    ...withoutForget(commands),
    ...(file === undefined ? {} : { state_file: file }),
    ...(Array.isArray(adopts) ? answersOf(adopts as readonly JsonValue[], own) : {}),
  };
  const theirs = textOf(at(owner, "product")) ?? product;
  return theirs === product ? shared : (besideOurs(shared, theirs) as Json);
}

function withoutForget(commands: JsonValue | undefined): { readonly commands?: JsonValue } {
  if (!isMap(commands)) return commands === undefined ? {} : { commands };
  const { forget: _, ...others } = commands;
  return Object.keys(others).length === 0 ? {} : { commands: others };
}

function isKept(madeFrom: string | undefined, created: string | undefined): boolean {
  return madeFrom === "random" && outlives(created);
}

/** The same file; of its identifiers those that this contract has, too. */
function stateFile(file: JsonValue | undefined, own: readonly string[], kept: readonly string[]): Json | undefined {
  if (!isMap(file) && kept.length === 0) return undefined;
  const { keys = {}, ...rest } = (isMap(file) ? file : { path: "{app_dir}/telemetry.json" }) as Record<
    string,
    JsonValue
  >;
  const identifierIn = (key: string, type: JsonValue) =>
    isMap(type) && type["type"] === "identifier" ? (typeof type["of"] === "string" ? type["of"] : key) : undefined;
  const written = Object.entries(isMap(keys) ? keys : {});
  const named = new Set(written.flatMap(([key, type]) => identifierIn(key, type) ?? []));
  return {
    ...rest,
    keys: {
      ...Object.fromEntries(
        written.filter(([key, type]) => {
          const identifier = identifierIn(key, type);
          return identifier === undefined || own.includes(identifier);
        }),
      ),
      ...Object.fromEntries(kept.filter((name) => !named.has(name)).map((name) => [name, { type: "identifier" }])),
    },
  };
}

/** `{app_dir}` is a folder named after the product: the other product's is next to it. */
export function besideOurs(value: JsonValue, product: string): JsonValue {
  if (typeof value === "string") return value.replace(/^\{app_dir\}\/(?!\.\.\/)/, `{app_dir}/../${product}/`);
  if (Array.isArray(value)) return value.map((one: JsonValue) => besideOurs(one, product));
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, besideOurs(one, product)]))
    : value;
}

function answersOf(adopts: readonly JsonValue[], own: readonly string[]): { readonly adopts?: readonly JsonValue[] } {
  const answers = adopts.flatMap((one) => {
    if (!isMap(one) || one["key"] === undefined) return [];
    const { identifiers = {}, queue: _, ...answer } = one;
    const shared = Object.entries(isMap(identifiers) ? identifiers : {}).filter(([name]) => own.includes(name));
    return [{ ...answer, ...(shared.length === 0 ? {} : { identifiers: Object.fromEntries(shared) }) }];
  });
  return answers.length === 0 ? {} : { adopts: answers as readonly JsonValue[] };
}

function isMap(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
