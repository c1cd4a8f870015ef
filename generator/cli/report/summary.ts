import type { RunReport } from "./report.js";

/** The last line: what a person wants to know at the end. Without the time, which only a person wants. */
export function summary({ counts, changes, written, findings, exitCode }: RunReport): string {
  const parts: string[] = [];
  if (findings.length > 0) {
    const errors = findings.filter(({ severity }) => severity === "error").length;
    parts.push(
      [many(errors, "error"), many(findings.length - errors, "warning")]
        .filter((part) => !part.startsWith("0 "))
        .join(", "),
    );
  }
  if (counts.contracts > 0) {
    const said = `${many(counts.contracts, "contract")}, ${many(counts.events, "event")}, ${many(counts.fields, "field")}, ${many(counts.versions, "version")}, ${many(counts.rules, "rule")}, ${many(counts.files, "file")} checked`;
    const of = (kind: string) => changes.filter((change) => change.kind === kind).length;
    const did = written
      ? `${of("missing") + of("changed")} written, ${counts.unchanged} unchanged, ${of("surplus")} removed`
      : changes.length === 0
        ? "nothing to do"
        : `${of("missing")} missing, ${of("changed")} changed, ${of("surplus")} surplus`;
    parts.push(`${said}: ${did}`);
  } else if (exitCode !== 0) {
    parts.push("nothing was generated");
  }
  return parts.join("; ");
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
