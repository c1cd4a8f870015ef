import { compareText } from "../diagnostics/diagnostic.js";
import { typeNamed } from "../language/types/index.js";
import { accepts } from "../model/accepts.js";
import type { JsonSchema, JsonValue } from "../model/json-schema.js";
import type { Field, FieldSource, Type } from "../model/model.js";
import { camelCase } from "../names.js";
import { within } from "./around.js";
import { buildMatch } from "./build-match.js";
import { buildOwned } from "./build-owned.js";
import { buildType, isUnsettled } from "./build-type.js";
import { type NamedFlag, saidByName } from "./named-flags.js";
import { type Scope, spanOf } from "./scope.js";
import { settleCases } from "./settle-cases.js";
import { at, type Entry, entriesOf, numberOf, type Tree, textOf, toJson } from "./tree.js";

/** The fields of a map, by wire name. */
export function buildFields(tree: Tree | undefined, scope: Scope, source: "call" | "setup"): readonly Field[] {
  const fields = settleCases(fieldsAsWritten(tree, scope, source), new Map(entriesOf(tree)), scope);
  return fields.toSorted((a, b) => compareText(a.wireName, b.wireName));
}

/** The fields of a map in the order written: metric labels are printed in it. */
export function fieldsAsWritten(tree: Tree | undefined, scope: Scope, source: "call" | "setup"): readonly Field[] {
  return entriesOf(tree).map(([name, entry]) => buildField(name, entry, scope, source));
}

function buildField(name: string, { key, value: tree }: Entry, scope: Scope, source: "call" | "setup"): Field {
  const writtenExample = at(tree, "example");
  const shown = memberOf(scope.around, name);
  const type = within(writtenExample === undefined ? shown : toJson(writtenExample), scope, () =>
    buildType(tree, scope, name),
  );
  const note = textOf(at(tree, "note"));
  const nullable = ofField(tree, "nullable", scope);
  const part = textOf(at(tree, "part"));
  const since = numberOf(at(tree, "since_epoch"));
  const formerName = textOf(at(tree, "renamed_from"));
  return {
    at: spanOf(scope, key),
    wireName: name,
    codeName: camelCase(textOf(at(tree, "code_name")) ?? name),
    type,
    why: textOf(at(tree, "why")) ?? "",
    ...(note === undefined ? {} : { note }),
    ...buildOwned(tree),
    example: exampleOf(tree, key, type, nullable, scope, shown),
    // Where its part is off, and after its last day, it is not there.
    optional:
      ofField(tree, "optional", scope) ||
      isLeftOutInCi(type, scope) ||
      [part, since, textOf(at(tree, "expires"))].some((one) => one !== undefined),
    nullable,
    legacy: isTrue(at(tree, "legacy")),
    ...(isTrue(at(tree, "dropped_at_edge")) ? { droppedAtEdge: true as const } : {}),
    ...(formerName === undefined ? {} : { renamedFrom: formerName }),
    onlyWhen: entriesOf(at(tree, "only_when"))
      .map(([wireName, { value }]) => ({ wireName, values: [toJson(value)].flat() }))
      .toSorted((a, b) => compareText(a.wireName, b.wireName)),
    from: sourceOf(tree, name, type, source, scope),
    ...(part === undefined ? {} : { part }),
    ...(since === undefined ? {} : { sinceEpoch: since }),
  };
}

/** True if the field may be absent because it is not sent everywhere. */
function isLeftOutInCi({ identifier = "" }: Type, { identifiers }: Scope): boolean {
  const inCi = identifiers.get(identifier)?.inCi;
  return inCi !== undefined && inCi.text === undefined;
}

/** Returns what the field says, or its type's name; said twice it is a finding. */
function ofField(tree: Tree, key: NamedFlag, scope: Scope): boolean {
  const written = at(tree, key);
  const named = saidByName(tree, key, scope);
  if (written !== undefined && named !== undefined)
    scope.report.add("parameter-repeated", written, `The type "${named.name}" already says ${key}.`, {
      hint: "Remove it here, or give the field its own type.",
      related: [{ message: "It is said here.", place: named.place }],
    });
  return isTrue(written) || named !== undefined;
}

/** Returns a holder's example for one of its fields. */
function memberOf(holder: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof holder === "object" && holder !== null && !Array.isArray(holder) && Object.hasOwn(holder, name)
    ? (holder as Readonly<Record<string, JsonValue>>)[name]
    : undefined;
}

/** The written example, checked; else the one that the type suggests, or what `shown`, its holder's example, has for it. */
export function exampleOf(
  tree: Tree,
  key: Tree,
  type: Type,
  nullable: boolean,
  scope: Scope,
  shown?: JsonValue,
): JsonValue {
  if (isUnsettled(type) || scope.walk.broken.has(tree)) return null;
  const written = at(tree, "example");
  // Which of its cases it is an example of, the field beside it says.
  if (written === undefined && type.cases !== undefined) return null;
  if (written === undefined) {
    const derived = derivedExample(type, scope);
    if (derived !== undefined) return derived;
    if (shown !== undefined && accepts(type.schema, shown)) return shown;
    scope.report.add("example-missing", key, `A field of type ${type.kind} needs an example.`, {
      hint: `Add an example: ${type.rule}.`,
    });
    return null;
  }
  const value = toJson(written);
  if (accepts(type.schema, value) || (nullable && value === null)) return value;
  const quote = typeof value === "number" && isText(type.schema);
  scope.report.add(
    "example-refused",
    written,
    `The example ${JSON.stringify(value)} is not what the type allows: ${describe(type)}.`,
    {
      hint: quote ? "Quote it: without quotes it is a number." : "Correct the example, or the type.",
    },
  );
  return value;
}

/** For identifiers, the example of their own; for a list or a map, one entry, where that suggests itself. */
function derivedExample(type: Type, scope: Scope): JsonValue | undefined {
  if (type.identifier !== undefined) return scope.identifierExamples.get(type.identifier);
  const { kind, keys } = type;
  if (type.of !== undefined && (kind === "list" || kind === "map")) {
    const inner = derivedExample(type.of, scope);
    const key = keys && derivedExample(keys, scope);
    if (inner === undefined) return undefined;
    const entry = typeof key === "string" ? { [key]: inner } : undefined;
    return { list: [inner], map: entry }[kind];
  }
  return typeNamed(kind)?.example?.(type);
}

function describe(type: Type): string {
  return type.values === undefined
    ? type.rule
    : `${type.rule} ${type.values
        .slice(0, 16)
        .map((value) => JSON.stringify(value))
        .join(", ")}`;
}

function isText(schema: JsonSchema): boolean {
  return schema.type === "string" || (schema.enum?.some((value) => typeof value === "string") ?? false);
}

function sourceOf(tree: Tree, name: string, type: Type, source: "call" | "setup", scope: Scope): FieldSource {
  const from = at(tree, "from");
  const env = textOf(at(from, "env"));
  const is = at(from, "is");
  if (env !== undefined) return { kind: "env", env, ...(is === undefined ? {} : { is: buildMatch(is) }) };
  if (from === undefined && type.identifier !== undefined) return ofIdentifier(type.identifier, name, source, scope);
  return { kind: (textOf(from) ?? source) as Exclude<FieldSource["kind"], "env" | "identifier" | "each-event"> };
}

/** Of one that is made for each event, a field of another name refers to another event's, which the program knows. */
function ofIdentifier(identifier: string, name: string, source: "call" | "setup", scope: Scope): FieldSource {
  const declared = scope.identifiers.get(identifier);
  if (declared?.created !== "each-event" || declared.madeFrom !== "random") return { kind: "identifier", identifier };
  return name === identifier ? { kind: "each-event", identifier } : { kind: source };
}

export function isTrue(tree: Tree | undefined): boolean {
  return tree?.kind === "scalar" && tree.value === true;
}
