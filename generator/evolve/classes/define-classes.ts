import type { CodeInfo } from "../../diagnostics/codes.js";
import type { Needs, Verdict } from "../finding.js";

/** The text of `plainsight explain` about a class of change, and the numbers that it raises. */
export interface ClassInfo extends CodeInfo {
  readonly verdict: Verdict;
  readonly needs: Needs;
}

type Row = readonly [title: string, why: string, mend: string, needs?: Needs];

/** A table of classes that share a verdict. A change isn't an error in itself; only a refused one is. */
export function defineClasses<Id extends string>(
  verdict: Verdict,
  needs: Needs,
  rows: Readonly<Record<Id, Row>>,
): Readonly<Record<Id, ClassInfo>> {
  const entries = Object.entries<Row>(rows).map(([id, [title, why, mend, own]]): [string, ClassInfo] => [
    id,
    { severity: verdict === "refused" ? "error" : "warning", verdict, needs: own ?? needs, title, why, mend },
  ]);
  return Object.fromEntries(entries) as Record<Id, ClassInfo>;
}
