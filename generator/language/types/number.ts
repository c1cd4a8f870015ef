import { defineType } from "./define.js";

interface Decimal {
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
  readonly unit?: string;
}

export const number = defineType<Decimal>({
  name: "number",
  describes: "a number, rounded by the client before anything is kept",
  parameters: {
    min: { description: "The smallest value.", type: "number", examples: [0] },
    max: { description: "The largest value.", type: "number", examples: [100] },
    decimals: {
      description: "Digits behind the point that are kept.",
      type: "integer",
      minimum: 1,
      maximum: 9,
      examples: [1],
    },
    unit: { description: "What it is measured in: `percent`.", type: "string", minLength: 1 },
  },
  required: ["min", "max", "decimals"],
  check: ({ min, max, decimals }) => {
    if (min > max)
      return [
        {
          code: "empty-range",
          path: ["max"],
          message: `No number lies between min ${min} and max ${max}.`,
          hint: "Give a max that is not below min.",
        },
      ];
    const loose = (
      [
        ["min", min],
        ["max", max],
      ] as const
    ).find(([, edge]) => Number(edge.toFixed(decimals)) !== edge);
    const large = Math.max(Math.abs(min), Math.abs(max)) * 10 ** decimals > Number.MAX_SAFE_INTEGER;
    if (large)
      return [
        {
          code: "out-of-range",
          path: ["decimals"],
          message: `With ${decimals} decimals, numbers up to ${max} are more exact than JSON carries them everywhere.`,
          hint: "Keep fewer decimals, or a smaller range.",
        },
      ];
    return loose === undefined
      ? []
      : [
          {
            code: "out-of-range",
            path: [loose[0]],
            message: `${loose[0]} has more decimals than the ${decimals} that are kept.`,
            hint: "Round it, or keep more decimals.",
          },
        ];
  },
  lower: ({ min, max, decimals, unit }) => ({
    kind: "number",
    schema: { type: "number", minimum: min, maximum: max, multipleOf: Number(`1e-${decimals}`) },
    rule: `a number from ${min} to ${max}${unit === undefined ? "" : ` ${unit}`}, rounded to ${decimals} ${decimals === 1 ? "decimal" : "decimals"}`,
    alternatives: Math.round((max - min) * 10 ** decimals) + 1,
    input: { kind: "rounded", decimals, least: min, most: max },
    ...(unit === undefined ? {} : { unit }),
  }),
  // From the middle, so that it is a usual one.
  example: ({ input }) =>
    input?.kind === "rounded" ? Number(((input.least + input.most) / 2).toFixed(input.decimals)) : undefined,
});
