import type { JsonSchema } from "../../model/json-schema.js";
import type { Case } from "../../model/model.js";
import { change } from "./comparison.js";
import { counted, defineType } from "./define.js";

interface OneOf {
  readonly by: string;
  readonly cases: Readonly<Record<string, unknown>>;
  readonly otherwise?: unknown;
}

export const oneOf = defineType<OneOf>({
  name: "one_of",
  describes: "of the type that the field `by` decides; only as a field",
  // Its cases are compared one by one.
  compare: (before, after) =>
    before.by === after.by
      ? []
      : change("meaning-changed", `depended on "${before.by}" and would depend on "${after.by}"`),
  frozen: ["by", "cases"],
  closed: "as its parts",
  clients: ["python", "go"],
  parameters: {
    by: {
      description: "The field next to it that says which; always sent, given by the caller.",
      type: "string",
      minLength: 1,
      examples: ["command"],
    },
    cases: {
      description: "Value of that field → type.",
      type: "object",
      additionalProperties: { $ref: "#/definitions/item" },
      minProperties: 1,
      examples: [{ install: "int" }],
    },
    otherwise: {
      description: "The type for any other value; without it, nothing.",
      allOf: [{ $ref: "#/definitions/item" }],
    },
  },
  required: ["by", "cases"],
  lower: ({ by, otherwise }, context) => {
    const named = context.types("cases");
    const cases: readonly Case[] = [
      ...named.map(([value, type]) => ({ values: [value], type })),
      ...(otherwise === undefined
        ? []
        : [{ values: named.map(([value]) => value), except: true as const, type: context.type("otherwise") }]),
    ];
    return {
      kind: "one_of",
      schema: { anyOf: distinct(cases.map(({ type }) => type.schema)) },
      rule: `one of ${counted(cases.length, "type")}, as ${by} says`,
      alternatives: Math.max(...cases.map(({ type }) => type.alternatives)),
      by,
      cases,
    };
  },
});

function distinct(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
}
