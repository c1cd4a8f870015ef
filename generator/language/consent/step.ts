import type { Consent, ConsentStep, Match, Scalar } from "../../model/model.js";
import { kindOf } from "./matches/define.js";
import { countsAbsent, holds, samples } from "./matches/index.js";
import { emptyWorld, type Found, unsure, type World } from "./places/define.js";
import { placeWord } from "./places/index.js";
import { isOffAnyway } from "./places/stored.js";

type Sides = Pick<ConsentStep, "enableWhen" | "disableWhen" | "anyCase" | "trimmed" | "otherwise">;

/** What a step says about what was found, also about nothing. When it says both, it says no. */
export function says(step: Sides, found: Scalar | undefined): "yes" | "no" | undefined {
  const { enableWhen, disableWhen, otherwise } = step;
  const value = found === undefined ? undefined : folded(step, found);
  const counts = (match: Match | undefined) =>
    match !== undefined && (value === undefined ? countsAbsent(match) : holds(match, value));
  if (counts(disableWhen)) return "no";
  if (counts(enableWhen)) return "yes";
  return value !== undefined && otherwise === "disable" ? "no" : undefined;
}

function folded({ anyCase, trimmed }: Sides, value: Scalar): Scalar {
  if (typeof value !== "string") return value;
  const text = trimmed ? value.trim() : value;
  return anyCase ? text.toLowerCase() : text;
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
    if (value === unsure && step.place.kind === "stored" && isOffAnyway(step, consent)) continue;
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
  if (step.place.kind === "fact") return [true];
  const more = [
    ...(step.trimmed ? values.flatMap((value) => (typeof value === "string" ? [` ${value} `] : [])) : []),
    ...(step.otherwise ? ["anything else"] : []),
  ];
  if (place.textsOnly(step.place))
    return [...new Set([...values, ...more])].filter((value) => typeof value === "string");
  // Of values that are understood there may be none of some kinds: one of those can't be told.
  const kinds = new Set(values.map(kindOf));
  const other = (["maybe", 7, true] as const).find(
    (value) => !kinds.has(kindOf(value)) && isUnsure(step, value, consent),
  );
  return other === undefined ? [...values, ...more] : [...values, ...more, other];
}

/** A value for which the step says this. */
export function valueFor(step: ConsentStep, says_: "yes" | "no", consent: Consent): Scalar | undefined {
  return samplesOf(step, consent).find((value) => says(step, value) === says_);
}

/** Whether a value there can't be told. */
function isUnsure(step: ConsentStep, value: Scalar, consent: Consent): boolean {
  const place = placeWord(step.place);
  const world = emptyWorld(consent);
  return place.put(step.place, value, world) && place.found(step.place, world, step, consent) === unsure;
}
