import type { Combine } from "../model/model.js";
import { itemOf } from "./inside.js";
import type { PlanField, PlanRollup, PlanValue } from "./plan.js";

type Counter = Pick<PlanRollup["counters"][number], "counts" | "value">;

const same = (value: PlanValue) => value;

/** What a call gives: of a set one of its members, of what is only told apart any text. */
const GIVEN: Readonly<Record<Combine, (value: PlanValue) => PlanValue>> = {
  calls: same,
  "failed-calls": same,
  sum: same,
  max: same,
  min: same,
  last: same,
  union: itemOf,
  "count-distinct": () => ({ is: "text" }),
};

/** What travels: of what is only told apart their number. */
const SENT: typeof GIVEN = { ...GIVEN, union: same, "count-distinct": () => ({ is: "integer" }) };

/** Returns what one call gives for a counter. */
export function givenFor({ counts, value }: Counter): PlanValue {
  return GIVEN[counts](value);
}

/** Returns what a total says for it. */
export function sentFor({ counts, value }: Counter): PlanValue {
  return SENT[counts](value);
}

/** True if a caller gives this part of the group: nobody gives a constant, nor an object in which there is nothing to give. */
export function isGivenBy({ required, optional }: PlanRollup, { name }: Pick<PlanField, "name">): boolean {
  const inGroup = (one: PlanRollup["optional"][number]) =>
    typeof one === "string" ? one === name : one.members.some((member) => member.name === name);
  return required.includes(name) || optional.some(inGroup);
}
