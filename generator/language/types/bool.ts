import { bySets } from "./comparison.js";
import { defineType } from "./define.js";

export const bool = defineType<Record<never, never>>({
  name: "bool",
  describes: "true or false",
  compare: bySets,
  frozen: ["values"],
  closed: true,
  clients: ["python", "go", "rust"],
  parameters: {},
  required: [],
  lower: () => ({
    kind: "bool",
    schema: { type: "boolean" },
    values: [true, false],
    rule: "true or false",
    alternatives: 2,
  }),
  example: () => true,
});
