/** A stretch of one file, as UTF-16 offsets. Lines and columns are worked out only when it is shown. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export type Severity = "error" | "warning";

/** One thing that is wrong, said to a person. Never thrown: a throw is a bug of ours. */
export interface Diagnostic {
  /** Permanent, kebab-case; `plainsight explain CODE` tells more. */
  readonly code: string;
  readonly severity: Severity;
  /** The problem, one sentence, ending in a full stop. */
  readonly message: string;
  /** The fix. */
  readonly hint?: string;
  /** Absent only where no file is concerned. */
  readonly span?: Span;
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
}

/** Order of a report: by file, then position, then code. */
export function byPosition(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span?.file ?? "", b.span?.file ?? "") ||
    (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
