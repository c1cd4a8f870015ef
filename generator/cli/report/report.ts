import type { Diagnostic, Severity, Span } from "../../diagnostics/diagnostic.js";
import { lineStarts, positionOf } from "../../diagnostics/position.js";
import { runFinding } from "../../diagnostics/run-codes.js";
import type { RunName } from "../run-once.js";
import type { SeenOutcome } from "./as-seen-from.js";

/** Everything that a form of report may tell. */
export interface RunReport extends SeenOutcome {
  readonly name: RunName;
  /** The one command that mends a drift. */
  readonly mend: string;
  readonly seconds: number;
  readonly color: boolean;
  /** Of the terminal; undefined where it goes elsewhere: then no line is wrapped. */
  readonly columns: number | undefined;
  readonly version: string;
  /** The title, the reason and the fix of a finding, by its code. */
  readonly about: (code: string) => { readonly title: string; readonly why: string; readonly mend: string } | undefined;
}

export type Format = (report: RunReport) => string;

/** A finding as machines read it: lines and columns, counted from 1, instead of offsets. */
export interface Located {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly place?: Location;
  readonly related: readonly { readonly message: string; readonly place: Location }[];
}

export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Findings and, unless they were written, the files that drifted: all that makes a run unclean, in one list. */
export function located(report: RunReport): readonly Located[] {
  const starts = new Map<string, readonly number[]>();
  const place = (span: Span) => {
    const lines = starts.get(span.file) ?? lineStarts(report.sources.get(span.file) ?? "");
    starts.set(span.file, lines);
    return placeOf(span, lines);
  };
  const finding = ({ code, severity, message, hint, span, related = [] }: Diagnostic): Located => ({
    code,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(span === undefined ? {} : { place: place(span) }),
    related: related.map((other) => ({ message: other.message, place: place(other.span) })),
  });
  const drift = report.written
    ? []
    : report.changes.map(({ kind, shownAs }) => ({
        ...runFinding(`file-${kind}`, shownAs, `Run: ${report.mend}`),
        span: { file: shownAs, start: 0, end: 0 },
      }));
  return [...report.findings, ...drift].map(finding);
}

function placeOf({ file, start, end }: Span, starts: readonly number[]): Location {
  const from = positionOf(starts, start);
  const to = positionOf(starts, Math.max(start, end));
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
