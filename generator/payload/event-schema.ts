import { visible } from "../emit/visible.js";
import { existsUnder, variantsOf } from "../model/cases.js";
import { conditionSchema } from "../model/conditions.js";
import type { JsonSchema, JsonValue } from "../model/json-schema.js";
import type { Field, Metric, Type } from "../model/model.js";

/** The part of draft-07 that whole messages need beside what single values do. */
export interface MessageSchema
  extends Omit<JsonSchema, "items" | "properties" | "propertyNames" | "allOf" | "anyOf" | "not"> {
  readonly not?: JsonSchema;
  readonly $comment?: string;
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly examples?: readonly JsonValue[];
  readonly properties?: Readonly<Record<string, MessageSchema | boolean>>;
  readonly propertyNames?: MessageSchema;
  readonly contains?: MessageSchema;
  readonly items?: MessageSchema | readonly MessageSchema[];
  readonly additionalItems?: false;
  readonly minItems?: number;
  readonly anyOf?: readonly MessageSchema[];
  readonly allOf?: readonly MessageSchema[];
  readonly if?: MessageSchema;
  readonly then?: MessageSchema;
  readonly else?: MessageSchema;
  readonly definitions?: Readonly<Record<string, MessageSchema>>;
}

/** A closed object of exactly these fields: what is optional, nullable, legacy or bound to a sibling's value is so here, too. */
export function fieldsSchema(fields: readonly Field[]): MessageSchema {
  const bound = fields.flatMap((field) => {
    const onlyWhen = existsUnder(field);
    return onlyWhen === undefined ? [] : [{ ...field, onlyWhen }];
  });
  const cased = fields.filter(({ type }) => type.cases !== undefined).flatMap((field) => variantsOf(field));
  const conditions = new Map(bound.map((field) => [JSON.stringify(field.onlyWhen), field.onlyWhen]));
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.wireName, fieldSchema(field)])),
    required: fields
      .filter((field) => isRequired(field) && existsUnder(field) === undefined)
      .map(({ wireName }) => wireName),
    additionalProperties: false,
    ...(bound.length + cased.length === 0
      ? {}
      : {
          allOf: [
            ...[...conditions].map(([key, when]) =>
              onlyWhen(
                when,
                bound.filter((field) => JSON.stringify(field.onlyWhen) === key),
              ),
            ),
            ...cased.map(inCase),
          ],
        }),
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

/** Returns what stands there in one case. */
function inCase(field: Field): MessageSchema {
  const { wireName, onlyWhen: when, type, nullable } = field;
  return {
    if: whereHolds(when),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits it.
    then: {
      properties: { [wireName]: orNull(valueSchema(type), nullable) },
      ...(isRequired(field) ? { required: [wireName] } : {}),
    },
  };
}

function whereHolds(when: Field["onlyWhen"]): MessageSchema {
  return {
    properties: Object.fromEntries(when.map((one) => [one.wireName, conditionSchema(one)])),
    required: when.map(({ wireName }) => wireName),
  };
}

function onlyWhen(when: Field["onlyWhen"], fields: readonly Field[]): MessageSchema {
  const needed = fields.filter(isRequired).map(({ wireName }) => wireName);
  const each = (fields: readonly string[], may: boolean) => Object.fromEntries(fields.map((name) => [name, may]));
  return {
    if: whereHolds(when),
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

export function isRequired(field: Field): boolean {
  return !field.optional && !field.legacy;
}

export function fieldSchema(field: Field): MessageSchema {
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
  return type.nullable === true ? orNull(shapeSchema(type), true) : shapeSchema(type);
}

function shapeSchema(type: Type): MessageSchema {
  if (type.cases !== undefined) return { anyOf: type.cases.map((one) => valueSchema(one.type)) };
  if (type.fields !== undefined) return fieldsSchema(type.fields);
  if (type.keys !== undefined && type.of !== undefined)
    return { ...type.schema, additionalProperties: valueSchema(type.of) } as MessageSchema;
  // Decimals are not exact in any number format: that a number is rounded is for the receiver's own check, which knows that.
  if (type.input?.kind === "rounded") {
    const { multipleOf: _, ...schema } = type.schema;
    return schema;
  }
  return type.of === undefined ? type.schema : { ...type.schema, items: valueSchema(type.of) };
}

/** A nullable value is `null` or of its type. */
function orNull(schema: MessageSchema, nullable: boolean): MessageSchema {
  if (!nullable) return schema;
  if (schema.enum?.includes(null) === true || (typeof schema.type === "object" && schema.type.includes("null")))
    return schema;
  if (schema.anyOf !== undefined) return { ...schema, anyOf: [...schema.anyOf, { type: "null" }] };
  if (schema.enum !== undefined) return { ...schema, enum: [...schema.enum, null] };
  if (schema.const !== undefined) return { enum: [schema.const, null] };
  return typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
}

export function sentences(...texts: readonly (string | undefined)[]): string {
  return visible(texts.filter((text) => text !== undefined).join(" "));
}
