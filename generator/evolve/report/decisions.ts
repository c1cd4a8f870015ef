import type { Decision } from "../compare-consent.js";

/** The most rows that a person reads; the rest are only counted. */
const most = 20;

export function shownRows(rows: readonly Decision[]): readonly Decision[] {
  if (rows.length <= most) return rows;
  return [...rows.slice(0, most), { given: `and ${rows.length - most} more`, before: "", after: "" }];
}
