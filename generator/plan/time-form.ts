import { notNull } from "./nullable.js";
import type { PlanValue } from "./plan.js";

/** How a time travels: whole seconds or milliseconds since 1970, or a text with or without a zone. */
export type TimeForm = "s" | "ms" | "utc" | "local";

/** The last second of the year 9999: what counts seconds goes no further. */
const LAST_SECOND = 253_402_300_799;

/** Returns the form of a time that may travel. A text with a zone ends in Z, which is how it is told apart. */
export function timeForm(value: PlanValue): TimeForm {
  const time = notNull(value);
  if (time.is === "integer") return time.most === LAST_SECOND ? "s" : "ms";
  const hasZone = time.is === "text" && time.pattern?.includes("Z") === true;
  return hasZone ? "utc" : "local";
}
