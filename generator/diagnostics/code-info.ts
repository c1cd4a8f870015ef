import type { Severity } from "./diagnostic.js";

/** The text that `plainsight explain CODE` prints. */
export interface CodeInfo {
  readonly severity: Severity;
  /** A few words, no full stop. */
  readonly title: string;
  /** The reason why it matters. */
  readonly why: string;
  /** The way to fix it. */
  readonly mend: string;
}

export function error(title: string, why: string, mend: string): CodeInfo {
  return { severity: "error", title, why, mend };
}

export function warning(title: string, why: string, mend: string): CodeInfo {
  return { severity: "warning", title, why, mend };
}
