import type { JsonSchema, JsonValue } from "../../model/json-schema.js";
import type { Field } from "../../model/model.js";
import { counted, defineType } from "./define.js";

interface Shape {
  readonly fields: unknown;
}

export const object = defineType<Shape>({
  name: "object",
  describes: "exactly the fields in `fields`; anything unknown, missing or bad makes the whole value bad",
  parameters: {
    fields: {
      description: "Name → field. `why` may be left out here.",
      allOf: [{ $ref: "#/definitions/innerFields" }],
    },
  },
  required: ["fields"],
  lower: (_parameters, context) => {
    const fields = context.fields("fields");
    return {
      kind: "object",
      schema: {
        type: "object",
        properties: Object.fromEntries(fields.map((field) => [field.wireName, fieldSchema(field)])),
        required: fields
          .filter((field) => !field.optional && !field.legacy && field.onlyWhen.length === 0)
          .map((field) => field.wireName),
        additionalProperties: false,
      },
      rule: `an object with exactly ${counted(fields.length, "field")}`,
      alternatives: fields.reduce(
        (product, field) => product * (field.type.alternatives + Number(field.nullable) + Number(field.optional)),
        1,
      ),
      fields,
    };
  },
  example: ({ fields = [] }): JsonValue =>
    Object.fromEntries(fields.filter((field) => !field.legacy).map((field) => [field.wireName, field.example])),
});

/** A nullable value is `null` or of its type; JSON Schema has no shorter way that every tool understands. */
function fieldSchema(field: Field): JsonSchema {
  const { schema } = field.type;
  if (!field.nullable) return schema;
  if (schema.enum !== undefined) return { enum: [...schema.enum, null] };
  if (schema.const !== undefined) return { enum: [schema.const, null] };
  return typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
}
