import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { diagnosticSink } from "../spec/diagnostic-sink.js";
import { parseSpec } from "../spec/parse-spec.js";
import { readContract } from "../spec/read-contract.js";
import { at } from "../spec/tree.js";
import { neededNumbers } from "./raise.js";
import { addHistory, raiseNumbers, setNumbers } from "./raise-text.js";

/** A contract on both sides of a merge, and where the two parted. */
export interface Sides {
  readonly source: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The merged result, or why there can't be one. */
export type Resolved =
  | { readonly text: string; readonly schemaVersion: number; readonly consentEpoch: number; readonly change: string }
  | { readonly problem: string };

/** Returns what is merged line by line: the three texts with the numbers and the history that they had where they parted. */
export function withoutNumbers(sides: Sides): Sides | { readonly problem: string } {
  const models = modelsOf(sides);
  if ("problem" in models) return models;
  const { base } = models;
  const history = textOfHistory(sides.base, sides.source);
  const lowered = (text: string, model: Model) => {
    const numbers = setNumbers(text, model, base);
    const historyText = textOfHistory(numbers, sides.source);
    return (
      numbers.slice(0, historyText.start) +
      sides.base.slice(history.start, history.end) +
      numbers.slice(historyText.end)
    );
  };
  return { ...sides, ours: lowered(sides.ours, models.ours), theirs: lowered(sides.theirs, models.theirs) };
}

/**
 * The numbers and the history of what was merged. What one side has released keeps its number; the rest of both is one version, whose entry
 * says what both said.
 * @param merged the three texts of `withoutNumbers`, merged.
 * @param released the versions that are frozen on either side, oldest first.
 */
export function withNumbers(sides: Sides, merged: string, released: readonly FrozenContract[]): Resolved {
  const models = modelsOf(sides);
  if ("problem" in models) return models;
  const { model, diagnostics } = readContract(merged, sides.source);
  if (model === undefined)
    return {
      problem: `what both sides say together is not a valid contract (${diagnostics[0]?.code}: ${diagnostics[0]?.message})`,
    };
  const newest = released.at(-1)?.schemaVersion ?? 0;
  const known = new Set(models.base.history.map(({ version }) => version));
  const added = [models.ours, models.theirs].flatMap(({ history }) =>
    history.filter(({ version }) => !known.has(version)),
  );
  const addedByVersion = new Map(
    added.filter(({ version }) => version <= newest).map((entry) => [entry.version, entry]),
  );
  const drafts = added.filter(({ version }) => version > newest);
  const changes = [...new Set(drafts.map(({ change }) => change))];
  const reasons = drafts.map(({ wordingOnly }) => wordingOnly);
  // Only where both sides say so is all of it a matter of words.
  const wordingOnly = reasons.includes(undefined) ? undefined : [...new Set(reasons)].join(" ") || undefined;
  const whole = { ...model, frozen: released };
  const needed = neededNumbers(whole, released.length > 0 ? released : [models.base], wordingOnly);
  const sidesHighest = Math.max(models.ours.schemaVersion, models.theirs.schemaVersion);
  const schemaVersion = Math.max(
    needed?.schemaVersion ?? 0,
    newest,
    Math.min(sidesHighest, newest === 0 ? sidesHighest : newest + 1),
  );
  const consentEpoch = Math.max(needed?.consentEpoch ?? 0, models.ours.consentEpoch, models.theirs.consentEpoch);
  const change = changes.join(" ") || needed?.change || "";
  const raised = { schemaVersion, consentEpoch, change, ...(wordingOnly === undefined ? {} : { wordingOnly }) };
  const isNew = schemaVersion > newest && !known.has(schemaVersion);
  const told = [...addedByVersion.values()].reduce((now, entry) => addHistory(now, sides.source, entry), merged);
  const text = isNew ? raiseNumbers(told, model, raised) : setNumbers(told, model, raised);
  const problem = readContract(text, sides.source).diagnostics.find(({ severity }) => severity === "error");
  return problem === undefined
    ? { text, schemaVersion, consentEpoch, change }
    : { problem: `the result is not a valid contract (${problem.code}: ${problem.message})` };
}

function modelsOf(
  sides: Sides,
): { readonly base: Model; readonly ours: Model; readonly theirs: Model } | { readonly problem: string } {
  const read = {
    base: readContract(sides.base, sides.source),
    ours: readContract(sides.ours, sides.source),
    theirs: readContract(sides.theirs, sides.source),
  };
  const { base, ours, theirs } = { base: read.base.model, ours: read.ours.model, theirs: read.theirs.model };
  if (base !== undefined && ours !== undefined && theirs !== undefined) return { base, ours, theirs };
  const wrong = (["base", "ours", "theirs"] as const).find((side) => read[side].model === undefined) ?? "base";
  const [first] = read[wrong].diagnostics;
  return {
    problem: `its ${wrong === "base" ? "common ancestor" : `side "${wrong}"`} is not a complete contract (${first?.code}: ${first?.message})`,
  };
}

/** From the key `history` to the end of its list. */
function textOfHistory(text: string, source: string): { readonly start: number; readonly end: number } {
  const root = parseSpec(text, diagnosticSink(source));
  const list = root && at(root, "history");
  return { start: list?.start ?? text.length, end: list?.end ?? text.length };
}
