import type { Model } from "../../generator/model/model.js";
import type { Broken } from "./check.js";
import type { Contract } from "./contract.js";

/**
 * The known faults that are not mended yet. This list only ever gets shorter: `npm run property` names the entries that nothing
 * needed.
 */
interface Known {
  readonly rule: RegExp;
  readonly problem: RegExp;
  readonly about?: (model: Model) => boolean;
  readonly why: string;
}

export const KNOWN: readonly Known[] = [];

/** Those that were needed in this process. */
export const needed = new Set<string>();

export function isKnown({ rule, problem }: Broken, { model }: Contract): boolean {
  const known = KNOWN.find((one) => one.rule.test(rule) && one.problem.test(problem) && (one.about?.(model) ?? true));
  if (known !== undefined) needed.add(known.why);
  return known !== undefined;
}
