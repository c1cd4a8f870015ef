import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { type Against, type Base, leftBehind, openBase, requestOf } from "./evolve/base.js";
import { checkEvolution } from "./evolve/check-evolution.js";
import type { ContractFiles } from "./evolve/frozen-files.js";
import type { Contract } from "./evolve/read-spec.js";
import { rules } from "./evolve/rules/index.js";
import { type Sides, sidesOf } from "./evolve/sides.js";
import { unfrozenReleases } from "./evolve/tags.js";
import type { Model } from "./model/model.js";

export { type Against, openBase, readBase, requestOf } from "./evolve/base.js";
export { compareDeployed } from "./evolve/compare-deployed.js";
export { readChain } from "./evolve/frozen-chain.js";
export { diffFiles, diffWithBase, diffWithReleased } from "./evolve/gather-diffs.js";
export { markSize, mergeHunks } from "./evolve/merge-hunks.js";
export { planFreeze } from "./evolve/plan-freeze.js";
export { neededNumbers } from "./evolve/raise.js";
export { raiseNumbers } from "./evolve/raise-text.js";
export { type Contract, readSpec } from "./evolve/read-spec.js";
export { diffFormats } from "./evolve/report/index.js";
export { withNumbers, withoutNumbers } from "./evolve/resolve.js";
export { allFindings, explain, findingsPage, idsLike } from "./findings.js";
export { freezeOlder } from "./freeze-older.js";
export { joinProgrammes } from "./spec/join-programmes.js";
export { metaSchemaText } from "./spec/meta-schema.js";
export { parseDocument } from "./spec/parse-document.js";
export { judgeTogether } from "./spec/together.js";

/**
 * The half of the tool that understands contracts, a bundle of its own: it parses, validates and compares. The command line
 * loads it only when there is something to be read; what prints is `generate.ts`.
 */

/** The number of kinds of change. */
export const ruleCount = rules.length;

/** The result of a comparison with another commit. */
export interface Compared {
  /** No: there is nothing to compare with, which is a failure and not a clean run. */
  readonly readable: boolean;
  readonly findings: readonly Diagnostic[];
  /** The number of contracts on the base. */
  readonly versions: number;
  /** The parts that could not be compared. */
  readonly notes: readonly string[];
}

export const noBase: Compared = { readable: true, findings: [], versions: 0, notes: [] };

/**
 * Holds contracts against those of a commit. Only what the base adds is reported: the rest was found before.
 * @param contracts as they were read, or only their files where they are known to be clean.
 */
export function compareWithBase(
  contracts: readonly (ContractFiles | Contract)[],
  against: Against,
  root: string,
): Compared {
  const there = openBase(against, root, contracts.map(requestOf));
  if ("code" in there) return { ...noBase, readable: false, findings: [there] };
  const found = contracts.flatMap((contract) => ("findings" in contract ? contract.findings : []));
  const known = new Set(found.map(({ code, message }) => `${code} ${message}`));
  const sides = there.files.flatMap((base, index): readonly Sides[] => {
    const read = sidesOf(contracts[index] as ContractFiles, base);
    return "base" in read ? [read] : [];
  });
  const findings = [
    ...sides.flatMap(({ model, base }) => checkEvolution(model, base).diagnostics),
    ...unfrozenReleases(
      sides.map(({ model }) => model),
      there.commit,
      root,
    ),
    ...leftBehind(
      there,
      root,
      contracts.map(({ spec }) => spec.source),
    ).map(({ finding }) => finding),
  ];
  return {
    readable: true,
    findings: findings.filter(({ code, message }) => !known.has(`${code} ${message}`)),
    versions: sides.filter(({ base }) => base.model !== undefined).length,
    notes: sides.flatMap(({ model, base }) => unread(base, model)),
  };
}

function unread({ ref, unread: why, frozen }: Base, model: Model): readonly string[] {
  if (why === undefined) return [];
  const held = frozen.map(({ schemaVersion }) => `v${schemaVersion}`);
  return [
    `${model.source} on ${ref} can't be read by this version of plainsight (${why}). ${held.length === 0 ? "Nothing of it could be compared" : `It was held against what was released: ${held.join(", ")}`}.`,
  ];
}
