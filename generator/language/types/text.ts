import { ONE_LINE } from "../../model/one-line.js";
import { bySets } from "./comparison.js";
import { counted, defineType } from "./define.js";

interface Line {
  readonly max_length: number;
  readonly cut?: boolean;
  readonly justification?: string;
}

export const text = defineType<Line>({
  name: "text",
  describes: "one line of 1 to `max_length` characters",
  compare: bySets,
  frozen: [],
  closed: false,
  clients: ["python", "go", "rust"],
  parameters: {
    max_length: {
      description: "The most UTF-16 units.",
      type: "integer",
      minimum: 1,
      maximum: 65536,
      examples: [200],
    },
    cut: {
      description: "The client cuts a longer text.",
      type: "boolean",
    },
    justification: {
      description: "Why open text is let through.",
      examples: ["People write it for us to read."],
      type: "string",
      minLength: 20,
    },
  },
  required: ["max_length", "justification"],
  lower: ({ max_length, cut = false, justification }) => ({
    kind: "text",
    schema: { type: "string", pattern: ONE_LINE, maxLength: max_length },
    rule: `one line of 1 to ${counted(max_length, "character")}`,
    ...(cut ? { input: { kind: "cut", most: max_length } as const } : {}),
    alternatives: Number.POSITIVE_INFINITY,
    ...(justification === undefined ? {} : { justification }),
  }),
});
