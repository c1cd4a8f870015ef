import { printed } from "../language/types/printed.js";
import { checkScalar, kindOf, sentence } from "./check-scalar.js";
import type { DiagnosticSink, TextSpan } from "./diagnostic-sink.js";
import { pickBranch } from "./pick-branch.js";
import { INHERITED } from "./structure/names.js";
import { type Definitions, type Keyed, keysOf, resolveSchema } from "./structure/resolve.js";
import type { Schema } from "./structure/schema.js";
import { nearest, suggestion } from "./suggest.js";
import { taughtEntry, taughtForm } from "./teach-forms.js";
import { taughtKey } from "./teach-keys.js";
import { type Entry, type ListTree, type MapTree, type Tree, toJson } from "./tree.js";

/** The position of the walk: what messages call the thing, where they point, and who collects them. */
export interface Walk {
  readonly definitions: Definitions;
  readonly report: DiagnosticSink;
  /** Every tree in which something is wrong, and all around it. */
  readonly broken: Set<TextSpan>;
}

/**
 * Holds a tree to a schema of the meta-schema, with one finding for each mistake. It reads the schema that editors read,
 * and is held equal to ajv's judgement of it by a property test; ajv's own findings about alternatives are an avalanche.
 * @param name what the tree is called in messages: the key at which it stands.
 * @returns whether nothing is wrong.
 */
export function checkStructure(tree: Tree, schema: Schema, name: string, walk: Walk): boolean {
  if (tree.kind === "scalar" && tree.told === true) {
    walk.broken.add(tree);
    return false;
  }
  const resolved = resolveSchema(schema, walk.definitions);
  const branches = resolved.anyOf;
  const alternatives = Array.isArray(branches) && !branches.every(isKeyRule);
  const fine = alternatives
    ? checkAlternatives(tree, branches as readonly Schema[], name, walk)
    : checkOne(tree, resolved, name, walk);
  if (!fine) walk.broken.add(tree);
  return fine;
}

function checkAlternatives(tree: Tree, branches: readonly Schema[], name: string, walk: Walk): boolean {
  const picked = pickBranch(tree, branches, name, walk);
  return picked !== undefined && checkStructure(tree, picked, name, walk);
}

function checkOne(tree: Tree, schema: Schema, name: string, walk: Walk): boolean {
  const kind = schema.type;
  if (tree.kind === "map" && kind === "object") return checkMap(tree, schema as Keyed, name, walk);
  if (tree.kind === "list" && kind === "array") return checkList(tree, schema, name, walk);
  return checkScalar(tree, schema, name, walk.report);
}

function checkMap(tree: MapTree, schema: Keyed, name: string, walk: Walk): boolean {
  const { report } = walk;
  const properties = schema.properties ?? {};
  const closed = schema.additionalProperties === false;
  // A required key that is only misspelt is told once.
  const meant = new Set<string | undefined>();
  // What depends on all entries can't be decided by some of them.
  let fine = tree.unread === undefined;
  if (tree.entries.size + (tree.unread ?? 0) < (schema.minProperties ?? 0)) {
    report.add(
      "empty-value",
      tree,
      `${sentence(name)} has too few entries: ${schema.minProperties} or more are needed.`,
      {
        hint: "Add one, or leave the key out.",
      },
    );
    fine = false;
  }
  for (const [key, entry] of tree.entries) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property !== undefined) fine = checkStructure(entry.value, property, key, walk) && fine;
    else if (closed) {
      fine = false;
      meant.add(reportUnknown(key, entry, tree, name, Object.keys(properties), report));
    } else fine = checkNamed(key, entry, schema, name, walk) && fine;
  }
  return checkKeys(tree, schema, name, meant, report) && fine;
}

function reportUnknown(
  key: string,
  entry: Entry,
  tree: MapTree,
  name: string,
  known: readonly string[],
  report: DiagnosticSink,
): string | undefined {
  const value = entry.value;
  const open = known.filter((one) => !tree.entries.has(one));
  // `{ why: Yes, and no }` is read as two keys, the second without a colon.
  const torn = tree.flow && value.kind === "scalar" && value.value === null && value.start === entry.key.end;
  const taught = torn ? {} : taughtKey(key, open, name);
  // What stands at every field is known: only what this one may have is a hint.
  const listed = open.length <= 24 ? open : [];
  const near = nearest(key, open);
  const hint = torn
    ? "A comma ends a text inside { … }: put the whole text in quotes."
    : near === undefined && taught.hint !== undefined
      ? taught.hint
      : listed.length === 0 && near !== undefined
        ? `did you mean "${near}"?`
        : listed.length === 0
          ? "No type has such a parameter, and no field such a key."
          : suggestion(key, listed, "Keys");
  report.add("unknown-key", entry.key, `"${key}" is not a key of ${name}.`, { hint });
  return torn ? undefined : (near ?? taught.key);
}

function checkNamed(key: string, entry: Entry, schema: Keyed, owner: string, walk: Walk): boolean {
  let fine = true;
  if (schema.propertyNames !== undefined) {
    if (key.split(".").some((part) => INHERITED.includes(part))) {
      walk.report.add(
        "reserved-name",
        entry.key,
        `"${key}" can't be a name: every object in JavaScript already has something of that name.`,
        { hint: "Choose another name." },
      );
      fine = false;
    } else fine = checkStructure(entry.key, schema.propertyNames, "The name", walk);
  }
  if (!fine) walk.broken.add(entry.value);
  const values = schema.additionalProperties;
  return values === undefined || values === false ? fine : checkValue(key, entry, values, owner, walk) && fine;
}

/** An event of which nothing was told in an earlier run is not looked at again: of the same text in the same contract there is nothing to tell. */
function checkValue(key: string, { value, parts }: Entry, schema: Schema, owner: string, walk: Walk): boolean {
  const hint = value.kind === "map" ? undefined : taughtEntry(owner, key);
  // Elsewhere a key of the same name may hold texts.
  if (hint !== undefined && isMapOnly(resolveSchema(schema, walk.definitions))) {
    walk.report.add("wrong-kind", value, `${sentence(key)} must be a map, not ${kindOf(value)}.`, { hint });
    walk.broken.add(value);
    return false;
  }
  const { found } = walk.report;
  const before = found.length;
  const fine = parts?.has(flawless) === true || checkStructure(value, schema, key, walk);
  if (fine && found.length === before) parts?.of(flawless, () => "");
  return fine;
}

function isMapOnly({ type, anyOf }: Schema): boolean {
  return type === "object" || (Array.isArray(anyOf) && (anyOf as readonly Schema[]).every(isMapOnly));
}

const flawless = "flawless";

/** Keys that must be there, and those of which exactly one or at least one must. */
function checkKeys(
  tree: MapTree,
  schema: Keyed,
  name: string,
  meant: ReadonlySet<string | undefined>,
  report: DiagnosticSink,
): boolean {
  let fine = true;
  const place = { start: tree.start, end: tree.flow ? tree.end : firstKeyEnd(tree) };
  for (const key of schema.required ?? []) {
    if (tree.entries.has(key) || meant.has(key)) continue;
    report.add("missing-key", place, `${sentence(name)} has no ${key}.`, {
      hint: (name === "the spec" ? taughtForm(key) : undefined) ?? hintOf(schema, key),
    });
    fine = false;
  }
  // Of a misspelt key it was told already what it is.
  const isMeant = (keys: readonly string[]) => keys.some((key) => meant.has(key));
  const one = keysOf(schema.oneOf);
  const there = one.filter((key) => tree.entries.has(key));
  if (there.length > 1) {
    report.add(
      "exclusive-keys",
      tree.entries.get(there[1] ?? "")?.key ?? place,
      `${sentence(name)} has both ${there.join(" and ")}.`,
      { hint: "Keep one of them." },
    );
    fine = false;
  } else if (one.length > 0 && there.length === 0) {
    if (!isMeant(one))
      report.add("missing-key", place, `${sentence(name)} has neither ${one.join(" nor ")}.`, {
        hint: "Add one of them.",
      });
    fine = false;
  }
  const some = keysOf(schema.anyOf);
  if (some.length > 0 && !some.some((key) => tree.entries.has(key))) {
    if (!isMeant(some))
      report.add("missing-key", place, `${sentence(name)} has neither ${some.join(" nor ")}.`, {
        hint: some.length > 2 ? "Add one of them, or several." : "Add one of them, or both.",
      });
    fine = false;
  }
  return fine;
}

function firstKeyEnd(tree: MapTree): number {
  for (const { key } of tree.entries.values()) return key.end;
  return tree.end;
}

function hintOf(schema: Keyed, key: string): string {
  const property = schema.properties?.[key];
  const allowed = property !== undefined && "const" in property ? [property.const] : property?.enum;
  const [example] = (property?.examples as readonly unknown[] | undefined) ?? [];
  const said = typeof property?.description === "string" ? property.description : "it is required.";
  if (example !== undefined) return `Add ${key}: ${printed(example)}, for one. ${said.replace(/(?<=\.) .*/, "")}`;
  return `Add ${key}: ${Array.isArray(allowed) ? `${allowed.join(", or ")}.` : said}`;
}

function checkList(tree: ListTree, schema: Schema, name: string, walk: Walk): boolean {
  const { minItems, uniqueItems, items } = schema as { minItems?: number; uniqueItems?: boolean; items?: Schema };
  let fine = true;
  if (tree.items.length < (minItems ?? 0)) {
    walk.report.add("empty-value", tree, `${sentence(name)} has no items.`, { hint: "Add one, or leave the key out." });
    fine = false;
  }
  const seen = new Map<string, Tree>();
  for (const item of tree.items) {
    if (items !== undefined) fine = checkStructure(item, items, `an item of ${name}`, walk) && fine;
    if (uniqueItems !== true) continue;
    const value = JSON.stringify(toJson(item));
    const before = seen.get(value);
    if (before !== undefined) {
      walk.report.add("repeated-item", item, `${value} is here a second time.`, {
        hint: "Remove it.",
        related: [{ message: "The first one is here.", place: before }],
      });
      fine = false;
    } else seen.set(value, item);
  }
  return fine;
}

/** `{ required: [key] }`: a rule about keys, not an alternative of its own. */
function isKeyRule(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && Object.keys(schema).join() === "required";
}
