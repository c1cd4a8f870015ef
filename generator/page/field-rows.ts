import { code, enumerate, type Inline, link, prose, say } from "../emit/document.js";
import { matching } from "../language/consent/matches/index.js";
import { SOURCES } from "../language/sources/index.js";
import { accepts } from "../model/accepts.js";
import type { FrozenField } from "../model/frozen.js";
import { goldenFields } from "../model/golden.js";
import { type Justification, justificationsOf } from "../model/justifications.js";
import type { Field } from "../model/model.js";
import { ownedSentences } from "./owned.js";
import { value, values } from "./words.js";

type FrozenType = FrozenField["type"];

/** The facts about a field. Its example stands in the example of its event, or of a whole request. */
export interface FieldRow {
  readonly name: string;
  readonly may: Inline;
  readonly why: Inline;
}

/** One row per field, and one for each field inside an object below its own. */
export function fieldRows(
  fields: readonly FrozenField[],
  within = "",
  shown: unknown = goldenFields(fields as readonly Field[]),
): readonly FieldRow[] {
  return fields.flatMap((field) => {
    const name = within + field.wireName;
    const example = isObject(shown) ? shown[field.wireName] : undefined;
    const row = { name, may: whatItMayBe(field, example !== undefined), why: reason(field) };
    // Of which case the example is, the field beside it says; the others have none.
    const cases = (field.type.cases ?? []).flatMap(({ type }) =>
      fieldRows(
        innerFields(type),
        `${name}${pathInto(type)}`,
        accepts(type.schema, field.example) ? inside(example) : {},
      ),
    );
    return [row, ...cases, ...fieldRows(innerFields(field.type), `${name}${pathInto(field.type)}`, inside(example))];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An example's own example: a list's is its first item. */
function inside(example: unknown): unknown {
  return Array.isArray(example) ? inside(example[0]) : example;
}

/** Returns how the way goes on into a type: into a list `[].`, into a map `.*.`. */
function pathInto(type: FrozenType): string {
  if (type.of === undefined) return ".";
  return `${type.keys === undefined ? "[]" : ".*"}${pathInto(type.of)}`;
}

/** Of an object, or of a list of objects. */
function innerFields(type: FrozenType): readonly FrozenField[] {
  return type.fields ?? (type.of === undefined ? [] : innerFields(type.of));
}

/** @param shown its example stands in an example of the whole. */
function whatItMayBe(field: FrozenField, shown: boolean): Inline {
  const conditions = field.onlyWhen.map(
    ({ wireName, values: needed }) => say`${code(wireName)} is ${enumerate(needed.map(value), "or")}`,
  );
  const clauses: readonly Inline[] = [
    field.type.identifier === field.wireName ? seeIdentifiers : describe(field.type),
    field.nullable ? say`or ${code("null")}` : "",
    conditions.length === 0 ? "" : say`only when ${enumerate(conditions, "and")}`,
    field.sinceEpoch === undefined
      ? ""
      : `not if you said yes to an edition of this list before edition ${field.sinceEpoch}`,
    field.part === undefined
      ? field.optional && field.sinceEpoch === undefined
        ? "may be absent"
        : ""
      : say`only where the part ${code(field.part)} is on`,
    sourceOf(field),
    shown || field.type.fields !== undefined ? "" : say`for example ${value(field.example)}`,
  ];
  return clauses
    .filter((clause) => clause !== "")
    .flatMap((clause, index) => (index === 0 ? [clause] : ["; ", clause]));
}

/** A type in words, with its closed set where it has one. */
export function describe(type: FrozenType): Inline {
  if (type.nullable === true) return say`${describeValue(type)}, or ${code("null")}`;
  return describeValue(type);
}

function describeValue(type: FrozenType): Inline {
  const { of, input, rule, keys, cases, by = "" } = type;
  if (cases !== undefined)
    return cases.flatMap((one, index): readonly Inline[] => [
      ...(index === 0 ? [] : ["; "]),
      one.except === true
        ? say`where it is anything else: ${describe(one.type)}`
        : say`where ${index === 0 ? code(by) : "it"} is ${enumerate(one.values.map(value), "or")}: ${describe(one.type)}`,
    ]);
  if (input?.kind === "hashed" && type.identifier === undefined) return hashInWords(input);
  if (type.identifier !== undefined) return say`${code(type.identifier)}, ${seeIdentifiers}`;
  if (keys !== undefined && of !== undefined)
    return say`${rule.slice(0, rule.indexOf(";"))}; each key ${describe(keys)}, each value ${describe(of)}`;
  if (of !== undefined && rule.endsWith(of.rule)) return [rule.slice(0, -of.rule.length), describe(of)];
  if (input?.kind === "bucket") return say`${rule} ${ranges(input)}; the exact number stays with you`;
  if (input?.kind === "otherwise")
    return say`${rule} ${values(type.values ?? [])}; anything else is sent as ${value(input.otherwise)}`;
  if (input?.kind === "replaced")
    return say`${rule}: ${code(type.schema.pattern ?? "")}; anything else is sent as ${value(input.otherwise)}`;
  if (input?.kind === "cut") return say`${rule}; what is longer is cut`;
  if (type.kind === "bool") return values([true, false], "or");
  if (type.values !== undefined) return say`${rule} ${values(type.values)}`;
  const { pattern, maxLength } = type.schema;
  return type.kind === "string" && pattern !== undefined && maxLength !== undefined
    ? say`up to ${String(maxLength)} characters like ${code(pattern)}`
    : rule;
}

const seeIdentifiers = say`see ${link("#identifiers", "Identifiers")}`;

type Hash = Extract<FrozenType["input"], { readonly kind: "hashed" }>;

/** Returns what is hashed, how much of it is left, and whether somebody who guesses it can be sure. */
export function hashInWords({ what, keep, salt, clear }: Hash): Inline {
  const keptText =
    keep === "uuid" ? "128 bits" : /hex$/.test(keep) ? `${keep.replace(" hex", "")} hexadecimal digits` : keep;
  const secret: Record<Hash["salt"]["kind"], Inline> = {
    none: "without a salt: anybody who guesses it can confirm the guess",
    machine: "with a secret in front of it that never leaves the machine",
    identifier: say`with ${code(salt.kind === "identifier" ? salt.identifier : "")} in front of it`,
  };
  const open: Inline = clear === undefined ? "" : say`; sent unhashed: ${describe(clear)}`;
  return say`the SHA-256 of ${prose(what)}, ${secret[salt.kind]}; only ${keptText} of it are kept${open}`;
}

type Ranges = Extract<FrozenType["input"], { readonly kind: "bucket" }>;

function ranges({ labels, edges, compare }: Ranges): Inline {
  const edge = (at: number) =>
    edges[at] === undefined ? "the rest" : `${{ below: "below", "up-to": "up to" }[compare]} ${edges[at]}`;
  return enumerate(labels.map((label, index) => say`${value(label)} (${edge(index)})`));
}

function reason({ type, why, note, legacy, droppedAtEdge, renamedFrom, ...owned }: FrozenField): Inline {
  const parts: readonly Inline[] = [
    prose(why),
    note === undefined ? "" : prose(note),
    ...ownedSentences(owned),
    ...justificationsOf(type).map((one) => say`${BECAUSE[one.for]} ${prose(one.text)}`),
    renamedFrom === undefined ? "" : say`Was called ${code(renamedFrom)}.`,
    legacy ? "No longer sent; still accepted from older versions." : "",
    droppedAtEdge === true ? "Removed on arrival: it is neither stored nor passed on." : "",
  ];
  return parts.filter((part) => part !== "").flatMap((part, index) => (index === 0 ? [part] : [" ", part]));
}

const BECAUSE: Readonly<Record<Justification["for"], string>> = {
  many: "So many because:",
  open: "Open text because:",
  hash: "No identifier because:",
};

function sourceOf({ from }: FrozenField): Inline {
  switch (from.kind) {
    case "env": {
      const { env, is } = from;
      if (is === undefined) return say`what the environment variable ${code(env)} holds`;
      return say`whether the environment variable ${code(env)} is ${is.kind === "present" ? "set" : matching(is, true)}`;
    }
    case "identifier":
    case "each-event":
      return "";
    default:
      return SOURCES[from.kind].page;
  }
}
