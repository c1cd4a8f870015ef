import { drawnValues } from "./apart.js";
import { allVariants } from "./cases.js";
import { exists } from "./conditions.js";
import { asText, type Filling, fillPicture } from "./fill-picture.js";
import type { JsonValue } from "./json-schema.js";
import type { Event, Field, Metric, Model, Picture, Type } from "./model.js";
import { apartIn, flatPart, placedByName } from "./wire.js";

/** The event time of every golden payload: noon, as a rollup's is. */
export const goldenTime = "2026-06-12T12:00:00.000Z";

/** Field name → example, for the fields that exist together: what `only_when` excludes by the examples is left out, and so are legacy fields. */
export function goldenFields(fields: readonly Field[]): Record<string, JsonValue> {
  const sent = fields.filter((field) => !field.legacy);
  const examples = new Map(sent.map((field) => [field.wireName, field.example]));
  const present = allVariants(sent).filter((field) => exists(field, (name) => examples.get(name)));
  return Object.fromEntries(present.map((field) => [field.wireName, inOrder(field.example, field.type)]));
}

/** Objects in lists are written by people in any order; what travels has that of the fields. */
function inOrder(example: JsonValue, { fields, of }: Type): JsonValue {
  if (Array.isArray(example)) return of === undefined ? example : example.map((one) => inOrder(one as JsonValue, of));
  if (fields === undefined || typeof example !== "object" || example === null) return example;
  const given = new Map(Object.entries(example as Record<string, JsonValue>));
  const known = fields.filter(({ wireName }) => given.has(wireName));
  return Object.fromEntries(known.map(({ wireName, type }) => [wireName, inOrder(given.get(wireName) ?? null, type)]));
}

/** Returns the model as one event sees it: what is sent although telemetry is off takes no identifier along, and nothing with a consent of its own. */
export function seenBy(model: Model, { evenWhenOff }: Pick<Event, "evenWhenOff">): Model {
  if (evenWhenOff === undefined) return model;
  const common = model.common.filter(
    ({ from, part, sinceEpoch }) => from.kind !== "identifier" && part === undefined && sinceEpoch === undefined,
  );
  return { ...model, common };
}

/**
 * Returns what a picture is filled with to show one event, made of the examples.
 * @param counts what a rollup counted, where that is no example. @param time when it happened.
 */
function goldenFilling(
  model: Model,
  event: Pick<Event, "wireName" | "fields">,
  counts: Readonly<Record<string, JsonValue>> = {},
  time: string = goldenTime,
): Filling {
  const { wire } = model;
  const filling = {
    event: event.wireName,
    time,
    sent: goldenTime,
    common: drawnValues(goldenFields(model.common), apartIn(wire, "common")),
    fields: drawnValues({ ...goldenFields(event.fields), ...counts }, apartIn(wire, "fields")),
    placed: placedByName(wire),
    ...("bools" in wire && wire.bools !== undefined ? { bools: wire.bools } : {}),
  };
  const each = "each" in wire && wire.each !== undefined ? fillPicture(wire.each, filling) : undefined;
  return { ...filling, ...(each === undefined ? {} : { each: [each] }) };
}

/**
 * One whole request body for one event, made of the examples: the page, the snapshots and the tests show the same one. JSON as
 * it is before it is encoded; anything else as the text that travels.
 */
export function goldenShown(
  model: Model,
  event: Event,
  counts?: Readonly<Record<string, JsonValue>>,
  time?: string,
): { readonly [key: string]: JsonValue } | string {
  const { wire } = model;
  if (wire.format === "prometheus-text") return "";
  if (wire.body === undefined && wire.each === undefined) return "";
  const filling = goldenFilling(model, event, counts, time);
  const flat = flatPart(wire);
  if (flat === undefined || (flat === "body" && wire.body?.kind !== "object")) {
    const filled = fillPicture(withoutEncoding(wire.body), filling) ?? null;
    return typeof filled === "object" ? (filled as { readonly [key: string]: JsonValue }) : String(filled);
  }
  const filled = {
    each: filling.each?.[0],
    body: fillPicture(wire.body ?? { kind: "object", entries: [] }, filling),
  }[flat];
  return typeof filled === "string" ? filled : queryText(filled ?? {}, filling);
}

/** The same where it is JSON; an empty object where it is none. */
export function goldenPayload(model: Model, event: Event): { readonly [key: string]: JsonValue } {
  const shown = goldenShown(model, event);
  return typeof shown === "string" ? {} : shown;
}

/** The same as it travels. */
export function goldenBody(model: Model, event: Event, time?: string): string {
  const { wire } = model;
  const payload = goldenShown(model, event, undefined, time);
  if (typeof payload === "string" || wire.format === "prometheus-text") return String(payload);
  const body = fillPicture(wire.body ?? { kind: "object", entries: [] }, goldenFilling(model, event, undefined, time));
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** Returns what stands in the query and in the headers of the golden request. */
export function goldenAround(
  model: Model,
  event: Event | undefined,
  counts?: Readonly<Record<string, JsonValue>>,
): { readonly query: string; readonly headers: Readonly<Record<string, string>> } {
  const { wire } = model;
  const filling = goldenFilling(model, event ?? { wireName: "", fields: [] }, counts);
  const query =
    "query" in wire && wire.query !== undefined ? queryText(fillPicture(wire.query, filling) ?? {}, filling) : "";
  const headers = wire.headers.flatMap((header): readonly (readonly [string, string])[] => {
    if (header.kind === "secret") return [];
    const filled = fillPicture(header.picture, filling);
    return filled === undefined ? [] : [[header.name, asText(filled, filling.bools)]];
  });
  return { query, headers: Object.fromEntries(headers) };
}

function queryText(values: JsonValue, { bools }: Filling): string {
  const texts = Object.entries(values as { readonly [key: string]: JsonValue });
  return new URLSearchParams(texts.map(([name, value]): [string, string] => [name, asText(value, bools)])).toString();
}

/** The body's picture without the encoding around it. */
export function withoutEncoding(picture: Picture | undefined): Picture {
  if (picture === undefined) return { kind: "object", entries: [] };
  return picture.kind === "base64" || picture.kind === "base64url" || picture.kind === "json"
    ? withoutEncoding(picture.of)
    : picture;
}

/** One sample in Prometheus' text form, made of the examples. */
export function goldenSample(metric: Metric): string {
  return sampleOf(metric, () => true);
}

/** Returns what is kept of it. */
export function storedSample(metric: Metric): string {
  return sampleOf(metric, ({ droppedAtEdge }) => !droppedAtEdge);
}

function sampleOf(metric: Metric, isKept: (label: Field) => boolean): string {
  const keptLabels = new Set(metric.labels.filter(isKept).map(({ wireName }) => wireName));
  const labels = Object.entries(goldenFields(metric.labels)).flatMap(([name, value]) =>
    keptLabels.has(name) ? [`${name}="${escapeLabel(String(value))}"`] : [],
  );
  return `${metric.wireName}${labels.length > 0 ? `{${labels.join(",")}}` : ""} ${String(metric.value.example)}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
