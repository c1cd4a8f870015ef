import type { PlanConsent } from "./plan-consent.js";

/** Returns whether it is off without this step, and no step behind it turns it on: then what can't be told decides nothing. */
export function isOffAnyway(
  { heedsUnread, model, order }: Pick<PlanConsent, "heedsUnread" | "model" | "order">,
  at: number,
): boolean {
  return (
    heedsUnread === undefined && model === "opt-in" && order.slice(at + 1).every(({ enable }) => enable === undefined)
  );
}
