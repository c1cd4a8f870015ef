import { type AllTypes, change, compareSets, type FrozenType, type TypeChange } from "./comparison.js";
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
  compare: compareNumbers,
  frozen: ["input"],
  closed: true,
  clients: ["python", "go", "rust"],
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
          message: `With ${decimals} decimals, numbers up to ${max} are more exact than every JSON reader supports.`,
          hint: "Write fewer decimals, or a smaller range.",
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

/** The range, the decimals, and what is counted. */
function compareNumbers(before: FrozenType, after: FrozenType, types: AllTypes): readonly TypeChange[] {
  if ((before.unit ?? "") !== (after.unit ?? ""))
    return change("meaning-changed", `was in ${before.unit ?? "no unit"} and would be in ${after.unit ?? "none"}`);
  const range = compareSets(
    { ...before, schema: { ...before.schema, multipleOf: 1 } },
    { ...after, schema: { ...after.schema, multipleOf: 1 } },
    types,
  );
  const [was, is] = [before, after].map(({ input }) => (input?.kind === "rounded" ? input.decimals : 0)) as [
    number,
    number,
  ];
  const decimals =
    was === is
      ? []
      : change(is > was ? "precision-raised" : "precision-lowered", `is rounded to ${is} decimals, and was to ${was}`);
  return [...range, ...decimals];
}
