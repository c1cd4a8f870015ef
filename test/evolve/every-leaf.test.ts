import { describe, expect, it } from "vitest";
import { classify } from "../../generator/evolve/classify.js";
import { freeze } from "../../generator/evolve/frozen-text.js";
import { leavesOf } from "../../generator/evolve/leaves.js";
import type { FrozenContract } from "../../generator/model/frozen.js";
import { loadContract } from "../../generator/spec/load-contract.js";
import { readCase } from "./read-case.js";

const five = [
  "spec/events.yaml",
  ...["cocoindex", "cozystack", "docglow", "jina"].map((name) => `spec/systems/${name}/events.yaml`),
];

/** Numbers that other rules watch, what is worked out from something else in the contract, and where a client's code is put. */
const derived =
  /^(schemaVersion|consentEpoch)$|^clients\.|\.alternatives$|\.(values|labels)\[|\.schema\.|\.kind$|\.codeNames\[|^identifiers\[\d+\]\.format\.|^consent\.stateFile\.keys\[\d+\]\.type\./;

const contracts: readonly (readonly [string, FrozenContract])[] = [
  ...five.map(
    (path) =>
      [path, freeze(loadContract(path, path).model as NonNullable<ReturnType<typeof loadContract>["model"]>)] as const,
  ),
  ["a contract that uses most of the language", freeze(readCase("promise-added").head)],
];

describe.each(contracts)("%s", (_name, contract) => {
  it("has no value that can change unnoticed", () => {
    const quiet = [...leavesOf(contract)]
      .filter(([path]) => !derived.test(path))
      .filter(([path, value]) => classify(contract, changed(contract, path, value)).length === 0);
    expect(quiet.map(([path]) => path)).toEqual([]);
  });
});

/** Other words of the same list. */
const others: Readonly<Record<string, string>> = {
  "opt-in": "opt-out",
  "opt-out": "opt-in",
  "at-start": "every-event",
  "every-event": "at-start",
};

function changed(contract: FrozenContract, path: string, value: unknown): FrozenContract {
  const copy = structuredClone(contract);
  const steps = path.split(/\.(?![^[]*\])|\[(\d+)\]/).filter((step) => step !== undefined && step !== "");
  let here = copy as unknown as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) here = here[step] as Record<string, unknown>;
  here[steps.at(-1) as string] =
    typeof value === "number"
      ? value + 1
      : typeof value === "boolean"
        ? !value
        : (others[String(value)] ?? `${String(value)} changed`);
  return copy;
}
