import { located, type RunReport } from "./report.js";
import { summary } from "./summary.js";

/** Workflow commands: GitHub shows each as an annotation at its line. The last line is for the log. */
export function github(report: RunReport): string {
  const lines = located(report).map(({ severity, code, message, hint, place }) => {
    const where =
      place === undefined
        ? {}
        : { file: place.file, line: place.line, col: place.column, endLine: place.endLine, endColumn: place.endColumn };
    const properties = Object.entries({ ...where, title: code }).map(
      ([key, value]) => `${key}=${property(String(value))}`,
    );
    return `::${severity} ${properties.join(",")}::${data(hint === undefined ? message : `${message}\n${hint}`)}`;
  });
  const notes = (report.notes ?? []).map((note) => `::notice::${data(note)}`);
  return [...lines, ...notes, data(summary(report)), ""].join("\n");
}

/** Returns what would otherwise end the command, or begin another. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
