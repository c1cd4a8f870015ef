import { defineType, LARGEST_INTEGER } from "./define.js";

interface Int {
  readonly min?: number;
  readonly max?: number;
}

const bounds = { type: "integer", minimum: -LARGEST_INTEGER, maximum: LARGEST_INTEGER } as const;

export const int = defineType<Int>({
  name: "int",
  describes: "a whole number",
  parameters: {
    min: { ...bounds, description: "The smallest value. 0 where nothing is written." },
    max: {
      ...bounds,
      description: "The largest value. 2^53 - 1 where nothing is written: no larger number survives JSON everywhere.",
    },
  },
  required: [],
  check: ({ min = 0, max = LARGEST_INTEGER }) =>
    min <= max
      ? []
      : [
          {
            code: "empty-range",
            path: ["max"],
            message: `No whole number lies between min ${min} and max ${max}.`,
            hint: "Give a max that is not below min.",
          },
        ],
  lower: ({ min = 0, max = LARGEST_INTEGER }) => ({
    kind: "int",
    schema: { type: "integer", minimum: min, maximum: max },
    rule: max === LARGEST_INTEGER ? `a whole number, ${min} or more` : `a whole number from ${min} to ${max}`,
    alternatives: max - min + 1,
  }),
});
