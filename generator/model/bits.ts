import type { FrozenContract, FrozenField, FrozenMetric } from "./frozen.js";
import type { Type } from "./model.js";

/** How much something can tell at most, in bits: the logarithm of how many different things it can say. */
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

/** What one event can carry, with what is sent beside every event. */
export function eventBits(common: Fields, event: { readonly fields: Fields }): Bits {
  return fieldBits([...common, ...event.fields]);
}

/** What one sample can carry: its labels and its value. */
export function metricBits(metric: Pick<FrozenMetric, "labels" | "value">): Bits {
  const labels = fieldBits(metric.labels);
  const bits = typeBits(metric.value.type);
  return bits === 0
    ? labels
    : { ...labels, closed: labels.closed + bits, parts: byBits([...labels.parts, { wireName: "value", bits }]) };
}

/** What all reports of one machine have in common: the fields that the client fills in by itself, whatever is reported. */
export function machineBits(contract: Pick<FrozenContract, "common" | "events">): Bits {
  const all = [contract.common, ...contract.events.map(({ fields }) => fields)].flat();
  const same = new Map(all.filter(({ from }) => from.kind !== "call").map((field) => [field.wireName, field]));
  return fieldBits([...same.values()]);
}

function fieldBits(fields: Fields): Bits {
  const sent = fields.filter(({ legacy }) => !legacy);
  const named = (keep: (field: FrozenField) => boolean) => sent.filter(keep).map(({ wireName }) => wireName);
  const parts = sent
    .map((field) => ({ wireName: field.wireName, bits: bitsOf(field) }))
    .filter(({ bits }) => bits > 0 && Number.isFinite(bits));
  return {
    closed: parts.reduce((sum, { bits }) => sum + bits, 0),
    parts: byBits(parts),
    open: named((field) => bitsOf(field) === Number.POSITIVE_INFINITY),
    identifiers: named(({ type }) => holdsIdentifier(type)),
  };
}

/** Being absent or null is one more thing to say. */
function bitsOf(field: FrozenField): number {
  const bits = typeBits(field.type);
  const more = Number(field.nullable) + Number(field.optional);
  return more === 0 || holdsIdentifier(field.type) ? bits : bits > 52 ? bits : Math.log2(2 ** bits + more);
}

/** Worked out along the type rather than from its number of alternatives, which passes the largest number in a long list. */
function typeBits(type: FrozenType): number {
  if (type.fields !== undefined) return type.fields.reduce((sum, field) => sum + bitsOf(field), 0);
  if (type.of !== undefined) return listBits(typeBits(type.of), type.schema.maxItems ?? Number.POSITIVE_INFINITY);
  return Math.log2(type.alternatives);
}

/** Lists of up to `length` items, the order counted: 1 + n + n² + … of them. */
function listBits(item: number, length: number): number {
  if (item === 0) return Math.log2(length + 1);
  if (!Number.isFinite(item)) return item;
  const ratio = 2 ** -item;
  return length * item + Math.log2((1 - ratio ** (length + 1)) / (1 - ratio));
}

function holdsIdentifier(type: FrozenType): boolean {
  if (type.identifier !== undefined) return true;
  return (
    (type.of !== undefined && holdsIdentifier(type.of)) ||
    (type.fields?.some((field) => holdsIdentifier(field.type)) ?? false)
  );
}

function byBits(parts: Bits["parts"]): Bits["parts"] {
  return [...parts].sort((a, b) => b.bits - a.bits || (a.wireName < b.wireName ? -1 : 1));
}
