import type { CodeInfo } from "../../diagnostics/codes.js";
import type { Impact, Needs } from "../finding.js";

/** The text of `plainsight explain` about a class of change, and the numbers that it raises. */
export interface ClassInfo extends CodeInfo {
  readonly impact: Impact;
  readonly needs: Needs;
}

type Row = readonly [title: string, why: string, mend: string, needs?: Needs];

/** A table of classes that have one impact. A change isn't an error in itself; only a refused one is. */
export function defineClasses<Id extends string>(
  impact: Impact,
  needs: Needs,
  rows: Readonly<Record<Id, Row>>,
): Readonly<Record<Id, ClassInfo>> {
  const entries = Object.entries<Row>(rows).map(([id, [title, why, mend, own]]): [string, ClassInfo] => [
    id,
    { severity: impact === "refused" ? "error" : "warning", impact, needs: own ?? needs, title, why, mend },
  ]);
  return Object.fromEntries(entries) as Record<Id, ClassInfo>;
}
