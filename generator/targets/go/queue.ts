import type { Plan } from "../../plan/plan.js";
import type { Code } from "./code.js";

/** The queue on the disk. */
export function queueTerms({ delivery }: Plan): Code | undefined {
  if (delivery.queue === undefined) return undefined;
  throw new Error("a queue, which the Go client doesn't know");
}
