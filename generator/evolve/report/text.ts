import { visibleLines } from "../../emit/visible.js";
import type { Decision } from "../compare-consent.js";
import { bitsInWords, type ContractDiff, summaryLine } from "../diff.js";
import { type Finding, impactTitles } from "../finding.js";
import { shownRows } from "./decisions.js";
import { locationOf, raiseCommand, spoken, versionOf } from "./location.js";

/** For people at a prompt; nothing that a contract says is obeyed by their terminal. The summary comes first: it is what scripts cut out and people look for. */
export function text(diffs: readonly ContractDiff[]): string {
  const raise = diffs.some((diff) => diff.raise) ? [`To fix the version numbers: ${raiseCommand}`, ""] : [];
  return [summaryLine(diffs), "", ...diffs.flatMap(contract).map(seen), ...raise].join("\n");
}

/** A line of ours with its indentation and columns, and texts of others in it. */
function seen(line: string): string {
  return visibleLines(line).replaceAll(/[\n\t]/g, " ");
}

function contract(diff: ContractDiff): readonly string[] {
  const { from, to, findings, bits, decisions, refused } = diff;
  const head = `${diff.source}  ${versionOf(from)} (${from.label}) → ${versionOf(to)}, consent epoch ${from.consentEpoch} → ${to.consentEpoch}`;
  const errors = [
    ...refused.map(({ code, message }) => `error ${code}: ${message}`),
    ...(refused.length === 0 ? [] : [""]),
  ];
  if (findings.length === 0) return [head, "  no changes", "", ...errors];
  return [
    head,
    "",
    ...(diff.introduction.length === 0
      ? []
      : ["This contract is new:", ...diff.introduction.map((line) => `    ${line}`), ""]),
    ...findings.flatMap((finding) => block(diff, finding)),
    ...(bits.length === 0
      ? []
      : ["how identifying it is:", ...bits.map((row) => `    ${row.of}  ${bitsInWords(row)}`), ""]),
    ...(decisions.length === 0 ? [] : ["on or off:", ...columns(shownRows(decisions)), ""]),
    ...errors,
  ];
}

function columns(rows: readonly Decision[]): readonly string[] {
  const [given, before] = [rows.map((row) => row.given.length), rows.map((row) => row.before.length)].map((lengths) =>
    Math.max(...lengths),
  ) as [number, number];
  return rows.map((row) => `    ${row.given.padEnd(given)}  ${row.before.padEnd(before)} → ${row.after}`);
}

function block(diff: ContractDiff, finding: Finding): readonly string[] {
  const { id, impact, sentence, old } = finding;
  const rows = [
    ["before", finding.before],
    ["after", finding.after],
    ["who", finding.who],
  ] as const;
  return [
    `${spoken(locationOf(diff, finding))}: ${id}: ${impactTitles[impact]}: ${sentence} ${old}`,
    ...rows.map(([name, value]) => `    ${name.padEnd(6)}  ${value}`),
    "",
  ];
}
