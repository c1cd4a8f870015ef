import { withoutEncoding } from "../model/golden.js";
import type { Event, Metric, Model, Picture } from "../model/model.js";
import { flatPart } from "../model/wire.js";
import { type MessageSchema, metricSchema, sentences } from "./event-schema.js";
import { pictureSchema } from "./picture-schema.js";

/**
 * A whole request body. The event is found by its name first and judged by its own schema alone (`if`/`then`, never
 * `oneOf`), so that what a validator reports is about the event that was meant.
 */
export function payloadSchema(model: Model, schemaOf?: SchemaOf): MessageSchema {
  const { wire } = model;
  const title = `${model.product} telemetry`;
  if (wire.format === "prometheus-text") {
    const definitions = Object.fromEntries(
      model.metrics.map((metric) => [metric.wireName, schemaOf?.(metric) ?? metricSchema(metric)]),
    );
    const description =
      "A whole report, once its lines are read: one entry per sample. It travels in Prometheus' text form.";
    return { title, description, type: "array", items: dispatch(["metric"], definitions), definitions };
  }
  const definitions = Object.fromEntries(
    model.events.map((event) => [event.wireName, schemaOf?.(event) ?? eventSchema(model, event)]),
  );
  const one = single(wire.each ?? withoutEncoding(wire.body), model.events, definitions);
  if (wire.each === undefined || flatPart(wire) === "each") return { title, ...one, definitions };
  return { title, ...pictureSchema(withoutEncoding(wire.body), { model, each: one }), definitions };
}

/** One event as it travels: the whole body where events are sent one by one, one entry of the list where they are sent together. */
export function eventSchema(model: Model, event: Event): MessageSchema {
  const { wire } = model;
  const head = { title: event.wireName, description: sentences(event.when, event.why, event.note) };
  if (wire.format === "prometheus-text") return head;
  return { ...head, ...pictureSchema(wire.each ?? withoutEncoding(wire.body), { model, event }) };
}

/** The schema of one event or metric: a reference to its own file, say. By default its whole schema. */
export type SchemaOf = (message: Event | Metric) => MessageSchema;

type Definitions = Readonly<Record<string, MessageSchema>>;

/** By the name, where it stands at a place that a schema can look at; else it is one of them. */
function single(picture: Picture, events: readonly Event[], definitions: Definitions): MessageSchema {
  const path = namePath(picture);
  if (path !== undefined) return dispatch(path, definitions);
  return { anyOf: events.map(({ wireName }) => reference(wireName)) };
}

function namePath(picture: Picture): readonly string[] | undefined {
  if (picture.kind !== "object") return undefined;
  for (const entry of picture.entries) {
    if ("spread" in entry || "repeat" in entry || entry.key.kind !== "constant") continue;
    const key = String(entry.key.value);
    if (entry.value.kind === "event") return [key];
    const inner = namePath(entry.value);
    if (inner !== undefined) return [key, ...inner];
  }
  return undefined;
}

function dispatch(path: readonly string[], definitions: Definitions): MessageSchema {
  const names = Object.keys(definitions);
  const at = (name: MessageSchema): MessageSchema =>
    path.reduceRight<MessageSchema>((inner, key) => ({ properties: { [key]: inner }, required: [key] }), name);
  return {
    type: "object",
    ...at({ enum: names }),
    allOf: names.map((name) => ({
      if: at({ const: name }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits it.
      then: reference(name),
    })),
  };
}

function reference(name: string): MessageSchema {
  return { $ref: `#/definitions/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}` };
}
