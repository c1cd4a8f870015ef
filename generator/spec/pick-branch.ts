import { writtenOut } from "../language/types/written-out.js";
import { expression } from "../model/expression.js";
import { KINDS, sentence } from "./check-scalar.js";
import type { Walk } from "./check-structure.js";
import { type Definitions, type Keyed, resolveSchema } from "./structure/resolve.js";
import type { Schema } from "./structure/schema.js";
import { nearest, suggestion } from "./suggest.js";
import { taughtForm } from "./teach-forms.js";
import { taughtKey } from "./teach-keys.js";
import { taughtType } from "./teach-types.js";
import { taughtValue } from "./teach-values.js";
import { type ListTree, type MapTree, type Tree, toJson } from "./tree.js";

/** Alternatives sorted for picking: references followed, alternatives of alternatives among them. */
interface Sorted {
  readonly all: readonly Schema[];
  readonly list: Schema | undefined;
  readonly scalars: readonly Schema[];
  readonly maps: readonly Keyed[];
  /** The key that tells the maps apart: the first of their required keys. */
  readonly tells: readonly string[];
  /** `type` → `bucket` → the one map of which that is the tell. */
  readonly told: ReadonlyMap<string, ReadonlyMap<unknown, Keyed>>;
}

const known = new WeakMap<readonly Schema[], Sorted>();

/**
 * The one alternative that a tree was meant to be, so that what is wrong is said about that one alone. Nothing when it
 * can't be told: then that is the finding.
 *
 * Alternatives differ in kind (text, list, map). Those that are maps name their tell first among the required keys: it is
 * there (`env`, `config`, `stored`), or has the one value of that alternative (`type: bucket`).
 */
export function pickBranch(tree: Tree, branches: readonly Schema[], name: string, walk: Walk): Schema | undefined {
  const sorted = known.get(branches) ?? sort(branches, walk.definitions);
  known.set(branches, sorted);
  if (tree.kind === "map") return pickMap(tree, sorted, name, walk);
  if (tree.kind === "list") return sorted.list ?? reportKind(tree, sorted.all, name, walk);
  const fitting = sorted.scalars.find((branch) => fits(tree.value, branch));
  if (fitting !== undefined) return fitting;
  if (typeof tree.value !== "string" || sorted.scalars.length === 0) return reportKind(tree, sorted.all, name, walk);
  // A single form says itself what it is.
  const [only, ...others] = sorted.scalars;
  if (only?.type === "string" && only.enum === undefined && others.length === 0) return only;
  walk.report.add("unknown-value", tree, `"${tree.value}" is not a value of ${name}.`, {
    hint:
      neededBy(tree.value, sorted) ??
      taughtValue(name, tree.value) ??
      (sorted.maps.length > 0 ? taughtForm(name) : undefined) ??
      suggestion(tree.value, sorted.scalars.flatMap(wordsOf), "Values"),
  });
  return undefined;
}

/** A type that stands there by its name alone, and can't: it needs more. */
function neededBy(name: string, { told }: Sorted): string | undefined {
  const written = told.get("type")?.has(name) === true ? writtenOut(name) : undefined;
  return written === undefined ? undefined : `${name} alone doesn't say enough: write ${written}.`;
}

function sort(branches: readonly Schema[], definitions: Definitions): Sorted {
  const all = branches.flatMap((branch) => flatten(resolveSchema(branch, definitions), definitions));
  const maps = all.filter((branch): branch is Keyed => branch.type === "object");
  const told = new Map<string, Map<unknown, Keyed>>();
  for (const map of maps) {
    const tell = tellOf(map);
    const values = told.get(tell) ?? new Map<unknown, Keyed>();
    told.set(tell, values);
    const schema = resolveSchema(map.properties?.[tell] ?? {}, definitions);
    if ("const" in schema) values.set(schema.const, map);
  }
  return {
    all,
    list: all.find((branch) => branch.type === "array"),
    scalars: all.filter((branch) => branch.type !== "object" && branch.type !== "array"),
    maps,
    tells: [...told.keys()],
    told,
  };
}

function flatten(schema: Schema, definitions: Definitions): readonly Schema[] {
  const inner = schema.anyOf;
  if (!Array.isArray(inner) || schema.type === "object") return [schema];
  return (inner as readonly Schema[]).flatMap((branch) => flatten(resolveSchema(branch, definitions), definitions));
}

function pickMap(tree: MapTree, { all, maps, tells, told }: Sorted, name: string, walk: Walk): Schema | undefined {
  if (maps.length <= 1) return maps[0] ?? reportKind(tree, all, name, walk);
  const tell = tells.find((key) => tree.entries.has(key));
  const misspelt = tell === undefined ? [...tree.entries].find(([key]) => isMeantBy(key, tells, maps)) : undefined;
  if (misspelt !== undefined) {
    const [key, { key: place }] = misspelt;
    walk.report.add("unknown-key", place, `"${key}" is not a key of ${name}.`, {
      hint: taughtKey(key, tells, name).hint ?? `did you mean "${nearest(key, tells)}"?`,
    });
    return undefined;
  }
  if (tell === undefined) {
    walk.report.add(
      "missing-key",
      { start: tree.start, end: tree.flow ? tree.end : tree.start + 1 },
      `${sentence(name)} has no ${tells.join(", ")}.`,
      {
        hint:
          tells.length === 1
            ? whatIsMeant(tree, tells[0] ?? "")
            : name === "consent"
              ? (taughtForm(name) ?? "Add one of them.")
              : tells.includes("given")
                ? "Add one of them; what the program reads in a way of its own is { given: NAME, means: … }."
                : "Add one of them.",
      },
    );
    return undefined;
  }
  const value = tree.entries.get(tell)?.value ?? tree;
  const exactly = value.kind === "scalar" ? told.get(tell)?.get(value.value) : undefined;
  if (exactly !== undefined) return exactly;
  const candidates = maps.filter((branch) => tellOf(branch) === tell);
  const schemas = candidates.map((branch) => resolveSchema(branch.properties?.[tell] ?? {}, walk.definitions));
  const index = schemas.findIndex((schema) => value.kind === "scalar" && fits(value.value, schema));
  if (index >= 0) return candidates[index];
  // An alternative that is told by the key alone: its own check says what is wrong with the value.
  if (candidates.length === 1) return candidates[0];
  const words = schemas.flatMap(wordsOf);
  const wanted = value.kind === "scalar" ? String(value.value) : value.kind === "list" ? namesIn(value) : "";
  walk.report.add(
    tell === "type" ? "unknown-type" : "unknown-value",
    value,
    `${JSON.stringify(toJson(value))} is not a ${tell}.`,
    {
      hint:
        (tell === "type" ? taughtType(wanted) : taughtValue(tell, wanted)) ??
        suggestion(wanted, words, `${tell.charAt(0).toUpperCase()}${tell.slice(1)}s`),
    },
  );
  return undefined;
}

/** `[string, "null"]`: names in a list, as other languages write what may be one or the other. */
function namesIn({ items }: ListTree): string {
  return items.map((item) => (item.kind === "scalar" ? String(item.value) : "")).join(",");
}

/** A key that no form has, and that is nearly one of those that tell the forms apart. */
function isMeantBy(key: string, tells: readonly string[], maps: readonly Keyed[]): boolean {
  const known = maps.some(({ properties = {} }) => Object.hasOwn(properties, key));
  return !known && (nearest(key, tells) !== undefined || taughtKey(key, tells, "").key !== undefined);
}

/** Keys next to a missing type that tell which it is. */
const TOLD_BY: readonly (readonly [keys: readonly string[], type: string])[] = [
  [["values", "enum", "choices", "options"], "enum"],
  [["pattern", "regex"], "string"],
  [["fields", "properties"], "object"],
  [["keys"], "map"],
  [["of", "items"], "list"],
  [["below", "up_to", "buckets"], "bucket"],
  [["decimals"], "number"],
  [["value", "const"], "const"],
  [["min", "max"], "int"],
];

function whatIsMeant(tree: MapTree, tell: string): string {
  const told = tell === "type" ? TOLD_BY.find(([keys]) => keys.some((key) => tree.entries.has(key))) : undefined;
  if (tell === "format") return "Add format: json. Others: form, query, prometheus-text, described.";
  return told === undefined
    ? `Add ${tell}: it says what the rest means.`
    : `Add type: ${told[1]}, as in ${writtenOut(told[1])}.`;
}

function isType({ properties = {} }: Keyed): boolean {
  return Object.hasOwn(properties, "type");
}

function tellOf(branch: Keyed): string {
  return branch.required?.[0] ?? "";
}

/** Returns whether a value could be meant for a schema: by its list of values, its form, or at least its kind. */
function fits(value: null | boolean | number | string, schema: Schema): boolean {
  if ("const" in schema) return schema.const === value;
  if (Array.isArray(schema.enum)) return (schema.enum as readonly unknown[]).includes(value);
  const refused = (schema.not as { enum?: readonly unknown[] } | undefined)?.enum;
  if (refused?.includes(value) === true) return false;
  const pattern = schema.pattern;
  if (typeof pattern === "string" && (typeof value !== "string" || !expression(pattern).test(value))) return false;
  const kind = value === null ? "null" : typeof value;
  return (
    schema.type === undefined ||
    [schema.type].flat().some((type) => type === kind || (type === "integer" && Number.isInteger(value)))
  );
}

function wordsOf(schema: Schema): readonly string[] {
  const values = "const" in schema ? [schema.const] : ((schema.enum as readonly unknown[] | undefined) ?? []);
  return values.filter((value): value is string => typeof value === "string");
}

function reportKind(tree: Tree, branches: readonly Schema[], name: string, walk: Walk): undefined {
  const kinds = branches.flatMap((branch) => {
    const words = wordsOf(branch);
    return words.length > 0 ? words.join(", ") : [branch.type].flat().map((type) => KINDS[String(type)] ?? "a value");
  });
  const written = tree.kind === "scalar" && branches.some(isType) ? writtenOut(String(tree.value)) : undefined;
  walk.report.add("wrong-kind", tree, `${sentence(name)} must be ${[...new Set(kinds)].join(", or ")}.`, {
    hint: written === undefined ? taughtForm(name) : `Write ${written.replace(/ }$/, ", why: … }")}.`,
  });
}
