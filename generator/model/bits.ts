import type { FrozenContract, FrozenField, FrozenMetric } from "./frozen.js";
import type { Type } from "./model.js";

/** The most that something can tell, in bits: the logarithm of how many different things it can say. */
export interface Bits {
  /** Closed sets, ranges and whole numbers together: an upper bound, reached only if every combination occurs. */
  readonly closed: number;
  /** The fields that make up `closed`, most first; those that carry nothing are left out. */
  readonly parts: readonly { readonly wireName: string; readonly bits: number }[];
  /** Fields of a fixed form that no list closes, such as version numbers: they have no such bound. */
  readonly open: readonly string[];
  /** Identifiers tell one apart from another by design, so they are named and not counted. */
  readonly identifiers: readonly string[];
}

type Fields = readonly FrozenField[];
type FrozenType = FrozenField["type"] | Type;

/** Returns what one event can carry, with what is sent beside every event. */
export function eventBits(common: Fields, event: { readonly fields: Fields }): Bits {
  return fieldBits([...common, ...event.fields]);
}

/** Returns what one sample can carry: its labels and its value. */
export function metricBits(metric: Pick<FrozenMetric, "labels" | "value">): Bits {
  const labels = fieldBits(metric.labels);
  const { bits } = carriedBy(metric.value.type, "value");
  return bits === 0
    ? labels
    : { ...labels, closed: labels.closed + bits, parts: byBits([...labels.parts, { wireName: "value", bits }]) };
}

/** Returns what all reports of one machine have in common: the fields that the client fills in for every report. */
export function machineBits(contract: Pick<FrozenContract, "common" | "events">): Bits {
  const all = leavesOf([contract.common, ...contract.events.map(({ fields }) => fields)].flat());
  const unasked = all.filter(({ from }) => from.kind !== "call").map((leaf) => ({ ...leaf, top: leaf.name }));
  return bitsOf([...new Map(unasked.map((leaf) => [leaf.name, leaf])).values()]);
}

function fieldBits(fields: Fields): Bits {
  return bitsOf(leavesOf(fields));
}

/** A field that is counted as one, by the way to it: `os`, `properties.os`. */
interface Leaf extends Carried {
  readonly name: string;
  /** The field at the top that it stands in. */
  readonly top: string;
  readonly from: FrozenField["from"];
}

/** The information that values of a type can carry: bits where there is a bound, and the names of what has none. */
interface Carried {
  readonly bits: number;
  readonly open: readonly string[];
  readonly identifiers: readonly string[];
}

/** An object that is always there tells what its fields tell, no more and no less: one contract's nested and flat forms are equal. */
function leavesOf(fields: Fields, within = "", inside?: string): readonly Leaf[] {
  return fields
    .filter(({ legacy }) => !legacy)
    .flatMap((field): readonly Leaf[] => {
      const name = within + field.wireName;
      const { type, nullable, optional, from } = field;
      const more = Number(nullable) + Number(optional);
      const top = inside ?? name;
      if (type.fields !== undefined && more === 0) return leavesOf(type.fields, `${name}.`, top);
      const { bits, open, identifiers } = carriedBy(type, name);
      // Being absent or null is one more thing to say; of what is named and not counted it is a part.
      const alone = type.fields === undefined && (open.length > 0 || identifiers.length > 0);
      return [{ name, top, from, open, identifiers, bits: more === 0 || alone ? bits : oneOrMore(bits, more) }];
    });
}

function oneOrMore(bits: number, more: number): number {
  return bits > 52 ? bits : Math.log2(2 ** bits + more);
}

/** Worked out along the type rather than from its number of alternatives, which passes the largest number in a long list. */
function carriedBy(type: FrozenType, name: string): Carried {
  if (type.identifier !== undefined) return { bits: 0, open: [], identifiers: [name] };
  if (type.fields !== undefined) return sumOf(leavesOf(type.fields, `${name}.`));
  // Which case it is, the sibling has said.
  if (type.cases !== undefined) {
    const all = type.cases.map((one) => carriedBy(one.type, name));
    const { open, identifiers } = sumOf(all.map((one) => ({ ...one, name, top: name, from: { kind: "call" } })));
    return {
      bits: Math.max(...all.map(({ bits }) => bits)),
      open: [...new Set(open)],
      identifiers: [...new Set(identifiers)],
    };
  }
  if (type.keys !== undefined && type.of !== undefined) {
    const value = itemOf(type.of, type.of.fields === undefined ? name : `${name}.*`);
    // Of a closed list of keys each is there with one of its values, or isn't.
    const { alternatives } = type.keys;
    return Number.isFinite(alternatives)
      ? { ...value, bits: alternatives * oneOrMore(value.bits, 1) }
      : { ...value, bits: 0, open: [...new Set([name, ...value.open])] };
  }
  if (type.of !== undefined) {
    const item = itemOf(type.of, type.of.fields === undefined ? name : `${name}[]`);
    const counted = item.open.length + item.identifiers.length === 0 || item.bits > 0;
    return { ...item, bits: counted ? listBits(item.bits, type.schema.maxItems ?? Number.POSITIVE_INFINITY) : 0 };
  }
  const bits = Math.log2(type.alternatives);
  return Number.isFinite(bits) ? { bits, open: [], identifiers: [] } : { bits: 0, open: [name], identifiers: [] };
}

/** Being null is one more thing to say. */
function itemOf(type: FrozenType, name: string): Carried {
  const carried = carriedBy(type, name);
  return type.nullable === true && type.fields !== undefined
    ? { ...carried, bits: oneOrMore(carried.bits, 1) }
    : carried;
}

function sumOf(leaves: readonly Leaf[]): Carried {
  return {
    bits: leaves.reduce((sum, { bits }) => sum + bits, 0),
    open: leaves.flatMap(({ open }) => open),
    identifiers: leaves.flatMap(({ identifiers }) => identifiers),
  };
}

function bitsOf(leaves: readonly Leaf[]): Bits {
  const { bits, open, identifiers } = sumOf(leaves);
  const parts = new Map<string, number>();
  for (const leaf of leaves) if (leaf.bits > 0) parts.set(leaf.top, (parts.get(leaf.top) ?? 0) + leaf.bits);
  return {
    closed: bits,
    parts: byBits([...parts].map(([wireName, each]) => ({ wireName, bits: each }))),
    open,
    identifiers,
  };
}

/** Lists of up to `length` items, the order counted: 1 + n + n² + … of them. */
function listBits(item: number, length: number): number {
  if (item === 0) return Math.log2(length + 1);
  const ratio = 2 ** -item;
  return length * item + Math.log2((1 - ratio ** (length + 1)) / (1 - ratio));
}

function byBits(parts: Bits["parts"]): Bits["parts"] {
  return [...parts].sort((a, b) => b.bits - a.bits || (a.wireName < b.wireName ? -1 : 1));
}
