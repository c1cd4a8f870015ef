import type { Node } from "./node.js";

/** One entry of `dashboards` that says what it is made of, as it is written. */
export interface Query extends Node {
  readonly title: string;
  /** Wire name of an event or metric; undefined: every event. */
  readonly of?: string;
  /** `sum`: of a field; of a metric without a field, its value. */
  readonly measure:
    | { readonly kind: "count" }
    | { readonly kind: "distinct"; readonly field: string }
    | { readonly kind: "sum"; readonly field?: string };
  /** Wire names, in the order written. */
  readonly by: readonly string[];
  readonly per?: Period;
}

export type Period = "day" | "week" | "month";
