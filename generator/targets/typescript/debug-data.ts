import type { Literal } from "../../emit/literal.js";
import { matchCall } from "../../language/consent/matches/index.js";
import type { Model } from "../../model/model.js";

/** Returns where somebody asks to see events, and what then becomes of them. */
export function showsData({ delivery: { debug } }: Model): Literal {
  if (debug?.sends !== false && debug?.whenOff !== true) return undefined;
  return {
    env: debug.env,
    when: matchCall(debug.when),
    instead: debug.sends === false || undefined,
    off: debug.whenOff,
  };
}

/** Returns how it is shown. */
export function debugData({ delivery: { debug } }: Model): Literal {
  if (debug === undefined) return undefined;
  const { sends: _, whenOff: __, ...how } = debug;
  return { ...how, when: matchCall(debug.when) };
}
