import { lookAlike } from "../../emit/look-alikes.js";
import type { FrozenField } from "../../model/frozen.js";
import type { JsonValue } from "../../model/json-schema.js";
import { contains, same } from "./contains.js";
import { textBeyond } from "./text-forms.js";

export type FrozenType = FrozenField["type"];

/** The meaning of a changed type: the class, and half a sentence: `may also be "wasm"`. */
export interface TypeChange {
  readonly id:
    | "value-added"
    | "value-removed"
    | "value-renamed"
    | "type-widened"
    | "precision-raised"
    | "precision-lowered"
    | "buckets-shifted"
    | "free-text"
    | "meaning-changed"
    | "rendering-changed";
  readonly says: string;
}

/** Every way in which one type differs from another of its kind. `types` knows what it is made of. */
export type Comparison = (before: FrozenType, after: FrozenType, types: AllTypes) => readonly TypeChange[];

/** The registry's knowledge of all types, for one that is made of others. */
export interface AllTypes {
  readonly compare: (before: FrozenType, after: FrozenType) => readonly TypeChange[];
  readonly isClosed: (type: FrozenType) => boolean;
}

export function change(id: TypeChange["id"], says: string): readonly TypeChange[] {
  return [{ id, says }];
}

/** By what each lets through, and what the client makes of what doesn't belong. What can't be decided counts as wider. */
export const bySets: Comparison = (before, after, types) => [
  ...compareSets(before, after, types),
  ...compareInput(before, after),
];

export const compareSets: Comparison = (before, after, { isClosed }) => {
  if (same(before.schema, after.schema)) return [];
  if (before.kind === after.kind && before.values !== undefined && after.values !== undefined)
    return compareValues(before.values, after.values);
  const narrower = contains(before.schema, after.schema);
  const wider = contains(after.schema, before.schema);
  const now = `is now ${inWords(after, before)}, and was ${inWords(before, after)}`;
  if (narrower && wider) return change("rendering-changed", now);
  if (narrower) return change("precision-lowered", now);
  if (isClosed(before) && !isClosed(after) && after.justification === undefined)
    return change("free-text", `was ${typeInWords(before)} and would become ${after.rule}, without a justification`);
  const more = change("type-widened", now + forExample(before, after));
  return !wider && isClosed(before) && isClosed(after) ? [...more, ...change("precision-lowered", now)] : more;
};

/** Two forms of text that are as long are told apart by their patterns. */
function inWords(type: FrozenType, other: FrozenType): string {
  const words = typeInWords(type);
  return words === typeInWords(other) && type.schema.pattern !== undefined ? `${words}, ${type.schema.pattern}` : words;
}

/** One text that is new, where both are texts of some form. */
function forExample({ schema: before }: FrozenType, { schema: after }: FrozenType): string {
  const beyond = before.type === "string" && after.type === "string" ? textBeyond(before, after) : undefined;
  if (beyond === undefined) return "";
  return beyond === "undecided" ? "; what is new can't be told" : `; new is, for one, ${quoted([beyond.text])}`;
}

function compareValues(before: readonly JsonValue[], after: readonly JsonValue[]): readonly TypeChange[] {
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  return [
    ...(added.length > 0 ? change("value-added", `may also be ${quoted(added)}${alike(added, before)}`) : []),
    ...(removed.length > 0 ? change("value-removed", `is never ${quoted(removed)} any more`) : []),
    ...(added.length + removed.length === 0 ? change("rendering-changed", "has its values in another order") : []),
  ];
}

function alike(added: readonly JsonValue[], before: readonly JsonValue[]): string {
  const texts = before.filter((one) => typeof one === "string");
  const taken = added.flatMap((value) => (typeof value === "string" ? (lookAlike(value, texts) ?? []) : []));
  return taken.length === 0 ? "" : `, which looks like ${quoted(taken)}`;
}

/** Returns what the client makes of values that are not in the set: before, it did not send them. */
function compareInput(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const [short, shorter] = [before.input?.kind === "cut", after.input?.kind === "cut"];
  if (short !== shorter)
    return shorter
      ? change("type-widened", "is cut where it is longer, and was not reported then before")
      : change("precision-lowered", "is no longer sent where it would have to be cut");
  const [was, is] = [otherwiseOf(before), otherwiseOf(after)];
  if (was === is) return [];
  if (is === undefined) return change("precision-lowered", `is no longer sent as "${was}" for anything else`);
  if (was === undefined)
    return change("type-widened", `is sent as "${is}" for anything else, which was not reported before`);
  return change("meaning-changed", `would say "${is}" for anything else, and said "${was}"`);
}

function otherwiseOf({ input }: FrozenType): string | undefined {
  return input?.kind === "otherwise" || input?.kind === "replaced" ? input.otherwise : undefined;
}

/** Returns what may travel, short enough for a line of a table: `one of "native", "wasm"`. */
export function typeInWords({ kind, values, rule, input, of }: FrozenType): string {
  if (kind === "list" && of !== undefined) return `${rule.split(", each")[0]}, each ${typeInWords(of)}`;
  if (kind === "bucket" && input?.kind === "bucket") return `a range of ${input.unit}: ${values?.join(", ")}`;
  if (input?.kind === "replaced") return `${rule}, anything else becomes "${input.otherwise}"`;
  if (input?.kind === "cut") return `${rule}, cut where it is longer`;
  if (kind === "bool" || values === undefined) return rule;
  if (values.length === 1) return `always ${JSON.stringify(values[0])}`;
  const otherwise = input?.kind === "otherwise" ? `, anything else becomes "${input.otherwise}"` : "";
  if (values.length > 8) return `one of ${values.length} values${otherwise}`;
  return `one of ${values.map((value) => JSON.stringify(value)).join(", ")}${otherwise}`;
}

export function quoted(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}
