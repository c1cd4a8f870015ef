import { styleText } from "node:util";
import { renderEach } from "../../diagnostics/render-text.js";
import { wrapLine } from "../../diagnostics/terminal-text.js";
import { shortDiff } from "../../output/short-diff.js";
import type { RunReport } from "./report.js";
import { summary } from "./summary.js";

/** The most files whose differences are shown; further ones are listed by name, and past that only counted. */
const shownWithDiff = 10;
const shownByName = 40;

/** For people. */
export function text(report: RunReport): string {
  const blocks = [...findings(report), ...drift(report)];
  const time = report.seconds < 10 ? report.seconds.toFixed(2) : report.seconds.toFixed(0);
  const last = `${summary(report)} (${time} s)`;
  const notes = (report.notes ?? []).flatMap((note) => [...wrapLine(`note: ${note}`, report.columns, "      "), ""]);
  return [...blocks, ...notes, styled(report.exitCode === 0 ? "green" : "red", last, report.color), ""].join("\n");
}

function findings({ findings: found, sources, color, columns }: RunReport): string[] {
  const kinds = { error: styled("red", "error", color), warning: styled("yellow", "warning", color) };
  return renderEach(found, sources, columns).map((rendered, index) => {
    const { severity, code } = found[index] as (typeof found)[number];
    return rendered.replace(`${severity} ${code}`, () => `${kinds[severity]} ${code}`);
  });
}

/** Names what was written, and shows what should be. */
function drift({ changes, written, mend, color }: RunReport): string[] {
  const sign = {
    missing: styled("green", "+", color),
    changed: styled("yellow", "~", color),
    surplus: styled("red", "-", color),
  };
  const rest = changes.length > shownByName ? [`… and ${changes.length - shownByName} more`] : [];
  if (written)
    return [...changes.slice(0, shownByName).map(({ kind, shownAs }) => `${sign[kind]} ${shownAs}`), ...rest];
  const lines = changes.slice(0, shownByName).flatMap((change, index) => {
    const head = `${sign[change.kind]} ${change.shownAs}  ${styled("bold", change.kind, color)}`;
    if (change.kind !== "changed" || index >= shownWithDiff) return [head];
    return [head, ...shortDiff(change.before, change.text).map((line) => `    ${ofDiff(line, color)}`)];
  });
  return changes.length === 0 ? [] : [...lines, ...rest, "", `fix it with: ${styled("bold", mend, color)}`, ""];
}

function ofDiff(line: string, color: boolean): string {
  return styled(line.startsWith("+") ? "green" : line.startsWith("-") ? "red" : "dim", line, color);
}

type Style = "bold" | "dim" | "green" | "red" | "yellow";

function styled(style: Style, text: string, color: boolean): string {
  // Whether a terminal wants colours was decided already; newer versions of Node would decide again.
  return color ? styleText(style, text, { validateStream: false }) : text;
}
