import type { Span } from "../diagnostics/diagnostic.js";

/** What a change means to the people whose data it is; refused: it can't be made at all. */
export type Verdict = "more" | "less" | "same" | "docs" | "refused";

/** Which numbers must rise with a change. An epoch never rises without a version. */
export type Needs = "nothing" | "version" | "version and epoch";

/** One change between two versions of a contract, in the reader's words. */
export interface Finding {
  /** Permanent; `plainsight explain ID` tells more. */
  readonly id: string;
  readonly verdict: Verdict;
  readonly needs: Needs;
  /** What is learnt that was not learnt before, or no longer is. Ends in a full stop. */
  readonly sentence: string;
  readonly before: string;
  readonly after: string;
  /** Whom it concerns. */
  readonly who: string;
  /** What clients that are already out there do. */
  readonly old: string;
  /** In the newer contract, where that has places. */
  readonly span?: Span;
}

/** What a rule finds; the rest of a finding is the same for every finding of its class, or of its pair. */
export interface Found {
  readonly sentence: string;
  readonly before: string;
  readonly after: string;
  /** The event that it is about; absent: everybody who reports anything. */
  readonly event?: string;
  /** Where nothing differs but what people read: what that is about. `history` may say that it means the same. */
  readonly words?: string;
  /** The nearest node of the newer contract. */
  readonly near: object;
}

export const verdictTitles = {
  more: "COLLECTS MORE",
  less: "COLLECTS LESS",
  same: "SAME DATA",
  docs: "DOCS",
  refused: "REFUSED",
} as const satisfies Record<Verdict, string>;
