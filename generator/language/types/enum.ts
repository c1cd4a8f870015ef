import { bySets } from "./comparison.js";
import { defineType, oneOf } from "./define.js";

interface Enum {
  readonly values: readonly string[];
  readonly otherwise?: string;
}

export const enumeration = defineType<Enum>({
  name: "enum",
  describes: "one of the texts in `values`",
  compare: bySets,
  frozen: ["values"],
  closed: true,
  clients: ["python", "go", "rust"],
  parameters: {
    values: {
      description: "Every text that may travel.",
      type: "array",
      items: { type: "string", maxLength: 256 },
      minItems: 1,
      uniqueItems: true,
      examples: [["a", "b", "other"]],
    },
    otherwise: {
      description: "One of `values`: what the client sends in place of any other, or of a missing one.",
      type: "string",
    },
  },
  required: ["values"],
  check: ({ values, otherwise }) =>
    otherwise === undefined || values.includes(otherwise)
      ? []
      : [
          {
            code: "otherwise-not-listed",
            path: ["otherwise"],
            message: `"${otherwise}" is not one of the values.`,
            hint: "Add it to `values`, or name a listed value.",
          },
        ],
  lower: ({ values, otherwise }) => ({
    kind: "enum",
    schema: oneOf(values),
    values,
    rule: "one of",
    alternatives: values.length,
    ...(otherwise === undefined ? {} : { input: { kind: "otherwise", values, otherwise } }),
  }),
  example: ({ values }) => values?.[0],
});
