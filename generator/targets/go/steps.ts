import type { Match } from "../../model/model.js";
import { countsAbsent, kindsOf } from "../../plan/kinds.js";
import type { Plain, Plan, PlanStep } from "../../plan/plan.js";
import { text } from "./literal.js";
import { placeOf } from "./places.js";
import { matcherOf, takeOf } from "./values.js";

/** Facts that the client finds out by itself. */
const KNOWN: Readonly<Record<string, string>> = {
  ci: "isCI",
  container: "inContainer",
  "no-terminal": "withoutTerminal",
};

/** Returns whether a program has to say what a fact is. */
export function isOwed(fact: string): boolean {
  return !Object.hasOwn(KNOWN, fact);
}

/** The places that consent is read from, as the runtime's steps; builds before all others. */
export function stepData(plan: Plan): readonly string[] {
  const off = plan.consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [text(name)]));
  const builds = off.length === 0 ? [] : [`{by: "build", find: buildName, disable: exactly(${off.join(", ")})}`];
  return [...builds, ...plan.consent.order.map((step, at) => stepOf(step, plan, at))];
}

function stepOf(step: PlanStep, plan: Plan, at: number): string {
  const { by, place, enable, disable, sinceEpoch } = step;
  const absent = countsAbsent(enable) || countsAbsent(disable);
  const found = finderOf(step, plan, at);
  const held = sinceEpoch === undefined ? found : `heldSince(${found}, ${statePlace(plan)}, ${sinceEpoch})`;
  // A flag and a fact are found only where they say no.
  const no = place.kind === "flag" || place.kind === "fact" ? "present" : disableOf(step, absent);
  return [
    `{by: ${text(by)}, find: ${absent ? `orAbsent(${held})` : held}`,
    ...(enable === undefined ? [] : [`enable: ${sideOf(step, enable, absent)}`]),
    ...(no === undefined ? [] : [`disable: ${no}`]),
    ...(place.kind === "env" && hasCommands(plan) ? ["isVariable: true"] : []),
    ...(place.kind === "stored" && plan.consent.answer !== undefined ? [`stateKey: ${text(place.key)}`] : []),
  ]
    .join(", ")
    .concat("}");
}

/** Returns whether a person has something to type. */
export function hasCommands({ state, consent }: Plan): boolean {
  return state?.declared === true && Object.keys(consent.commands).length > 0;
}

function statePlace({ product, state }: Plan): string {
  return placeOf(product, state?.path ?? "");
}

function finderOf({ place, value, enable, disable }: PlanStep, plan: Plan, at: number): string {
  switch (place.kind) {
    case "env":
      return `variable(${text(place.env)})`;
    case "config": {
      const kinds = kindsOf([enable, disable]);
      const above = plan.consent.order.some((other) => isBelow(place, other));
      const all = above ? [...(kinds.length === 0 ? ["string", "boolean", "number"] : kinds), "object"] : kinds;
      return `configured(${[place.config, place.key, ...all].map(text).join(", ")})`;
    }
    case "flag":
      return `argument(${text(place.flag)}, ${place.valued && disable !== undefined ? matcherOf(disable) : "nil"})`;
    case "given":
      return `ownSetting(${[place.given, ...kindsOf([enable, disable])].map(text).join(", ")})`;
    case "fact":
      return `fact(${text(place.fact)}, ${KNOWN[place.fact] ?? "nil"})`;
    case "stored":
      if (value === undefined) throw new Error("a stored step without a value");
      return `stored(${statePlace(plan)}, ${text(place.key)}, ${takeOf(value)}, ${isOffAnyway(plan, at)})`;
    default:
      return place satisfies never;
  }
}

/** A map there is no answer, and nothing wrong. */
function isBelow(above: { readonly config: string; readonly key: string }, { place }: PlanStep): boolean {
  return place.kind === "config" && place.config === above.config && place.key.startsWith(`${above.key}.`);
}

/** What can't be told is a no; where it is off in any case, nobody has to say so. */
function isOffAnyway({ consent }: Plan, at: number): boolean {
  return consent.model === "opt-in" && consent.order.slice(at + 1).every(({ enable }) => enable === undefined);
}

/** A side's match, with what the step says about spelling around it. */
function sideOf({ anyCase, trimmed }: PlanStep, match: Plain<Match>, absent: boolean): string {
  const thatIsSet = (one: Plain<Match>): string => {
    const folded = anyCase ? `anyCase(${matcherOf(one)})` : matcherOf(one);
    const spelled = trimmed ? `trimmed(${folded})` : folded;
    return absent ? `isSet(${spelled})` : spelled;
  };
  if (match.kind === "any-of" && absent)
    return `anyOf(${match.of.map((one) => (one.kind === "absent" ? matcherOf(one) : thatIsSet(one))).join(", ")})`;
  return match.kind === "absent" ? matcherOf(match) : thatIsSet(match);
}

function disableOf(step: PlanStep, absent: boolean): string | undefined {
  const { enable, disable, otherwise } = step;
  const written = disable && sideOf(step, disable, absent);
  if (otherwise === undefined) return written;
  const other = enable ? `unless(${sideOf(step, enable, absent)})` : "present";
  const rest = absent ? `isSet(${other})` : other;
  return written === undefined ? rest : `anyOf(${written}, ${rest})`;
}
