import { escapeUnseen } from "../../emit/escape.js";
import { type ContractDiff, summaryLine, totals } from "../diff.js";
import { type Impact, impactTitles } from "../finding.js";
import { locationOf, raiseCommand } from "./location.js";

/** For scripts. The keys are permanent; nothing depends on the clock or the machine. */
export function json(diffs: readonly ContractDiff[]): string {
  const contracts = diffs.map((diff) => ({
    file: diff.source,
    from: diff.from,
    to: diff.to,
    findings: diff.findings.map((finding) => {
      const { span: _span, ...rest } = finding;
      // Scripts know it as the verdict: a key is permanent.
      const said = Object.entries(rest).map(([key, value]) => [key === "impact" ? "verdict" : key, value] as const);
      return { ...Object.fromEntries(said), ...locationOf(diff, finding) };
    }),
    bits: diff.bits,
    introduction: diff.introduction,
    decisions: diff.decisions,
    refused: diff.refused,
  }));
  const mend = diffs.some(({ raise }) => raise) ? { mend: raiseCommand } : {};
  return `${escapeUnseen(JSON.stringify({ format: 1, summary: totals(diffs), contracts, ...mend }, null, 2))}\n`;
}

const levels: Readonly<Record<Impact, "error" | "warning" | "notice">> = {
  refused: "error",
  more: "warning",
  less: "notice",
  same: "notice",
  docs: "notice",
};

/** Workflow commands: GitHub shows each at its line. What would end a command, or begin another, is escaped. */
export function github(diffs: readonly ContractDiff[]): string {
  const lines = diffs.flatMap((diff) => [
    ...diff.findings.map((finding) => {
      const { file, line, column } = locationOf(diff, finding);
      const { impact, id, sentence, before, after, who, old } = finding;
      const properties = {
        file,
        ...(line === undefined ? {} : { line, col: column }),
        title: `${impactTitles[impact]}: ${id}`,
      };
      const shown = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
      return `::${levels[impact]} ${shown.join(",")}::${data(`${sentence} ${old}\nbefore: ${before}\nafter: ${after}\nwho: ${who}`)}`;
    }),
    ...diff.refused.map(
      ({ code, message }) => `::error file=${property(diff.source)},title=${property(code)}::${data(message)}`,
    ),
  ]);
  return [...lines, data(summaryLine(diffs)), ""].join("\n");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function location(file: string, startLine: number, startColumn: number): readonly object[] {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  return [{ physicalLocation: { artifactLocation: { uri }, region: { startLine, startColumn } } }];
}

/** SARIF 2.1.0, for code scanning. */
export function sarif(diffs: readonly ContractDiff[]): string {
  const located = diffs.flatMap((diff) => diff.findings.map((finding) => ({ diff, finding })));
  const locks = diffs.flatMap(({ source, refused }) => refused.map((one) => ({ source, ...one })));
  const ids = [...new Set([...located.map(({ finding }) => finding.id), ...locks.map(({ code }) => code)])].sort();
  const results = located.map(({ diff, finding }) => {
    const { file, line = 1, column = 1 } = locationOf(diff, finding);
    const { id, impact, sentence, before, after, who, old } = finding;
    return {
      ruleId: id,
      ruleIndex: ids.indexOf(id),
      level: levels[impact] === "notice" ? "note" : levels[impact],
      message: {
        text: `${impactTitles[impact]}: ${sentence} ${old} Before: ${before}. After: ${after}. Who: ${who}.`,
      },
      locations: location(file, line, column),
    };
  });
  const refused = locks.map(({ source, code, message }) => ({
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: "error",
    message: { text: message },
    locations: location(source, 1, 1),
  }));
  const run = {
    tool: { driver: { name: "plainsight", rules: ids.map((id) => ({ id })) } },
    columnKind: "utf16CodeUnits",
    results: [...results, ...refused],
  };
  return `${escapeUnseen(JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }, null, 2))}\n`;
}
