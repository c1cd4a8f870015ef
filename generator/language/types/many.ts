import type { ParameterSchema, Problem } from "./define.js";

/** More than a request of the usual size holds; how many fit is for `ingest.limits.body` to say. */
export const MOST_ITEMS = 65_536;

/** Up to so many nobody has to say why. */
const USUAL = 1_024;

export const MANY_JUSTIFIED: ParameterSchema = {
  description: `Why there may be more than ${USUAL}.`,
  type: "string",
  minLength: 20,
};

/** A long list says much about whoever sends it, so it is said why it is that long. */
export function manyJustified({
  max_items: most,
  justification,
}: {
  readonly max_items: number;
  readonly justification?: string;
}): readonly Problem[] {
  if (most <= USUAL || justification !== undefined) return [];
  return [
    {
      code: "out-of-range",
      path: ["max_items"],
      message: `max_items is ${most}; above ${USUAL} it needs a justification.`,
      hint: `Add a justification, which TELEMETRY.md prints, or write ${USUAL} or less.`,
    },
  ];
}
