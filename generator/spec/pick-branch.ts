import { expression } from "./expression.js";
import type { Walk } from "./check-structure.js";
import { type Keyed, resolveSchema } from "./structure/resolve.js";
import type { Schema } from "./structure/schema.js";
import { suggestion } from "./suggest.js";
import { type MapTree, type Tree, toJson } from "./tree.js";

/**
 * The one alternative that a tree was meant to be, so that what is wrong is said about that one alone. Nothing when it
 * can't be told: then that is the finding.
 *
 * Alternatives differ in kind (text, list, map). Those that are maps name their tell first among the required keys: it is
 * there (`env`, `config`, `stored`), or has the one value of that alternative (`type: bucket`).
 */
export function pickBranch(tree: Tree, branches: readonly Schema[], name: string, walk: Walk): Schema | undefined {
  const flat = branches.flatMap((branch) => flatten(resolveSchema(branch, walk.definitions), walk));
  if (tree.kind === "map") return pickMap(tree, flat, name, walk);
  if (tree.kind === "list") return flat.find((branch) => branch["type"] === "array") ?? reportKind(tree, flat, name, walk);
  const scalars = flat.filter((branch) => branch["type"] !== "object" && branch["type"] !== "array");
  const fitting = scalars.find((branch) => fits(tree.value, branch));
  if (fitting !== undefined) return fitting;
  if (typeof tree.value !== "string" || scalars.length === 0) return reportKind(tree, flat, name, walk);
  const known = scalars.flatMap(wordsOf);
  walk.report.add("unknown-value", tree, `"${tree.value}" is not a value of ${name}.`, { hint: suggestion(tree.value, known, "Values") });
  return undefined;
}

function flatten(schema: Schema, walk: Walk): readonly Schema[] {
  const inner = schema["anyOf"];
  if (!Array.isArray(inner) || schema["type"] === "object") return [schema];
  return (inner as readonly Schema[]).flatMap((branch) => flatten(resolveSchema(branch, walk.definitions), walk));
}

function pickMap(tree: MapTree, branches: readonly Schema[], name: string, walk: Walk): Schema | undefined {
  const maps = branches.filter((branch): branch is Keyed => branch["type"] === "object");
  if (maps.length <= 1) return maps[0] ?? reportKind(tree, branches, name, walk);
  const tells = [...new Set(maps.map(tellOf))];
  const told = maps.filter((branch) => tree.entries.has(tellOf(branch)));
  if (told.length === 0) {
    walk.report.add("missing-key", { start: tree.start, end: tree.flow ? tree.end : tree.start + 1 }, `${name} has no ${tells.join(", ")}.`, {
      hint: tells.length === 1 ? `Add ${tells[0]}: it says what the rest means.` : "Add one of them.",
    });
    return undefined;
  }
  const tell = tellOf(told[0] as Keyed);
  const value = tree.entries.get(tell)?.value;
  const tellSchemas = told.map((branch) => resolveSchema(branch.properties?.[tell] ?? {}, walk.definitions));
  const index = tellSchemas.findIndex((schema) => value?.kind === "scalar" && fits(value.value, schema));
  if (index >= 0) return told[index];
  // Of alternatives that are told by the key alone there is only one, and its own check says what is wrong with the value.
  if (told.length === 1) return told[0];
  const known = tellSchemas.flatMap(wordsOf);
  const shown = value === undefined ? "" : JSON.stringify(toJson(value));
  walk.report.add(tell === "type" ? "unknown-type" : "unknown-value", value ?? tree, `${shown} is not a ${tell}.`, {
    hint: suggestion(String(value?.kind === "scalar" ? value.value : ""), known, `${tell.charAt(0).toUpperCase()}${tell.slice(1)}s`),
  });
  return undefined;
}

function tellOf(branch: Keyed): string {
  return branch.required?.[0] ?? "";
}

/** Whether a value could be meant for a schema: by its list of values, its form, or at least its kind. */
function fits(value: null | boolean | number | string, schema: Schema): boolean {
  if ("const" in schema) return schema["const"] === value;
  if (Array.isArray(schema["enum"])) return (schema["enum"] as readonly unknown[]).includes(value);
  const refused = (schema["not"] as { enum?: readonly unknown[] } | undefined)?.enum;
  if (refused?.includes(value) === true) return false;
  const pattern = schema["pattern"];
  if (typeof pattern === "string" && (typeof value !== "string" || !expression(pattern).test(value))) return false;
  const kind = value === null ? "null" : typeof value;
  return schema["type"] === undefined || [schema["type"]].flat().some((type) => type === kind || (type === "integer" && Number.isInteger(value)));
}

function wordsOf(schema: Schema): readonly string[] {
  const values = "const" in schema ? [schema["const"]] : ((schema["enum"] as readonly unknown[] | undefined) ?? []);
  return values.filter((value): value is string => typeof value === "string");
}

const KINDS: Readonly<Record<string, string>> = { object: "a map", array: "a list", string: "a text", boolean: "true or false", integer: "a whole number", number: "a number" };

function reportKind(tree: Tree, branches: readonly Schema[], name: string, walk: Walk): undefined {
  const kinds = branches.map((branch) => KINDS[String(branch["type"])] ?? wordsOf(branch).join(", "));
  walk.report.add("wrong-kind", tree, `${name} must be ${[...new Set(kinds)].join(", or ")}.`);
}
