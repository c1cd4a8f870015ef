import type { Event, Model } from "../model/model.js";
import { eventSchema, fieldsSchema, type MessageSchema, metricSchema } from "./event-schema.js";

/**
 * A whole request body. The event is found by its name first and judged by its own schema alone (`if`/`then`, never
 * `oneOf`), so that what a validator reports is about the event that was meant.
 */
export function payloadSchema(model: Model, schemaOf: SchemaOf = eventSchema): MessageSchema {
  const { wire } = model;
  const title = `${model.product} telemetry`;
  if (wire.format === "prometheus-text") {
    const definitions = Object.fromEntries(model.metrics.map((metric) => [metric.wireName, metricSchema(metric)]));
    const description =
      "A whole report, once its lines are read: one entry per sample. It travels in Prometheus' text form.";
    return { title, description, type: "array", items: dispatch("metric", definitions), definitions };
  }
  const definitions = Object.fromEntries(model.events.map((event) => [event.wireName, schemaOf(model, event)]));
  if (wire.format === "json") return { title, ...single(model.events, wire.eventKey, definitions), definitions };
  const common = fieldsSchema(model.common);
  return {
    title,
    ...common,
    properties: {
      ...common.properties,
      [wire.eventsKey]: { type: "array", items: dispatch(wire.eventKey, definitions) },
    },
    required: [...(common.required ?? []), wire.eventsKey],
    definitions,
  };
}

/** One event's part of it; whoever only prints it may give something that is printed alike. */
export type SchemaOf = (model: Model, event: Event) => MessageSchema;

type Definitions = Readonly<Record<string, MessageSchema>>;

function single(events: readonly Event[], key: string | undefined, definitions: Definitions): MessageSchema {
  if (key !== undefined) return dispatch(key, definitions);
  return { anyOf: events.map(({ wireName }) => reference(wireName)) };
}

function dispatch(key: string, definitions: Definitions): MessageSchema {
  const names = Object.keys(definitions);
  return {
    type: "object",
    properties: { [key]: { enum: names } },
    required: [key],
    allOf: names.map((name) => ({
      if: { properties: { [key]: { const: name } }, required: [key] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits it.
      then: reference(name),
    })),
  };
}

function reference(name: string): MessageSchema {
  return { $ref: `#/definitions/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}` };
}
