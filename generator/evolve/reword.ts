import type { FrozenContract } from "../model/frozen.js";
import { EVOLUTION_CODES } from "./classes/index.js";
import type { Finding } from "./finding.js";

/** A finding, and what it is about if only words differ. */
export interface Worded {
  readonly finding: Finding;
  readonly words?: string | undefined;
}

/**
 * Marks changes as words alone, where `history` says of a version in between that its words mean the same, what differs in words
 * alone counts as words. Something that is merely gone, or merely new, isn't reworded: each old text needs a new one beside it.
 */
export function reworded(all: readonly Worded[], before: FrozenContract, after: FrozenContract): readonly Finding[] {
  const reason = after.history.find(
    ({ version, wordingOnly }) =>
      wordingOnly !== undefined && version > before.schemaVersion && version <= after.schemaVersion,
  )?.wordingOnly;
  if (reason === undefined) return all.map(({ finding }) => finding);
  const groups = new Map<string, Finding[]>();
  for (const { finding, words } of all)
    if (words !== undefined) groups.set(words, [...(groups.get(words) ?? []), finding]);
  const replaced = new Map<Finding, Finding | undefined>();
  for (const [words, findings] of groups) {
    const gone = findings.filter((one) => one.after === "gone");
    const come = findings.filter((one) => one.before === "not there");
    // Whichever of the two says more of people has to find its counterpart.
    const [more, less] = gone.some(({ impact }) => impact === "more") ? [gone, come] : [come, gone];
    if (more.length <= less.length)
      for (const [index, one] of more.entries()) {
        const other = less[index] as Finding;
        const [was, is] = one.after === "gone" ? [one, other] : [other, one];
        replaced.set(one, asWords(one, words, was.before, is.after, reason));
        replaced.set(other, undefined);
      }
    for (const one of findings)
      if (!gone.includes(one) && !come.includes(one))
        replaced.set(one, asWords(one, words, one.before, one.after, reason));
  }
  return all.flatMap(({ finding }) => (replaced.has(finding) ? (replaced.get(finding) ?? []) : finding));
}

function asWords(finding: Finding, words: string, before: string, after: string, reason: string): Finding {
  const id = "reworded";
  const { impact, needs } = EVOLUTION_CODES[id];
  const sentence = `Other words, said to mean the same (${reason.replace(/\.$/, "")}), for ${words}: ${after}`;
  const old = "Old clients are not concerned.";
  return { ...finding, id, impact, needs, sentence: sentence.replace(/[^.!?]$/, "$&."), before, after, old };
}
