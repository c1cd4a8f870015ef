import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderText } from "../../generator/diagnostics/render-text.js";
import { attachReleases } from "../../generator/evolve/attach-releases.js";
import type { Base } from "../../generator/evolve/base.js";
import { checkEvolution, type Invariant, invariants } from "../../generator/evolve/check-evolution.js";
import { classify } from "../../generator/evolve/classify.js";
import { diffContracts } from "../../generator/evolve/diff.js";
import { freeze, parseFrozen, printFrozen } from "../../generator/evolve/frozen-text.js";
import { neededNumbers } from "../../generator/evolve/raise.js";
import { diffFormats } from "../../generator/evolve/report/index.js";
import type { Rule } from "../../generator/evolve/rules/define-rule.js";
import { rules as allRules } from "../../generator/evolve/rules/index.js";
import type { FrozenContract } from "../../generator/model/frozen.js";
import type { Model } from "../../generator/model/model.js";
import { modelOf } from "../support/project.js";

export { modelOf };

export const casesFolder = join(import.meta.dirname, "cases");
export const caseNames = readdirSync(casesFolder).sort();

/**
 * A folder of base.yaml and head.yaml. What is released is the base, unless `released-<N>.yaml` say otherwise; an empty one: nothing is.
 * `base-released-<N>.yaml` is what the base branch holds as released, where that differs.
 */
export interface Case {
  readonly base: Model;
  readonly head: Model;
  readonly headText: string;
  readonly baseReleased: readonly FrozenContract[];
}

export function readCase(name: string): Case {
  const text = (file: string) => readFileSync(join(casesFolder, name, file), "utf8");
  const base = modelOf(text("base.yaml"), "base.yaml");
  const released = releasedIn(name, "released") ?? [freeze(base)];
  const headText = text("head.yaml");
  const files = released.map((contract) => ({
    version: contract.schemaVersion,
    source: `frozen/v${contract.schemaVersion}.json`,
    text: printFrozen(contract),
  }));
  const head = attachReleases(modelOf(headText, "events.yaml"), files).model;
  return { base, head, headText, baseReleased: releasedIn(name, "base-released") ?? released };
}

/** Judges a case as `diff` and `check` do, with some of the rules or invariants taken away. */
export function judgeCase(
  { base, head, headText, baseReleased }: Case,
  rules: readonly Rule[] = allRules,
  all: readonly Invariant[] = invariants,
): string {
  const against: Base = { ref: "base", model: base, frozen: baseReleased, damaged: [] };
  const diff = diffContracts(
    { label: "base", contract: base },
    { label: "events.yaml", contract: head, source: "events.yaml", text: headText },
    { refused: [], raise: neededNumbers(head) !== undefined },
  );
  const told = diffFormats.text([{ ...diff, findings: classify(base, head, rules) }]);
  const checked = renderText(checkEvolution(head, against, all).diagnostics, new Map([["events.yaml", headText]]));
  return `${told}\n--- check ---\n${checked || "clean\n"}`;
}

function releasedIn(name: string, prefix: string): readonly FrozenContract[] | undefined {
  const files = [1, 2, 3]
    .map((number) => join(casesFolder, name, `${prefix}-${number}.yaml`))
    .filter((file) => existsSync(file));
  if (files.length === 0) return undefined;
  const texts = files.map((file) => readFileSync(file, "utf8")).filter((text) => text !== "");
  return texts.map((text) => parseFrozen(printFrozen(freeze(modelOf(text, "released.yaml")))) as FrozenContract);
}
