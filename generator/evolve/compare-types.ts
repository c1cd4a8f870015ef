import { textBeyond } from "../language/types/text-forms.js";
import type { FrozenField } from "../model/frozen.js";
import type { JsonSchema, JsonValue } from "../model/json-schema.js";
import { contains, isClosed, same } from "./contains.js";
import { lookAlike } from "./look-alikes.js";
import { quoted, typeInWords } from "./words.js";

type FrozenType = FrozenField["type"];

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

const change = (id: TypeChange["id"], says: string): readonly TypeChange[] => [{ id, says }];

/** Every way in which one type differs from another. What can't be decided counts as wider. The fields of an object are compared one by one elsewhere. */
export function compareTypes(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const changes = changesOf(before, after);
  const reworded = changes.length === 0 && before.rule !== after.rule && same(before.schema, after.schema);
  return reworded
    ? change("rendering-changed", `is described as "${after.rule}", and was as "${before.rule}"`)
    : changes;
}

function changesOf(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  if ((before.nullable ?? false) !== (after.nullable ?? false))
    return after.nullable === true
      ? change("type-widened", "may also be null")
      : change("precision-lowered", "may no longer be null");
  if (before.input?.kind === "hashed" || after.input?.kind === "hashed") return compareHashes(before, after);
  if (before.identifier !== after.identifier) {
    return change(
      "meaning-changed",
      `was ${before.identifier ?? typeInWords(before)} and would become ${after.identifier ?? typeInWords(after)}`,
    );
  }
  if (before.kind === "bucket" && after.kind === "bucket") return compareBuckets(before, after);
  if (before.kind === "list" && after.kind === "list") return compareLists(before, after);
  if (before.kind === "int" && after.kind === "int" && (before.unit ?? "") !== (after.unit ?? ""))
    return change("meaning-changed", `counted ${before.unit ?? "no unit"} and would count ${after.unit ?? "none"}`);
  if (before.kind === "map" && after.kind === "map") return compareMaps(before, after);
  if (before.kind === "number" && after.kind === "number") return compareNumbers(before, after);
  if (before.kind === "object" && after.kind === "object") return [];
  if (before.kind === "one_of" && after.kind === "one_of")
    return before.by === after.by
      ? []
      : change("meaning-changed", `hung on "${before.by}" and would hang on "${after.by}"`);
  if (before.kind === "int" && after.kind === "bucket") return intoRanges(before, after);
  if (before.kind === "bucket" && after.kind === "int")
    return change("type-widened", `is now the number itself, and no longer ${typeInWords(before)}`);
  if (
    before.values !== undefined &&
    after.values !== undefined &&
    (before.kind === "bucket") !== (after.kind === "bucket")
  )
    return change(
      "type-widened",
      `is now ${typeInWords(after)}, and was ${typeInWords(before)}; a label that both have may mean something else`,
    );
  return [...compareSets(before, after), ...compareInput(before, after)];
}

/** A range in which no number lay that could be sent is something new to tell. */
function intoRanges(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const { minimum = 0, maximum = 0 } = before.schema;
  const edges = after.input?.kind === "bucket" ? after.input.edges : [];
  const beyond = maximum < (edges.at(-1) ?? 0) || minimum >= (edges[0] ?? Number.POSITIVE_INFINITY);
  const lowered = change("precision-lowered", `is now ${typeInWords(after)}, and no longer the number itself`);
  return beyond
    ? [
        ...change(
          "type-widened",
          `also tells of numbers that were not sent: ${typeInWords(after)}; it was ${typeInWords(before)}`,
        ),
        ...lowered,
      ]
    : lowered;
}

function compareSets(before: FrozenType, after: FrozenType): readonly TypeChange[] {
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
  const more = change(
    before.kind === "timestamp" && after.kind === "timestamp" ? "precision-raised" : "type-widened",
    now + forExample(before, after),
  );
  return !wider && isClosed(before) && isClosed(after) ? [...more, ...change("precision-lowered", now)] : more;
}

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

/** Returns what is hashed, with what in front of it, and how much of it is kept. */
function compareHashes(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const [was, is] = [before.input, after.input];
  if (is?.kind !== "hashed") return change("type-widened", `is now ${typeInWords(after)}, and was ${before.rule}`);
  if (was?.kind !== "hashed")
    return change("meaning-changed", `was ${typeInWords(before)} and would become ${after.rule}`);
  if (was.what !== is.what) return change("meaning-changed", `was ${before.rule} and would become ${after.rule}`);
  const spoken = ({ salt }: typeof was) => (salt.kind === "identifier" ? salt.identifier : salt.kind);
  const salt =
    spoken(was) === spoken(is)
      ? []
      : change(
          is.salt.kind === "none" ? "precision-raised" : "meaning-changed",
          `is salted with ${spoken(is)}, and was with ${spoken(was)}`,
        );
  const form = same(before.schema, after.schema)
    ? []
    : change(
        contains(before.schema, after.schema) ? "precision-lowered" : "type-widened",
        `keeps ${is.keep}, and kept ${was.keep}`,
      );
  return [...salt, ...form];
}

function otherwiseOf({ input }: FrozenType): string | undefined {
  return input?.kind === "otherwise" || input?.kind === "replaced" ? input.otherwise : undefined;
}

function compareBuckets(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const [was, is] = [before.input, after.input];
  if (was?.kind !== "bucket" || is?.kind !== "bucket") return [];
  if (was.unit !== is.unit) return change("meaning-changed", `counted ${was.unit} and would count ${is.unit}`);
  const [kept, all] = [
    is.edges.every((edge) => was.edges.includes(edge)),
    was.edges.every((edge) => is.edges.includes(edge)),
  ];
  const now = `tells ${is.labels.join(", ")}; it told ${was.labels.join(", ")}`;
  if (was.compare !== is.compare || (!kept && !all)) return change("buckets-shifted", now);
  if (kept && all) {
    if (same(was.labels, is.labels)) return [];
    // A label that goes on to stand for another range: what is stored and what comes could not be told apart.
    const moved = is.labels.some((label, index) => was.labels[index] !== label && was.labels.includes(label));
    return change(moved ? "meaning-changed" : "value-renamed", now);
  }
  return change(kept ? "precision-lowered" : "precision-raised", now);
}

/** Keys and values each by themselves, and how many there may be. */
function compareMaps(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  if (before.keys === undefined || after.keys === undefined || before.of === undefined || after.of === undefined)
    return [];
  const keys = compareTypes(before.keys, after.keys).map(({ id, says }) => ({
    id,
    says: `has keys, each of which ${says}`,
  }));
  const values = compareTypes(before.of, after.of).map(({ id, says }) => ({
    id,
    says: `has values, each of which ${says}`,
  }));
  const [was, is] = [before.schema.maxProperties ?? 0, after.schema.maxProperties ?? 0];
  const most =
    was === is
      ? []
      : change(is > was ? "type-widened" : "precision-lowered", `may have ${is} entries, and had at most ${was}`);
  return [...keys, ...values, ...most];
}

/** The range, the decimals, and what is counted. */
function compareNumbers(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  if ((before.unit ?? "") !== (after.unit ?? ""))
    return change("meaning-changed", `was in ${before.unit ?? "no unit"} and would be in ${after.unit ?? "none"}`);
  const range = compareSets(
    { ...before, schema: { ...before.schema, multipleOf: 1 } },
    { ...after, schema: { ...after.schema, multipleOf: 1 } },
  );
  const [was, is] = [before, after].map(({ input }) => (input?.kind === "rounded" ? input.decimals : 0)) as [
    number,
    number,
  ];
  const decimals =
    was === is
      ? []
      : change(is > was ? "precision-raised" : "precision-lowered", `is rounded to ${is} decimals, and was to ${was}`);
  return [...range, ...decimals];
}

function compareLists(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const items = before.of === undefined || after.of === undefined ? [] : compareTypes(before.of, after.of);
  const limit = ({ maxItems = 0 }: JsonSchema) => maxItems;
  const [was, is] = [limit(before.schema), limit(after.schema)];
  const length =
    was === is
      ? []
      : change(is > was ? "type-widened" : "precision-lowered", `may have ${is} items, and had at most ${was}`);
  return [...items.map(({ id, says }) => ({ id, says: `holds items, each of which ${says}` })), ...length];
}
