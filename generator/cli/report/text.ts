import { createColors } from "picocolors";
import { renderEach } from "../../diagnostics/render-text.js";
import { wrapLine } from "../../diagnostics/terminal-text.js";
import { shortDiff } from "../../output/short-diff.js";
import type { Report } from "./report.js";
import { summary } from "./summary.js";

/** So many differing files are shown with what differs; the rest by name, and at last by number. */
const shownWithDiff = 10;
const shownByName = 40;

/** For people. */
export function text(report: Report): string {
  const colors = createColors(report.color);
  const blocks = [...findings(report), ...drift(report)];
  const time = report.seconds < 10 ? report.seconds.toFixed(2) : report.seconds.toFixed(0);
  const last = `${summary(report)} (${time} s)`;
  const notes = (report.notes ?? []).flatMap((note) => [...wrapLine(`note: ${note}`, report.columns, "      "), ""]);
  return [...blocks, ...notes, report.exitCode === 0 ? colors.green(last) : colors.red(last), ""].join("\n");
}

function findings({ findings: found, sources, color, columns }: Report): string[] {
  const colors = createColors(color);
  const kinds = { error: colors.red("error"), warning: colors.yellow("warning") };
  return renderEach(found, sources, columns).map((rendered, index) => {
    const { severity, code } = found[index] as (typeof found)[number];
    return rendered.replace(`${severity} ${code}`, () => `${kinds[severity]} ${code}`);
  });
}

/** Names what was written, and shows what should be. */
function drift({ changes, written, mend, color }: Report): string[] {
  const colors = createColors(color);
  const sign = { missing: colors.green("+"), changed: colors.yellow("~"), surplus: colors.red("-") };
  const rest = changes.length > shownByName ? [`… and ${changes.length - shownByName} more`] : [];
  if (written)
    return [...changes.slice(0, shownByName).map(({ kind, shownAs }) => `${sign[kind]} ${shownAs}`), ...rest];
  const lines = changes.slice(0, shownByName).flatMap((change, index) => {
    const head = `${sign[change.kind]} ${change.shownAs}  ${colors.bold(change.kind)}`;
    if (change.kind !== "changed" || index >= shownWithDiff) return [head];
    return [head, ...shortDiff(change.before, change.text).map((line) => `    ${paint(line, colors)}`)];
  });
  return changes.length === 0 ? [] : [...lines, ...rest, "", `fix it with: ${colors.bold(mend)}`, ""];
}

function paint(line: string, colors: ReturnType<typeof createColors>): string {
  return line.startsWith("+") ? colors.green(line) : line.startsWith("-") ? colors.red(line) : colors.dim(line);
}
