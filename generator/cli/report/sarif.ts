import { compareText } from "../../diagnostics/diagnostic.js";
import { escapeUnseen } from "../../emit/escape.js";
import { type Location, located, type RunReport } from "./report.js";

/** SARIF 2.1.0, for code scanning: one run, one rule per code that was met. */
export function sarif(report: RunReport): string {
  const findings = located(report);
  const codes = [...new Set(findings.map(({ code }) => code))].sort(compareText);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "plainsight", version: report.version, rules: codes.map((id) => ruleOf(id, report.about)) },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ code, severity, message, hint, place, related }) => ({
          ruleId: code,
          ruleIndex: codes.indexOf(code),
          level: severity,
          message: { text: hint === undefined ? message : `${message} ${hint}` },
          locations: place === undefined ? [] : [{ physicalLocation: physical(place) }],
          ...(related.length === 0
            ? {}
            : {
                relatedLocations: related.map((other) => ({
                  message: { text: other.message },
                  physicalLocation: physical(other.place),
                })),
              }),
        })),
      },
    ],
  };
  return `${escapeUnseen(JSON.stringify(log, null, 2))}\n`;
}

/** Returns what a reader of the report finds behind a rule's name, without running anything. */
function ruleOf(id: string, about: RunReport["about"]): object {
  const info = about(id);
  if (info === undefined) return { id };
  const { title, why, mend } = info;
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: why },
    help: { text: `${why}\n\nWhat to do: ${mend}`, markdown: `${why}\n\n**What to do**: ${mend}` },
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function physical({ file, line, column, endLine, endColumn }: Location) {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  return { artifactLocation: { uri }, region: { startLine: line, startColumn: column, endLine, endColumn } };
}
