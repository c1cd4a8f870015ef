import type { PlanValue } from "./plan.js";

type NumberKind = "integer" | "real" | "none";

const KINDS: Readonly<Record<PlanValue["is"], NumberKind>> = {
  integer: "integer",
  number: "real",
  rounded: "real",
  below: "real",
  "up-to": "real",
  always: "none",
  "or-null": "none",
  flag: "none",
  text: "none",
  line: "none",
  "one-of": "none",
  "or-else": "none",
  hashed: "none",
  cut: "none",
  list: "none",
  items: "none",
  map: "none",
  cases: "none",
  object: "none",
};

/** Returns which kind of number is given for a value: languages have a type for each. */
export function numberKind({ is }: PlanValue): NumberKind {
  return KINDS[is];
}
