import { type Block, code, codeBlock, list, paragraph, type Section, say, table } from "../../emit/document.js";
import { printSections } from "../../emit/markdown.js";
import { bitsInWords, type ContractDiff, summaryLine } from "../diff.js";
import { type Finding, type Impact, impactTitles } from "../finding.js";
import { shownRows } from "./decisions.js";
import { locationOf, raiseCommand, spoken, versionOf } from "./location.js";

const order: readonly Impact[] = ["refused", "more", "less", "same", "docs"];

const meanings: Readonly<Record<Impact, string>> = {
  refused: "No label or flag lets these through.",
  more: "New information is collected.",
  less: "Less information is collected. Clients that are already out there stay accepted.",
  same: "The same information is built, described or sent in another way.",
  docs: "Words only.",
};

/** For a comment on a pull request, or a job's summary. Every text of a spec goes through the one printer that escapes. */
export function markdown(diffs: readonly ContractDiff[]): string {
  const changed = diffs.filter(({ findings, refused }) => findings.length + refused.length > 0);
  const mend: readonly Block[] = diffs.some(({ raise }) => raise)
    ? [paragraph("To fix the version numbers:"), codeBlock("sh", raiseCommand)]
    : [];
  const none: readonly Block[] = changed.length === 0 ? [paragraph("No contract changed.")] : [];
  return printSections([{ title: summaryLine(diffs), blocks: [...none, ...mend], sections: changed.map(contract) }]);
}

function contract(diff: ContractDiff): Section {
  const { from, to, findings, bits, decisions, refused } = diff;
  const sections = order.flatMap((impact) => {
    const ofImpact = findings.filter((finding) => finding.impact === impact);
    return ofImpact.length === 0
      ? []
      : [{ title: impactTitles[impact], blocks: [paragraph(meanings[impact]), rows(diff, ofImpact)] }];
  });
  const blocks: readonly Block[] = [
    paragraph(
      say`${from.label}: ${versionOf(from)}; here: ${versionOf(to)}; consent epoch ${String(from.consentEpoch)}${" → "}${String(to.consentEpoch)}.`,
    ),
    ...(diff.introduction.length === 0 ? [] : [paragraph("This contract is new:"), list(diff.introduction)]),
    ...refused.map(({ code: id, message }) => paragraph(say`Refused, ${code(id)}: ${message}`)),
    ...(bits.length === 0
      ? []
      : [
          table(
            ["How much can be told", "Bits"],
            bits.map((row) => [row.of, bitsInWords(row)]),
          ),
        ]),
    ...(decisions.length === 0
      ? []
      : [
          table(
            ["On or off", "Before", "After"],
            shownRows(decisions).map(({ given, before, after }) => [given, before, after]),
          ),
        ]),
  ];
  return { title: code(diff.source), blocks, sections };
}

function rows(diff: ContractDiff, findings: readonly Finding[]): Block {
  return table(
    ["What", "Before", "After", "Who", "Old clients"],
    findings.map((finding) => [
      say`${finding.sentence} (${code(finding.id)}, ${spoken(locationOf(diff, finding))})`,
      finding.before,
      finding.after,
      finding.who,
      finding.old,
    ]),
  );
}
