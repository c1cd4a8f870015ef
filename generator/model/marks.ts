import type { Event } from "./fields.js";

/** Returns whether something is kept on the machine about when an event was sent last. */
export function isMarked({ limit, schedule }: Pick<Event, "limit" | "schedule">): boolean {
  return schedule !== undefined || (limit !== undefined && limit.oncePer !== "process");
}
