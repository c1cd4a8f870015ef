import type { Span } from "../diagnostics/diagnostic.js";

/** The meaning of a change for the people whose data it is; refused: it can't be made at all. */
export type Impact = "more" | "less" | "same" | "docs" | "refused";

/** The numbers that must rise with a change. An epoch never rises without a version. */
export type Needs = "nothing" | "version" | "version and epoch";

/** One change between two versions of a contract, in the reader's words. */
export interface Finding {
  /** Permanent; `plainsight explain ID` tells more. */
  readonly id: string;
  readonly impact: Impact;
  readonly needs: Needs;
  /** The new information, or the information that is no longer collected. Ends in a full stop. */
  readonly sentence: string;
  readonly before: string;
  readonly after: string;
  /** The people that it concerns. */
  readonly who: string;
  /** The behaviour of clients that are already released. */
  readonly old: string;
  /** In the newer contract, where that has places. */
  readonly span?: Span;
}

/** The result of a rule; the rest of a finding is the same for every finding of its class, or of its pair. */
export interface RuleFinding {
  readonly sentence: string;
  readonly before: string;
  readonly after: string;
  /** The event that it is about; absent: everybody who reports anything. */
  readonly event?: string;
  /** The subject of a change that only people read. `history` may say that it means the same. */
  readonly words?: string;
  /** The nearest node of the newer contract. */
  readonly near: object;
}

export const impactTitles = {
  more: "COLLECTS MORE",
  less: "COLLECTS LESS",
  same: "SAME DATA",
  docs: "DOCS",
  refused: "REFUSED",
} as const satisfies Record<Impact, string>;
