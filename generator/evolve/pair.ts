import type { FrozenContract, FrozenEvent, FrozenField, FrozenMetric } from "../model/frozen.js";
import { sameContent } from "./content.js";

/** Two versions of a contract, with what belongs together already found. */
export interface Pair {
  readonly before: FrozenContract;
  readonly after: FrozenContract;
  /** Events and metrics, by their newer name, without those that are the same to the letter. */
  readonly events: readonly EventPair[];
  /** Every field on both sides of these, and of what goes with all; not those of an event that is new or gone as a whole. */
  readonly fields: readonly FieldPair[];
}

export interface EventPair {
  readonly before?: FrozenEvent | FrozenMetric;
  readonly after?: FrozenEvent | FrozenMetric;
  /** It says that it was called so before, and its own name was another one's: `before` is that one. */
  readonly was?: string;
}

export interface FieldPair {
  /** The event or metric that it belongs to; absent: sent with all of them. */
  readonly event?: string;
  /** Its owner, for people: `"index"`, `every event`, `the address`. */
  readonly owner: string;
  /** `project_shape.models` for a field of an object. */
  readonly name: string;
  /** The nearest node of the newer contract, for a field that it no longer has. */
  readonly near: object;
  readonly before?: FrozenField;
  readonly after?: FrozenField;
  /** As of an event. */
  readonly was?: string;
}

type PairOwner = Pick<FieldPair, "event" | "owner" | "near"> & { readonly prefix?: string };

export function pairUp(before: FrozenContract, after: FrozenContract): Pair {
  const all = [...pairByName(before.events, after.events), ...pairByName(before.metrics, after.metrics)];
  // A part may be decided otherwise, and that concerns what belongs to it.
  const parts = [before, after].some(({ consent }) => consent.parts !== undefined);
  const events = parts ? all : all.filter((pair) => !sameContent(pair.before, pair.after));
  const perEvent = events.flatMap((pair) => {
    if (pair.before === undefined || pair.after === undefined) return [];
    const place: PairOwner = { event: pair.after.wireName, owner: `"${pair.after.wireName}"`, near: pair.after };
    return pairFields(fieldsOf(pair.before), fieldsOf(pair.after), place);
  });
  const every = after.metrics.length > 0 ? "every metric" : "every event";
  return {
    before,
    after,
    events,
    fields: [
      ...pairFields(before.common, after.common, { owner: every, near: after }),
      ...pairFields(before.destination.urlFields, after.destination.urlFields, {
        owner: "the address of every request",
        near: after.destination,
      }),
      ...perEvent,
    ],
  };
}

/** A metric's value is as much a field as its labels are, under a name that no label can have. */
function fieldsOf(event: FrozenEvent | FrozenMetric): readonly FrozenField[] {
  if (!("labels" in event)) return event.fields;
  const { type, example } = event.value;
  const value: FrozenField = {
    wireName: "the value",
    codeName: "value",
    type,
    why: "",
    example,
    optional: false,
    nullable: false,
    legacy: false,
    onlyWhen: [],
    from: { kind: "call" },
  };
  return [...event.labels, value];
}

interface Named {
  readonly wireName: string;
  readonly renamedFrom?: string;
}

/** Same name first; then what declares that it had another name, which must be free by now. */
function pairByName<Item extends Named>(
  before: readonly Item[],
  after: readonly Item[],
): readonly { before?: Item; after?: Item; was?: string }[] {
  const now = new Map(after.map((item) => [item.wireName, item]));
  const all = new Map(before.map((item) => [item.wireName, item]));
  const olds = new Map(all);
  /** What it was called before, where its name was another one's, and that other one went on elsewhere or away. */
  const was = ({ wireName, renamedFrom }: Item): { was?: string } => {
    if (renamedFrom === undefined || renamedFrom === wireName || !all.has(renamedFrom)) return {};
    const isNew = renamedFrom !== all.get(wireName)?.renamedFrom;
    const moved = !now.has(renamedFrom) || now.get(renamedFrom)?.renamedFrom !== undefined;
    return isNew && moved ? { was: renamedFrom } : {};
  };
  const pairs = after.map((item) => {
    const former =
      item.renamedFrom !== undefined && !now.has(item.renamedFrom) ? olds.get(item.renamedFrom) : undefined;
    const old = olds.get(item.wireName) ?? former;
    if (old !== undefined) olds.delete(old.wireName);
    if (old === undefined) return { after: item };
    return { before: old, after: item, ...(old.wireName === item.wireName ? was(item) : {}) };
  });
  return [...pairs, ...[...olds.values()].map((item) => ({ before: item }))];
}

function pairFields(
  before: readonly FrozenField[],
  after: readonly FrozenField[],
  place: PairOwner,
): readonly FieldPair[] {
  return pairByName(before, after).flatMap((pair) => {
    const name = `${place.prefix ?? ""}${(pair.after ?? pair.before)?.wireName}`;
    const { prefix: _prefix, ...where } = place;
    const own: FieldPair = { ...where, name, near: pair.after ?? place.near, ...pair };
    const [was, is] = [partsOf(pair.before), partsOf(pair.after)];
    if (was === undefined || is === undefined || pair.before?.type.kind !== pair.after?.type.kind) return [own];
    return [own, ...pairFields(was, is, { ...place, near: pair.after ?? place.near, prefix: `${name}.` })];
  });
}

/** The fields of an object, or of the objects in a list, however many lists stand around them; of what a sibling decides, each case. */
function partsOf(field: FrozenField | undefined): readonly FrozenField[] | undefined {
  let type = field?.type;
  while (type?.of !== undefined) type = type.of;
  return field === undefined ? undefined : (type?.fields ?? casesOf(field));
}

/** Each value of the sibling by itself: which of them share a case is no matter. */
function casesOf(field: FrozenField): readonly FrozenField[] | undefined {
  const { by = "", cases } = field.type;
  return cases?.flatMap(({ values, except, type }) =>
    (except === true ? ["anything else"] : values).map((value) => ({
      ...field,
      wireName: `${by} is ${except === true ? String(value) : JSON.stringify(value)}`,
      type,
      onlyWhen: [],
    })),
  );
}
