import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Model } from "../model/model.js";
import { classify } from "./classify.js";
import { frozenName } from "./frozen-files.js";
import { freeze, printFrozen } from "./frozen-text.js";
import { refusal } from "./refusal.js";

/** The result of freezing a contract. */
export type FreezePlan =
  | { readonly kind: "write"; readonly file: string; readonly text: string }
  /** Already there, and it says the same but for words. */
  | { readonly kind: "kept"; readonly file: string }
  | { readonly kind: "refused"; readonly findings: readonly Diagnostic[] };

/** Today's contract as a released version: a new file, or none. A released version is never written over. */
export function planFreeze(model: Model): FreezePlan {
  const file = `${model.source.replace(/[^/]*$/, "")}${frozenName(model.schemaVersion)}`;
  const release = model.frozen.find(({ schemaVersion }) => schemaVersion === model.schemaVersion);
  if (release === undefined) return { kind: "write", file, text: printFrozen(freeze(model)) };
  const changes = classify(release, model).filter(({ needs, impact }) => needs !== "nothing" || impact === "refused");
  if (changes.length === 0) return { kind: "kept", file };
  const message = `${file} is released, and the spec says something else: ${changes[0]?.sentence}`;
  const hint =
    "Run `plainsight raise`, then freeze the new version. Only if this one was never released: delete the file and freeze again; on the base branch it is held against you.";
  return {
    kind: "refused",
    findings: [refusal("frozen-edited", message, changes.find(({ span }) => span !== undefined)?.span, hint)],
  };
}
