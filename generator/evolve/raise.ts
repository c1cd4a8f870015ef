import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { classify } from "./classify.js";
import type { Finding } from "./finding.js";

/** The numbers that a contract must have after what changed since its last release. */
export interface Raised {
  readonly schemaVersion: number;
  readonly consentEpoch: number;
  /** For `history`: what changed, in one sentence. */
  readonly change: string;
  readonly wordingOnly?: string;
}

/** Undefined when its numbers are high enough. */
export function neededNumbers(
  model: Model,
  released: readonly FrozenContract[] = model.frozen,
  wordingOnly?: string,
): Raised | undefined {
  const last = released.at(-1);
  if (last === undefined) return undefined;
  const version = last.schemaVersion + 1;
  // As it will be once its history says so.
  const entry = { at: model.at, version, change: "", ...(wordingOnly === undefined ? {} : { wordingOnly }) };
  const said =
    wordingOnly === undefined ? model : { ...model, schemaVersion: version, history: [...model.history, entry] };
  const findings = classify(last, said).filter(({ needs, impact }) => needs !== "nothing" && impact !== "refused");
  const told = Math.max(...released.map(({ consentEpoch }) => consentEpoch));
  const untold = findings.some(({ needs }) => needs === "version and epoch");
  const schemaVersion = findings.length > 0 ? last.schemaVersion + 1 : model.schemaVersion;
  const consentEpoch = untold ? Math.max(told + 1, model.consentEpoch) : model.consentEpoch;
  if (schemaVersion === model.schemaVersion && consentEpoch === model.consentEpoch) return undefined;
  return {
    schemaVersion,
    consentEpoch,
    change: inOneSentence(findings),
    ...(wordingOnly === undefined ? {} : { wordingOnly }),
  };
}

function inOneSentence(findings: readonly Finding[]): string {
  const said = findings.slice(0, 3).map(({ sentence }) => sentence);
  return [...said, ...(findings.length > 3 ? [`And ${findings.length - 3} more changes.`] : [])].join(" ");
}
