import { escapeUnseen } from "../../emit/escape.js";
import { located, type RunReport } from "./report.js";

/** For scripts. The keys are permanent; nothing in it depends on the clock or the machine. */
export function json(report: RunReport): string {
  const { name, exitCode, written, changes, counts } = report;
  const ours = {
    format: 1,
    command: name,
    exitCode,
    findings: located({ ...report, written: true }).map(({ place, related, ...rest }) => ({
      ...rest,
      ...place,
      ...(related.length === 0
        ? {}
        : { related: related.map((other) => ({ message: other.message, ...other.place })) }),
    })),
    files: changes.map(({ kind, shownAs }) => ({ file: shownAs, was: kind })),
    written,
    ...(written || changes.length === 0 ? {} : { mend: report.mend }),
    counts,
    ...(report.notes === undefined ? {} : { notes: report.notes }),
  };
  return `${escapeUnseen(JSON.stringify(ours, null, 2))}\n`;
}
