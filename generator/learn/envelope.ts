import type { JsonValue } from "../model/json-schema.js";
import { isRecord, type Sample } from "./sample.js";
import { addValue, emptyShape, entryOf, type Shape } from "./shape.js";

/** Payloads of one outer form, taken apart. */
export interface Envelope {
  readonly form: Sample["form"];
  /** The picture of the body, and of each event where a body holds several: keys in the order in which they came. */
  readonly body: Picture;
  readonly each?: Picture;
  /** Fields that come once in a body, beside its events; or with every event, where the events are of several kinds. */
  readonly common: Shape;
  readonly commonTimes: number;
  /** Event name → its fields, and how often it came. */
  readonly events: ReadonlyMap<string, { readonly fields: Shape; readonly times: number }>;
}

/** A picture as it stands in a contract: texts that begin with `$` are placeholders, a key without a value is spread. */
export type Picture = string | null | { readonly [key: string]: Picture };

type JsonObject = { readonly [key: string]: JsonValue };

const listNames = /^(events|batch|metrics|data|records|messages|items|logs|reports)$/i;
const surelyNames = ["event", "eventName", "event_name", "MetricName"];
const maybeNames = ["name", "type", "metric", "action"];
const containers = [
  "properties",
  "props",
  "fields",
  "payload",
  "attributes",
  "dimensions",
  "params",
  "parameters",
  "labels",
];
const timeNames =
  /^(ts|time|timestamp|date|created_?at|occurred_?at|original_?timestamp|epoch_?time(stamp)?|event_?time)$/i;
const sentNames = /^(sent_?at|upload_?time)$/i;
/** Segment's word for what kind of message it is. */
const messageKinds = /^(track|page|screen|identify|group|alias)$/;

/** Takes samples apart that have one outer form; the first says which. */
export function takeApart(samples: readonly Sample[]): Envelope {
  const form = samples[0]?.form ?? "json";
  const payloads = samples.map(({ payload }) => payload);
  const list = listIn(payloads);
  const items = list === undefined ? payloads.filter(isRecord) : payloads.flatMap((one) => itemsOf(one, list.key));
  const inner = innerOf(items, list !== undefined);
  const events = new Map<string, { fields: Shape; times: number }>();
  const fieldsOf = (item: JsonObject): JsonObject => inner.fields(item);
  for (const item of items) {
    const name = inner.name(item);
    const known = events.get(name) ?? { fields: emptyShape(), times: 0 };
    known.times++;
    addValue(known.fields, name, fieldsOf(item));
    events.set(name, known);
  }

  const common = emptyShape();
  const outer = list === undefined ? [] : payloads.filter(isRecord).map((one) => without(one, list.key));
  const sent = Object.keys(outer[0] ?? {}).filter((key) => sentNames.test(key));
  for (const one of outer) addValue(common, "", without(one, ...sent));
  const lifts = outer.every((one) => Object.keys(one).length === 0) && events.size > 1;
  if (lifts) lift(events, common, items.length);
  const hasCommon = common.object.entries.size > 0;
  const event = inner.picture(lifts && hasCommon);
  if (list === undefined) return { form, body: event, common, commonTimes: items.length, events };
  const times = Object.fromEntries(sent.map((key) => [key, timePlace("$sent", outer[0]?.[key] ?? null)]));
  const body: Picture =
    list.key === undefined
      ? "$each"
      : { ...(hasCommon && !lifts ? { $common: null } : {}), ...times, [list.key]: "$each" };
  return { form, body, each: event, common, commonTimes: lifts ? items.length : outer.length, events };
}

/** The list of events that a body holds: under a key, or the whole body. */
function listIn(payloads: readonly JsonValue[]): { readonly key: string | undefined } | undefined {
  const [first] = payloads;
  if (Array.isArray(first)) return { key: undefined };
  if (!isRecord(first)) return undefined;
  const key = Object.keys(first).find((name) => {
    const items = payloads.flatMap((one) => itemsOf(one, name));
    if (items.length === 0) return false;
    const surely = surelyNames.some((one) => items.every((item) => typeof item[one] === "string"));
    const maybe = maybeNames.some((one) => items.every((item) => typeof item[one] === "string"));
    return surely || (listNames.test(name) && (maybe || items.every(isNamedByKey)));
  });
  return key === undefined ? undefined : { key };
}

function itemsOf(payload: JsonValue, key: string | undefined): readonly JsonObject[] {
  const list = key === undefined ? payload : isRecord(payload) ? payload[key] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** `{ commandRun: { … } }`: the name is the only key. */
function isNamedByKey(item: JsonObject): boolean {
  const values = Object.values(item);
  return values.length === 1 && isRecord(values[0]);
}

interface Inner {
  readonly name: (item: JsonObject) => string;
  readonly fields: (item: JsonObject) => JsonObject;
  readonly picture: (withCommon: boolean) => Picture;
}

/** Returns how the name, the time and the fields stand in one event. */
function innerOf(items: readonly JsonObject[], inList: boolean): Inner {
  const spread = (withCommon: boolean) => ({ ...(withCommon ? { $common: null } : {}), $fields: null });
  if (inList && items.length > 0 && items.every(isNamedByKey))
    return {
      name: (item) => Object.keys(item)[0] ?? "",
      fields: (item) => (Object.values(item)[0] ?? {}) as JsonObject,
      picture: (withCommon) => ({ $event: spread(withCommon) }),
    };
  const inAll = (names: readonly string[], test: (value: JsonValue | undefined) => boolean) =>
    names.find((name) => items.every((item) => test(item[name])));
  const container = inAll(containers, (value) => isRecord(value));
  const isText = (value: JsonValue | undefined) => typeof value === "string" && /^[\w$.:/ -]{1,100}$/.test(value);
  const nameKey =
    inAll(surelyNames, isText) ?? (container !== undefined || inList ? inAll(maybeNames, isText) : undefined);
  const keys = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const timeKey = keys.find(
    (key) => timeNames.test(key) && items.every((item) => timePlace("", item[key] ?? null) !== null),
  );
  const kind = keys.find(
    (key) =>
      key === "type" &&
      key !== nameKey &&
      items.every((item) => item[key] === items[0]?.[key] && messageKinds.test(String(item[key]))),
  );
  const placed = new Set([nameKey, timeKey, kind, container]);
  const beside = container === undefined ? [] : keys.filter((key) => !placed.has(key));
  return {
    name: (item) => (nameKey === undefined ? "report" : String(item[nameKey])),
    fields: (item) => {
      const rest = Object.fromEntries(Object.entries(item).filter(([key]) => !placed.has(key)));
      return container === undefined ? rest : { ...rest, ...(item[container] as JsonObject) };
    },
    picture: (withCommon) => {
      const parts: Record<string, Picture> = {};
      for (const key of keys) {
        if (key === nameKey) parts[key] = "$event";
        else if (key === timeKey) parts[key] = timePlace("$time", items[0]?.[key] ?? null);
        else if (key === kind) parts[key] = String(items[0]?.[key]);
        else if (key === container) parts[key] = spread(withCommon);
        else if (beside.includes(key)) parts[key] = `$fields.${key}`;
      }
      return container === undefined ? { ...parts, ...spread(withCommon) } : parts;
    },
  };
}

/** The placeholder for a time of this form; null: it is none. */
function timePlace(place: string, value: JsonValue): string | null {
  if (typeof value === "string") return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? place : null;
  if (typeof value !== "number" || !Number.isInteger(value)) return null;
  if (value > 1e12 && value < 1e13) return `${place}.unix-ms`;
  return value > 1e9 && value < 1e10 ? `${place}.unix-s` : null;
}

/** Lifts the fields that every event has, whatever its name, so that they are said once. */
function lift(events: Map<string, { fields: Shape; times: number }>, common: Shape, count: number): void {
  const [first, ...others] = [...events.values()];
  if (first === undefined) return;
  for (const key of [...first.fields.object.entries.keys()]) {
    const all = [first, ...others].map(({ fields }) => fields.object.entries.get(key));
    if (all.some((one) => one === undefined) || new Set(all.map(kindOf)).size > 1) continue;
    const target = entryOf(common, key);
    for (const one of all) if (one !== undefined) merge(target, one);
    for (const { fields } of events.values()) fields.object.entries.delete(key);
  }
  common.seen = common.object.count = count;
}

function kindOf(shape: Shape | undefined): string {
  if (shape === undefined) return "";
  return [shape.bools, shape.numbers.count, shape.texts.count, shape.list.count, shape.object.count]
    .map(Number)
    .map((count) => (count > 0 ? 1 : 0))
    .join("");
}

function merge(into: Shape, from: Shape): void {
  into.seen += from.seen;
  into.nulls += from.nulls;
  into.bools += from.bools;
  into.numbers = {
    count: into.numbers.count + from.numbers.count,
    min: Math.min(into.numbers.min, from.numbers.min),
    max: Math.max(into.numbers.max, from.numbers.max),
    decimals: Math.max(into.numbers.decimals, from.numbers.decimals),
  };
  into.texts.count += from.texts.count;
  into.texts.longest = Math.max(into.texts.longest, from.texts.longest);
  into.texts.many ||= from.texts.many;
  for (const value of from.texts.values) into.texts.values.add(value);
  for (const [kind, { what, times }] of from.texts.suspicions)
    into.texts.suspicions.set(kind, { what, times: times + (into.texts.suspicions.get(kind)?.times ?? 0) });
  into.list.count += from.list.count;
  into.list.most = Math.max(into.list.most, from.list.most);
  into.list.items ??= from.list.items && emptyShape();
  if (into.list.items !== undefined && from.list.items !== undefined) merge(into.list.items, from.list.items);
  into.object.count += from.object.count;
  for (const [key, one] of from.object.entries) merge(entryOf(into, key), one);
}

function without(record: JsonObject, ...keys: readonly (string | undefined)[]): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** A text that two samples share if they have one outer form. */
export function outerForm({ form, payload, target = "" }: Sample): string {
  if (Array.isArray(payload))
    return `${form} ${target} [${isRecord(payload[0]) ? Object.keys(payload[0]).filter(isMark).join() : ""}]`;
  return `${form} ${target} ${isRecord(payload) ? Object.keys(payload).filter(isMark).sort().join() : typeof payload}`;
}

/** Keys by which envelopes are told apart; all others may be there or not. */
function isMark(key: string): boolean {
  return listNames.test(key) || surelyNames.includes(key) || containers.includes(key);
}
