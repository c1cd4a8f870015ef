import type { Severity } from "./diagnostic.js";

/** What `plainsight explain CODE` prints. */
export interface CodeInfo {
  readonly severity: Severity;
  /** A few words, no full stop. */
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** How it is mended. */
  readonly mend: string;
}

export function error(title: string, why: string, mend: string): CodeInfo {
  return { severity: "error", title, why, mend };
}

export function warning(title: string, why: string, mend: string): CodeInfo {
  return { severity: "warning", title, why, mend };
}
