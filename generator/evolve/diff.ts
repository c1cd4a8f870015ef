import { machineBits } from "../model/bits.js";
import type { FrozenContract } from "../model/frozen.js";
import { EVOLUTION_CODES } from "./classes/index.js";
import { classify } from "./classify.js";
import { type Decision, decisionRows } from "./compare-consent.js";
import type { Finding, Impact } from "./finding.js";
import { introduce } from "./introduce.js";
import { bitsOfEvents } from "./invariants/budget.js";
import { oldClients, whoIsConcerned } from "./words.js";

/** Two versions of one contract, compared. */
export interface ContractDiff {
  /** The newer side's file. */
  readonly source: string;
  /** The newer side as text, for lines; empty for a frozen version. */
  readonly text: string;
  readonly from: Side;
  readonly to: Side;
  readonly findings: readonly Finding[];
  /** Only what changed. */
  readonly bits: readonly BitChange[];
  /** The sentences about a contract that is new as a whole. */
  readonly introduction: readonly string[];
  /** The decisions that changed, row by row, where there is more than one. */
  readonly decisions: readonly Decision[];
  /** The refusals of the invariants, where the newer side is the spec of a project. */
  readonly refused: readonly { readonly code: string; readonly message: string }[];
  /** True if `plainsight raise` would mend the numbers. */
  readonly raise: boolean;
}

export interface Side {
  /** `origin/main`, `spec/frozen/v1.json`. */
  readonly label: string;
  /** 0: the contract doesn't exist. */
  readonly schemaVersion: number;
  readonly consentEpoch: number;
}

/** The number of bits that something can carry. */
export interface BitChange {
  /** An event, or `one machine`. */
  readonly of: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly max: number | undefined;
}

export type Totals = Readonly<Record<Impact, number>>;

/** Compares two versions. */
export function diffContracts(
  before: { readonly label: string; readonly contract: FrozenContract },
  after: { readonly label: string; readonly contract: FrozenContract; readonly source: string; readonly text: string },
  locks: Pick<ContractDiff, "refused" | "raise">,
): ContractDiff {
  const { source, text } = after;
  return {
    source,
    text,
    from: side(before),
    to: side(after),
    findings: classify(before.contract, after.contract),
    bits: bitChanges(before.contract, after.contract),
    introduction: before.contract.schemaVersion === 0 ? introduce(after.contract) : [],
    decisions: decisionsOf(before.contract, after.contract),
    ...locks,
  };
}

/** One row alone stands among the findings. */
function decisionsOf(before: FrozenContract, after: FrozenContract): readonly Decision[] {
  const rows = before.schemaVersion === 0 ? [] : decisionRows(before, after);
  return rows.length > 1 ? rows : [];
}

function side({ label, contract }: { readonly label: string; readonly contract: FrozenContract }): Side {
  return { label, schemaVersion: contract.schemaVersion, consentEpoch: contract.consentEpoch };
}

/** A contract that was released and that nobody can compare with anything, for it isn't there any more. */
export function diffOfGone(source: string, label: string, last: FrozenContract, sentence: string): ContractDiff {
  const id = "support-removed";
  const { impact, needs } = EVOLUTION_CODES[id];
  const finding: Finding = {
    id,
    impact,
    needs,
    sentence,
    before: `v${last.schemaVersion}`,
    after: "gone",
    who: whoIsConcerned(id, undefined, last),
    old: oldClients(id, { impact, needs }, last, last),
  };
  const from = side({ label, contract: last });
  const to: Side = { label: source, schemaVersion: 0, consentEpoch: 0 };
  return {
    source,
    text: "",
    from,
    to,
    findings: [finding],
    bits: [],
    introduction: [],
    decisions: [],
    refused: [],
    raise: false,
  };
}

/** Findings of a shifted bucket count twice: as more, and as less. */
export function totals(diffs: readonly ContractDiff[]): Totals {
  const all = diffs.flatMap(({ findings }) => findings);
  const shifted = all.filter(({ id }) => id === "buckets-shifted").length;
  const of = (impact: Impact) => all.filter((finding) => finding.impact === impact).length;
  return {
    more: of("more") + shifted,
    less: of("less") + shifted,
    same: of("same") - shifted,
    docs: of("docs"),
    refused: of("refused"),
  };
}

/** `COLLECTS MORE 2 · COLLECTS LESS 1 · SAME DATA 0 · DOCS 3`, and what is refused, if anything is. */
export function summaryLine(diffs: readonly ContractDiff[]): string {
  const { more, less, same, docs, refused } = totals(diffs);
  const line = `COLLECTS MORE ${more} · COLLECTS LESS ${less} · SAME DATA ${same} · DOCS ${docs}`;
  return refused === 0 ? line : `${line} · REFUSED ${refused}`;
}

function bitChanges(before: FrozenContract, after: FrozenContract): readonly BitChange[] {
  const [was, is] = [bitsOfEvents(before), bitsOfEvents(after)];
  const machine = [before, after].map((contract) => machineBits(contract).closed);
  const rows: BitChange[] = [...new Set([...was.keys(), ...is.keys()])].map((name) => ({
    of: `"${name}"`,
    before: was.get(name),
    after: is.get(name),
    max: after.maxBits,
  }));
  const all: BitChange[] = [...rows, { of: "one machine", before: machine[0], after: machine[1], max: undefined }];
  return all.filter((row) => row.before?.toFixed(1) !== row.after?.toFixed(1));
}

/** `14.2 → 16.5 of 20 bits`. */
export function bitsInWords({ before, after, max }: BitChange): string {
  const number = (bits: number | undefined) => (bits === undefined ? "0" : bits.toFixed(1));
  return `${number(before)} → ${number(after)}${max === undefined ? "" : ` of ${max}`} bits`;
}
