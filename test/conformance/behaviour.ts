import { failed, inWords, type Outcome, orEmpty } from "./outcome.js";

interface BehaviourTable {
  readonly cases: readonly { readonly name?: string; readonly do?: readonly string[]; readonly expect?: object }[];
}

/**
 * Given, do, expect in words: these cases need processes, clocks and networks, and have tests of their own under `test/client/`.
 * Here they are only read, and named, so that nobody takes them for passed.
 */
export async function runBehaviours({ cases }: BehaviourTable, system: string): Promise<readonly Outcome[]> {
  const outcomes = cases.map((one, at) =>
    typeof one.name === "string" && Array.isArray(one.do) && typeof one.expect === "object"
      ? inWords(`${system}/behaviour ${one.name}`)
      : failed(`${system}/behaviour ${one.name ?? at}`, "a name, what to do and what to expect", one),
  );
  return orEmpty(`${system}/behaviour`, outcomes);
}
