import type { Consent, ConsentStep, Match, Scalar } from "../../model/model.js";
import { kindOf } from "./matches/define.js";
import { countsAbsent, example, holds, samples } from "./matches/index.js";
import { emptyWorld, type Found, unsure, type World } from "./places/define.js";
import { placeWord } from "./places/index.js";
import { isOffAnyway, schemaOf } from "./places/stored.js";

type Sides = Pick<ConsentStep, "enableWhen" | "disableWhen" | "anyCase" | "trimmed" | "otherwise">;

/** Returns what a step says about what was found, also about nothing. When it says both, it says no. */
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

/** Returns what a step says where nothing but this stands in its place: what it can't tell is a no. */
export function saysAlone(step: ConsentStep, value: Scalar, consent: Consent): "yes" | "no" | undefined {
  const world = emptyWorld(consent);
  placeWord(step.place).put(step.place, value, world);
  return saysIn(step, world, consent);
}

/** Returns what a step says in a state of the world. */
function saysIn(step: ConsentStep, world: World, consent: Consent): "yes" | "no" | undefined {
  const value: Found = placeWord(step.place).found(step.place, world, step, consent);
  if (value !== unsure) return says(step, value);
  return step.place.kind === "stored" && isOffAnyway(step, consent) ? undefined : "no";
}

/** First match wins. What can't be told is a no; where it is off anyway it changes nothing, and decides nothing. */
export function decide(consent: Consent, world: World): Verdict {
  for (const step of consent.order) {
    if (step.onlyWhere !== undefined && world.facts[step.onlyWhere.fact] !== true) continue;
    const said = saysIn(step, world, consent);
    if (said !== undefined) return { enabled: said === "yes", decidedBy: placeWord(step.place).by(step.place) };
  }
  return { enabled: consent.model === "opt-out", decidedBy: "default" };
}

/** Returns what a step's place can hold: what each match names and its nearest misses, and one thing that can't be told. */
export function samplesOf(step: ConsentStep, consent: Consent): readonly Scalar[] {
  const place = placeWord(step.place);
  const matches = [step.enableWhen, step.disableWhen].filter((match): match is Match => match !== undefined);
  if (step.place.kind === "fact") return [true];
  const texts = place.textsOnly(step.place);
  const values = [
    ...new Set(matches.flatMap(samples).map((value) => (texts && typeof value === "number" ? String(value) : value))),
  ];
  const more = [
    ...(step.trimmed ? values.flatMap((value) => (typeof value === "string" ? [` ${value} `] : [])) : []),
    ...(step.otherwise ? ["anything else"] : []),
    ...(countsAbsent(step.disableWhen) ? openTo(step, consent) : []),
    ...held(step, values, consent),
  ];
  if (texts) return [...new Set([...values, ...more])].filter((value) => typeof value === "string");
  // Of values that are understood there may be none of some kinds: one of those can't be told.
  const kinds = new Set(values.map(kindOf));
  const other = (["maybe", 7, true] as const).find(
    (value) => !kinds.has(kindOf(value)) && isUnsure(step, value, consent),
  );
  return other === undefined ? [...values, ...more] : [...values, ...more, other];
}

/** Returns values for those sides of which the usual words are none that the key can hold: of `On` and `Off`, say. */
function held(step: ConsentStep, values: readonly Scalar[], consent: Consent): readonly Scalar[] {
  const { place } = step;
  if (place.kind !== "stored") return [];
  const fits = (side: string) => (value: Scalar) =>
    says(step, value) === side && placeWord(place).refuses(place, value, consent) === undefined;
  const all = [
    ...((schemaOf(consent, place.key).enum ?? []) as readonly Scalar[]),
    ...USUAL,
    "true",
    "false",
    "1",
    "0",
  ];
  return ["yes", "no"].flatMap((side) => (values.some(fits(side)) ? [] : all.filter(fits(side)).slice(0, 1)));
}

/** Returns where absence is a no: something that stands there, and says nothing. */
function openTo(step: ConsentStep, consent: Consent): readonly Scalar[] {
  const { place } = step;
  // A flag only ever says no.
  if (place.kind === "flag") return [];
  const { textsOnly, refuses } = placeWord(place);
  // An identifier that was deleted is a no: then something like one stands there.
  const id = "5f0c8e1a-3b7d-4c2e-9a41-d2b6f80c7e35";
  const all: readonly Scalar[] = [...(textsOnly(place) ? ["1", "other"] : [true, 1, "other", false]), id];
  return all
    .filter((value) => says(step, value) === undefined && refuses(place, value, consent) === undefined)
    .slice(0, 1);
}

/** A value for which the step says this, and that the place can hold if there is one. */
export function valueFor(step: ConsentStep, says_: "yes" | "no", consent: Consent): Scalar | undefined {
  const all = samplesOf(step, consent).filter((value) => says(step, value) === says_);
  const { refuses } = placeWord(step.place);
  return all.find((value) => refuses(step.place, value, consent) === undefined) ?? all[0];
}

/**
 * A value that makes this step decide so, where nothing else is set: what it names first, the usual words after it. Nothing where its own other
 * side, or a step before it that looks into the same place, always says something first: then the side is dead.
 */
export function decidingValue(
  step: ConsentStep,
  says_: "yes" | "no",
  consent: Consent,
  first: readonly Scalar[] = [],
): Scalar | undefined {
  const { put, textsOnly, refuses } = placeWord(step.place);
  const before = consent.order.slice(0, consent.order.indexOf(step)).filter((other) => samePlace(other, step));
  const match = { yes: step.enableWhen, no: step.disableWhen }[says_];
  const all = [...first, ...(match === undefined ? [] : [example(match)]), ...samplesOf(step, consent), ...USUAL];
  // An empty value is easily overlooked, and so is a space at an edge: these come last.
  const isPlain = (value: Scalar) => value !== "" && String(value).trim() === String(value);
  return [...all.filter(isPlain), ...all.filter((value) => !isPlain(value))]
    .map((value) => (textsOnly(step.place) ? String(value) : value))
    .find((value) => {
      const world = emptyWorld(consent);
      return (
        refuses(step.place, value, consent) === undefined &&
        put(step.place, value, world) &&
        says(step, value) === says_ &&
        saysIn(step, world, consent) === says_ &&
        before.every((other) => saysIn(other, world, consent) === undefined)
      );
    });
}

const USUAL: readonly Scalar[] = [true, false, 1, 0, "yes", "no", "on", "off", "other"];

/** Returns whether two steps look at one and the same thing. */
export function samePlace(step: ConsentStep, other: ConsentStep): boolean {
  return (
    step.place.kind === other.place.kind &&
    placeWord(step.place).name(step.place) === placeWord(other.place).name(other.place)
  );
}

/** Returns what a machine does on which nobody has said anything yet. */
export function startsOn(consent: Consent): boolean {
  return decide(consent, emptyWorld(consent)).enabled;
}

/** Returns whether a value there can't be told. */
function isUnsure(step: ConsentStep, value: Scalar, consent: Consent): boolean {
  const place = placeWord(step.place);
  const world = emptyWorld(consent);
  return place.put(step.place, value, world) && place.found(step.place, world, step, consent) === unsure;
}
