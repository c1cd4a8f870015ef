import type { Consent, ConsentStep, Match, Scalar } from "../../model/model.js";
import { kindOf } from "./matches/define.js";
import { holds, samples } from "./matches/index.js";
import { type Found, unsure, type World } from "./places/define.js";
import { placeWord } from "./places/index.js";
import { isOffAnyway } from "./places/stored.js";

/** What a step says about a value that was found. When it says both, it says no. */
export function says(
  { enableWhen, disableWhen }: Pick<ConsentStep, "enableWhen" | "disableWhen">,
  value: Scalar,
): "yes" | "no" | undefined {
  if (disableWhen !== undefined && holds(disableWhen, value)) return "no";
  return enableWhen !== undefined && holds(enableWhen, value) ? "yes" : undefined;
}

export interface Verdict {
  readonly enabled: boolean;
  readonly decidedBy: string;
}

/** First match wins. What can't be told is a no; where it is off anyway it changes nothing, and decides nothing. */
export function decide(consent: Consent, world: World): Verdict {
  for (const step of consent.order) {
    const place = placeWord(step.place);
    const value: Found = place.found(step.place, world, step, consent);
    const by = place.by(step.place);
    if (value === undefined || (value === unsure && step.place.kind === "stored" && isOffAnyway(step, consent)))
      continue;
    const said = value === unsure ? "no" : says(step, value);
    if (said !== undefined) return { enabled: said === "yes", decidedBy: by };
  }
  return { enabled: consent.model === "opt-out", decidedBy: "default" };
}

/** What a step's place can hold: what each match names and its nearest misses, and one thing that can't be told. */
export function samplesOf(step: ConsentStep, consent: Consent): readonly Scalar[] {
  const place = placeWord(step.place);
  const matches = [step.enableWhen, step.disableWhen].filter((match): match is Match => match !== undefined);
  const values = [...new Set(matches.flatMap(samples))];
  if (place.textsOnly(step.place)) return values.filter((value) => typeof value === "string");
  // Of values that are understood there may be none of some kinds: one of those can't be told.
  const kinds = new Set(values.map(kindOf));
  const other = (["maybe", 7, true] as const).find(
    (value) => !kinds.has(kindOf(value)) && placeWord(step.place).refuses(step.place, value, consent) !== undefined,
  );
  return other === undefined ? values : [...values, other];
}

/** A value for which the step says this. */
export function valueFor(step: ConsentStep, says_: "yes" | "no", consent: Consent): Scalar | undefined {
  return samplesOf(step, consent).find((value) => says(step, value) === says_);
}
