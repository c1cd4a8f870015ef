import { TextDecoder } from "node:util";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { runFinding } from "./diagnostics/run-codes.js";
import { attachReleases } from "./evolve/attach-releases.js";
import { type Base, baseCommit, leftBehind, readBases, requestOf } from "./evolve/base.js";
import { checkEvolution } from "./evolve/check-evolution.js";
import type { FrozenFile } from "./evolve/frozen-files.js";
import { rules } from "./evolve/rules/index.js";
import { unfrozenReleases } from "./evolve/tags.js";
import type { Model } from "./model/model.js";
import type { SpecFile } from "./spec/load.js";
import type { KnownEvents } from "./spec/parse-in-parts.js";
import { readContract } from "./spec/read-contract.js";

export { baseCommit, readBases, requestOf } from "./evolve/base.js";
export { compareDeployed } from "./evolve/compare-deployed.js";
export { readChain } from "./evolve/frozen-chain.js";
export { diffFiles, diffWithBase, diffWithReleased } from "./evolve/gather-diffs.js";
export { markSize, mergeHunks } from "./evolve/merge-hunks.js";
export { planFreeze } from "./evolve/plan-freeze.js";
export { neededNumbers } from "./evolve/raise.js";
export { raiseNumbers } from "./evolve/raise-text.js";
export { diffFormats } from "./evolve/report/index.js";
export { withNumbers, withoutNumbers } from "./evolve/resolve.js";
export { explain, FINDINGS, findingsPage, idsLike } from "./findings.js";
export { metaSchemaText } from "./spec/meta-schema.js";
export { parseDocument } from "./spec/parse-document.js";
export { judgeTogether } from "./spec/together.js";

/**
 * The half of the tool that understands contracts, a bundle of its own: it parses, validates and compares. The command line
 * loads it only when there is something to be read; what prints is `generate.ts`.
 */

/** One contract that was read: its model, unless a finding is an error. */
export interface Contract {
  readonly spec: SpecFile;
  /** The spec as text, for showing lines of it. */
  readonly text: string;
  readonly model?: Model;
  /** The same, also when a released version forbids what it says: for comparing it. */
  readonly uncheckedModel?: Model;
  readonly findings: readonly Diagnostic[];
}

/** load → validate → build → evolve, for one contract and its released versions. Never throws. */
export function readSpec(spec: SpecFile, past: readonly FrozenFile[], today?: string, known?: KnownEvents): Contract {
  const text = decode(spec.bytes);
  if (text === undefined)
    return { spec, text: "", findings: [runFinding("spec-unreadable", `${spec.source} is not UTF-8 text.`)] };
  const { model, diagnostics } = readContract(text, spec.source, today, known);
  if (model === undefined) return { spec, text, findings: diagnostics };
  const whole = attachReleases(model, past);
  const locks = whole.diagnostics.length > 0 ? whole.diagnostics : checkEvolution(whole.model).diagnostics;
  const kept = locks.length > 0 ? {} : { model: whole.model };
  return { spec, text, findings: [...diagnostics, ...locks], uncheckedModel: whole.model, ...kept };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many kinds of change are looked for. */
export const ruleCount = rules.length;

/** What a comparison with another commit came to. */
export interface Compared {
  /** No: there is nothing to compare with, which is a failure and not a clean run. */
  readonly readable: boolean;
  readonly findings: readonly Diagnostic[];
  /** How many contracts the base had. */
  readonly versions: number;
  /** What could not be compared. */
  readonly notes: readonly string[];
}

export const noBase: Compared = { readable: true, findings: [], versions: 0, notes: [] };

/** Which commit contracts are held against. */
export interface Against {
  readonly ref: string;
  /** The commit itself, and not where it and this one parted. */
  readonly exact: boolean;
}

/** Holds the contracts against those of a commit. Only what the base adds is told: the rest was found before. */
export function compareWithBase(contracts: readonly Contract[], { ref, exact }: Against, root: string): Compared {
  const models = contracts.flatMap(({ uncheckedModel }) => uncheckedModel ?? []);
  const commit = baseCommit(ref, root, exact);
  if ("code" in commit) return { ...noBase, readable: false, findings: [commit] };
  const { bases, diagnostics } = readBases(commit, root, models.map(requestOf));
  if (diagnostics.length > 0) return { ...noBase, readable: false, findings: diagnostics };
  const known = new Set(contracts.flatMap(({ findings }) => findings.map(({ code, message }) => `${code} ${message}`)));
  const sources = contracts.map(({ spec }) => spec.source);
  const findings = [
    ...models.flatMap((model, index) => checkEvolution(model, bases[index]).diagnostics),
    ...unfrozenReleases(models, commit, root),
    ...leftBehind(commit, root, sources).map(({ finding }) => finding),
  ];
  const own = findings.filter(({ code, message }) => !known.has(`${code} ${message}`));
  const versions = bases.filter(({ model }) => model !== undefined).length;
  return {
    readable: true,
    findings: own,
    versions,
    notes: bases.flatMap((base, index) => unread(base, models[index])),
  };
}

function unread({ ref, unread: why, frozen }: Base, model: Model | undefined): readonly string[] {
  if (why === undefined || model === undefined) return [];
  const held = frozen.map(({ schemaVersion }) => `v${schemaVersion}`);
  return [
    `${model.source} on ${ref} can't be read by this version of plainsight (${why}). ${held.length === 0 ? "Nothing of it could be compared" : `It was held against what was released: ${held.join(", ")}`}.`,
  ];
}
