import type { JsonValue } from "../../model/json-schema.js";
import { bySets } from "./comparison.js";
import { defineType } from "./define.js";

interface Const {
  readonly value: JsonValue;
}

export const constant = defineType<Const>({
  name: "const",
  describes: "exactly `value`",
  compare: bySets,
  frozen: ["values"],
  closed: true,
  clients: ["python", "go", "rust"],
  parameters: {
    value: { description: "The one value.", type: ["string", "number", "boolean", "null"] },
  },
  required: ["value"],
  lower: ({ value }) => ({ kind: "const", schema: { const: value }, values: [value], rule: "always", alternatives: 1 }),
  example: ({ values }) => values?.[0],
});
