import { existsUnder, variantsOf } from "../../model/cases.js";
import { conditionSchema } from "../../model/conditions.js";
import { goldenFields } from "../../model/golden.js";
import type { Condition, JsonSchema, JsonValue } from "../../model/json-schema.js";
import type { Field } from "../../model/model.js";
import { counted, defineType } from "./define.js";

interface Shape {
  readonly fields: unknown;
}

export const object = defineType<Shape>({
  name: "object",
  describes: "the fields in `fields`, and nothing else",
  // Its fields are compared one by one, as those of an event are.
  compare: () => [],
  frozen: ["fields"],
  closed: "as its parts",
  clients: ["python", "go", "rust"],
  parameters: {
    fields: {
      description: "Name → field. `why` may be left out here.",
      allOf: [{ $ref: "#/definitions/innerFields" }],
      examples: [{ ok: { type: "bool" } }],
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
          .filter((field) => !field.optional && !field.legacy && existsUnder(field) === undefined)
          .map((field) => field.wireName),
        additionalProperties: false,
        ...conditionsOf(fields),
      },
      rule: ruleOf(fields),
      alternatives: fields.reduce(
        (product, field) => product * (field.type.alternatives + Number(field.nullable) + Number(field.optional)),
        1,
      ),
      fields,
    };
  },
  example: ({ fields = [] }): JsonValue => goldenFields(fields),
});

/** A nullable value is `null` or of its type; JSON Schema has no shorter way that every tool understands. */
function fieldSchema(field: Field): JsonSchema {
  const { schema } = field.type;
  if (!field.nullable) return schema;
  if (schema.anyOf !== undefined) return { anyOf: [...schema.anyOf, { type: "null" }] };
  if (schema.enum !== undefined) return { enum: [...schema.enum, null] };
  if (schema.const !== undefined) return { enum: [schema.const, null] };
  return typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
}

function ruleOf(fields: readonly Field[]): string {
  const sent = fields.filter(({ legacy }) => !legacy);
  const always = sent.filter((field) => !field.optional && existsUnder(field) === undefined);
  const number = counted(sent.length, "field");
  return always.length === sent.length ? `an object with exactly ${number}` : `an object with at most ${number}`;
}

/** One for each condition: what is required where it holds, and isn't there where it doesn't. */
function conditionsOf(fields: readonly Field[]): Pick<JsonSchema, "allOf"> {
  const bound = fields.flatMap((field) => {
    const onlyWhen = existsUnder(field);
    return onlyWhen === undefined ? [] : [{ ...field, onlyWhen }];
  });
  const groups = new Map<string, Field[]>();
  for (const field of bound) {
    const key = JSON.stringify(field.onlyWhen);
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  const cased = fields.filter(({ type }) => type.cases !== undefined).flatMap((field) => variantsOf(field));
  if (groups.size + cased.length === 0) return {};
  const conditions = [...groups.values()].map((group): Condition => {
    const when = group[0]?.onlyWhen ?? [];
    const needed = group.filter(({ optional, legacy }) => !optional && !legacy).map(({ wireName }) => wireName);
    return {
      if: holds(when),
      ...(needed.length === 0
        ? {}
        : {
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits it.
            then: { properties: Object.fromEntries(needed.map((name) => [name, true as const])), required: needed },
          }),
      else: { properties: Object.fromEntries(group.map(({ wireName }) => [wireName, false as const])) },
    };
  });
  // Of what one of several types may be, the type is another where the condition is.
  const types = cased.map(
    (one): Condition => ({
      if: holds(one.onlyWhen),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nothing awaits it.
      then: {
        properties: { [one.wireName]: fieldSchema(one) },
        required: one.optional || one.legacy ? [] : [one.wireName],
      },
      else: { properties: {} },
    }),
  );
  return { allOf: [...conditions, ...types] };
}

function holds(when: Field["onlyWhen"]): Condition["if"] {
  return {
    properties: Object.fromEntries(when.map((one) => [one.wireName, conditionSchema(one)])),
    required: when.map(({ wireName }) => wireName),
  };
}
