import { drive, type Given } from "./behaviour-drive.js";
import { type Expected, expectations } from "./behaviour-expect.js";
import { failed, inWords, type Outcome, orEmpty, same } from "./outcome.js";

interface BehaviourTable {
  readonly cases: readonly {
    readonly name?: string;
    readonly given?: Given;
    readonly do?: readonly string[];
    readonly expect?: Expected;
  }[];
}

/**
 * Given, do, expect in words. Where every word of a case is one that is known here, the client does it, and what was seen is held
 * against what was expected. What needs processes, clocks or a terminal has tests of its own under `test/client/`: such a case is
 * only named, so that nobody takes it for passed.
 */
export async function runBehaviours({ cases }: BehaviourTable, system: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [at, { name, given = {}, do: steps, expect }] of cases.entries()) {
    const label = `${system}/behaviour ${name ?? at}`;
    if (typeof name !== "string" || !Array.isArray(steps) || typeof expect !== "object") {
      outcomes.push(failed(label, "a name, what to do and what to expect", { name, do: steps, expect }));
      continue;
    }
    const known = Object.keys(expect).every((property) => Object.hasOwn(expectations, property));
    const seen = known ? await drive(system, given, steps) : undefined;
    if (seen === undefined) outcomes.push(inWords(label));
    else
      for (const [property, expected] of Object.entries(expect))
        outcomes.push(same(`${label}: ${property}`, expected, expectations[property]?.(seen, expected)));
  }
  return orEmpty(`${system}/behaviour`, outcomes);
}
