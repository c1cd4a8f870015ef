import type { Decision } from "../compare-consent.js";

/** So many rows are read; the rest is a number. */
const most = 20;

export function shownRows(rows: readonly Decision[]): readonly Decision[] {
  if (rows.length <= most) return rows;
  return [...rows.slice(0, most), { given: `and ${rows.length - most} more`, before: "", after: "" }];
}
