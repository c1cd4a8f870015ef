import { bySets, change } from "./comparison.js";
import { defineType, LARGEST_INTEGER } from "./define.js";

interface Int {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
}

const bounds = { type: "integer", minimum: -LARGEST_INTEGER, maximum: LARGEST_INTEGER } as const;

export const int = defineType<Int>({
  name: "int",
  describes: "a whole number",
  compare: (before, after, types) =>
    (before.unit ?? "") === (after.unit ?? "")
      ? bySets(before, after, types)
      : change("meaning-changed", `counted ${before.unit ?? "no unit"} and would count ${after.unit ?? "none"}`),
  frozen: [],
  closed: true,
  clients: ["python", "go", "rust"],
  parameters: {
    min: { ...bounds, description: "The smallest value. 0 by default." },
    max: {
      ...bounds,
      description: "The largest value. 2^53 - 1 by default.",
    },
    unit: { description: "What it counts: `files`, `ms`.", type: "string", minLength: 1 },
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
  lower: ({ min = 0, max = LARGEST_INTEGER, unit }) => ({
    kind: "int",
    schema: { type: "integer", minimum: min, maximum: max },
    rule: ruleOf(min, max, unit),
    alternatives: max - min + 1,
    ...(unit === undefined ? {} : { unit }),
  }),
});

function ruleOf(min: number, max: number, unit: string | undefined): string {
  const what = unit === undefined ? "a whole number" : `a whole number of ${unit}`;
  return max === LARGEST_INTEGER ? `${what}, ${min} or more` : `${what} from ${min} to ${max}`;
}
