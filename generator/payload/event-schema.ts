import { visible } from "../emit/visible.js";
import type { JsonSchema, JsonValue } from "../model/json-schema.js";
import type { Event, Field, Metric, Model, Type } from "../model/model.js";

/** The part of draft-07 that whole messages need beside what single values do. */
export interface MessageSchema extends Omit<JsonSchema, "items" | "properties" | "allOf"> {
  readonly $comment?: string;
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly examples?: readonly JsonValue[];
  readonly properties?: Readonly<Record<string, MessageSchema | boolean>>;
  readonly items?: MessageSchema;
  readonly anyOf?: readonly MessageSchema[];
  readonly allOf?: readonly MessageSchema[];
  readonly if?: MessageSchema;
  readonly then?: MessageSchema;
  readonly else?: MessageSchema;
  readonly definitions?: Readonly<Record<string, MessageSchema>>;
}

/** A UTC time as events bear it: to the microsecond at most. The receiver removes one that is too old or too far ahead. */
const eventTime: MessageSchema = {
  description: "When it happened, in UTC.",
  type: "string",
  pattern:
    "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?Z$",
  maxLength: 27,
};

/** A closed object of exactly these fields: what is optional, nullable, legacy or bound to a sibling's value is so here, too. */
export function fieldsSchema(fields: readonly Field[]): MessageSchema {
  const bound = fields.filter(({ onlyWhen }) => onlyWhen.length > 0);
  const conditions = new Map(bound.map((field) => [JSON.stringify(field.onlyWhen), field.onlyWhen]));
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.wireName, fieldSchema(field)])),
    required: fields
      .filter((field) => isRequired(field) && field.onlyWhen.length === 0)
      .map(({ wireName }) => wireName),
    additionalProperties: false,
    ...(bound.length === 0
      ? {}
      : {
          allOf: [...conditions].map(([key, when]) =>
            onlyWhen(
              when,
              bound.filter((field) => JSON.stringify(field.onlyWhen) === key),
            ),
          ),
        }),
  };
}

/** One event as it travels: the whole body where events are flat, one entry of the list where they are sent together. */
export function eventSchema(model: Model, event: Event): MessageSchema {
  const { wire } = model;
  const head = { title: event.wireName, description: sentences(event.when, event.why, event.note) };
  const name = { description: "Which event this is.", const: event.wireName };
  if (wire.format !== "json-batch") {
    const key = wire.format === "json" ? wire.eventKey : undefined;
    return { ...head, ...withKey(fieldsSchema([...model.common, ...event.fields]), key, name) };
  }
  return {
    ...head,
    type: "object",
    properties: {
      [wire.eventKey]: name,
      ...(wire.timeKey === undefined ? {} : { [wire.timeKey]: eventTime }),
      [wire.fieldsKey]: fieldsSchema(event.fields),
    },
    // An event that needs no field of its own may leave them all out.
    required: [wire.eventKey, ...(event.fields.some(isRequired) ? [wire.fieldsKey] : [])],
    additionalProperties: false,
  };
}

/** One sample of a metric, once its line is read: `{ metric, labels, value }`. Every label is text on the line. */
export function metricSchema(metric: Metric): MessageSchema {
  const { means, type } = metric.value;
  return {
    title: metric.wireName,
    description: sentences(metric.when, metric.why, metric.note),
    type: "object",
    properties: {
      metric: { description: "Which metric this is.", const: metric.wireName },
      labels: fieldsSchema(metric.labels),
      value: means === undefined ? type.schema : { description: sentences(`How many ${means}.`), ...type.schema },
    },
    required: ["metric", "labels", "value"],
    additionalProperties: false,
  };
}

function withKey(schema: MessageSchema, key: string | undefined, name: MessageSchema): MessageSchema {
  if (key === undefined) return schema;
  return { ...schema, properties: { [key]: name, ...schema.properties }, required: [key, ...(schema.required ?? [])] };
}

function onlyWhen(when: Field["onlyWhen"], fields: readonly Field[]): MessageSchema {
  const needed = fields.filter(isRequired).map(({ wireName }) => wireName);
  const each = (fields: readonly string[], may: boolean) => Object.fromEntries(fields.map((name) => [name, may]));
  return {
    if: {
      properties: Object.fromEntries(when.map(({ wireName, value }) => [wireName, { const: value }])),
      required: when.map(({ wireName }) => wireName),
    },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits it.
    ...(needed.length === 0 ? {} : { then: { properties: each(needed, true), required: needed } }),
    else: {
      properties: each(
        fields.map(({ wireName }) => wireName),
        false,
      ),
    },
  };
}

function isRequired(field: Field): boolean {
  return !field.optional && !field.legacy;
}

function fieldSchema(field: Field): MessageSchema {
  const old = field.legacy ? "Accepted from old clients; no longer sent." : undefined;
  const described = { description: sentences(field.why, field.note, field.type.justification, old) };
  return {
    ...(described.description === "" ? {} : described),
    ...orNull(valueSchema(field.type), field.nullable),
    examples: [field.example],
  };
}

/** As the type was lowered, with the descriptions and conditions of the fields inside it. */
function valueSchema(type: Type): MessageSchema {
  if (type.fields !== undefined) return fieldsSchema(type.fields);
  return type.of === undefined ? type.schema : { ...type.schema, items: valueSchema(type.of) };
}

/** A nullable value is `null` or of its type. */
function orNull(schema: MessageSchema, nullable: boolean): MessageSchema {
  if (!nullable) return schema;
  if (schema.enum !== undefined) return { ...schema, enum: [...schema.enum, null] };
  if (schema.const !== undefined) return { enum: [schema.const, null] };
  return typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
}

function sentences(...texts: readonly (string | undefined)[]): string {
  return visible(texts.filter((text) => text !== undefined).join(" "));
}
