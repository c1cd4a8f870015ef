import type { Severity } from "./diagnostic.js";

/** What `plainsight explain CODE` prints. Codes are permanent: one that is no longer used is not given to anything else. */
export interface CodeInfo {
  readonly severity: Severity;
  /** A few words, no full stop. */
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** How it is mended. */
  readonly mend: string;
}

/** What is known about a code that is not in the table: nothing may be reported under one. */
export const CODES: Readonly<Record<string, CodeInfo>> = {};

export type Code = string;
