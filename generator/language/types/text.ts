import { counted, defineType } from "./define.js";

interface Line {
  readonly max_length: number;
  readonly justification: string;
}

/**
 * No control characters (C0, DEL, C1), no line separators, no marks that turn the direction of reading, no byte order
 * mark, no half of a surrogate pair. Every alternative begins differently, so it is linear; it means the same with and
 * without the regular expression's `u` flag.
 */
const ONE_LINE =
  "^(?:[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])+$";

export const text = defineType<Line>({
  name: "text",
  describes: "one line of 1 to `max_length` characters, without control characters",
  parameters: {
    max_length: { description: "The largest number of UTF-16 units.", type: "integer", minimum: 1, maximum: 1024 },
    justification: {
      description: "Why open text is let through. Printed in TELEMETRY.md.",
      type: "string",
      minLength: 20,
    },
  },
  required: ["max_length", "justification"],
  lower: ({ max_length, justification }) => ({
    kind: "text",
    schema: { type: "string", pattern: ONE_LINE, maxLength: max_length },
    rule: `one line of 1 to ${counted(max_length, "character")}`,
    alternatives: Number.POSITIVE_INFINITY,
    justification,
  }),
});
