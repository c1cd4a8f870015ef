import { randomFrom } from "../worker/random.js";
import { type Contract, loaded } from "./contract.js";
import { everyPath, withoutPath } from "./mend.js";
import { programOf } from "./program.js";
import { rules } from "./rules.js";

/** One rule that a contract breaks. */
export interface Broken {
  readonly rule: string;
  readonly problem: string;
}

/** Everything that is wrong with a contract. The seed decides which values its calls have. */
export async function brokenRules(contract: Contract, seed: number, only?: string): Promise<readonly Broken[]> {
  const broken: Broken[] = [];
  let program: Awaited<ReturnType<typeof programOf>>;
  try {
    program = await programOf(contract.model);
  } catch (error) {
    return [
      { rule: "what is generated parses and loads", problem: String(error instanceof Error ? error.stack : error) },
    ];
  }
  for (const { name, broken: brokenBy } of rules) {
    if (only !== undefined && name !== only) continue;
    try {
      const problem = await brokenBy(program, contract, randomFrom(seed));
      if (problem !== undefined) broken.push({ rule: name, problem });
    } catch (error) {
      broken.push({ rule: name, problem: String(error instanceof Error ? error.stack : error) });
    }
  }
  return broken;
}

/** The smallest contract that breaks the same rule, taking out one key or item after the other for as long as it stays broken. */
export async function smallest(
  contract: Contract,
  seed: number,
  rule: string,
  isMeant: (broken: Broken, contract: Contract) => boolean,
  tries = 300,
): Promise<Contract> {
  let best = contract;
  let left = tries;
  for (let changed = true; changed && left > 0; ) {
    changed = false;
    for (const path of everyPath(best.spec)) {
      if (left <= 0) break;
      const less = loaded(withoutPath(best.spec, path));
      if (less === undefined || less.text.length >= best.text.length) continue;
      left--;
      if (!(await brokenRules(less, seed, rule)).some((broken) => isMeant(broken, less))) continue;
      best = less;
      changed = true;
      break;
    }
  }
  return best;
}
