import type { PlanValue } from "./plan.js";

/** What there is to give beside null. */
export type NotNull = Exclude<PlanValue, { readonly is: "or-null" }>;

/** Returns a value without its null. */
export function notNull(value: PlanValue): NotNull {
  return value.is === "or-null" ? notNull(value.of) : value;
}

/** Returns a value that may be null where another may. */
export function nullableLike(other: PlanValue, value: PlanValue): PlanValue {
  if (other.is !== "or-null") return value;
  return { is: "or-null", of: value };
}
