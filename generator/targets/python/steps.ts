import type { Match } from "../../model/model.js";
import type { Plain, Plan, PlanStep } from "../../plan/plan.js";
import { Call, type Literal, Name } from "./literal.js";
import { matchData, valueData } from "./values.js";

/** Facts that the client finds out by itself. */
const KNOWN: Readonly<Record<string, string>> = {
  ci: "is_ci",
  container: "in_container",
  "no-terminal": "without_terminal",
};

/** Whether a program has to say what a fact is. */
export function isOwed(fact: string): boolean {
  return !Object.hasOwn(KNOWN, fact);
}

/** One place that consent is read from, as the runtime's `Step`. */
export function stepData(step: PlanStep, plan: Plan, at: number): Call {
  const { by, place, enable, disable, sinceEpoch } = step;
  const absent = countsAbsent(enable) || countsAbsent(disable);
  const found = placeData(step, plan, at);
  const find = absent ? new Call("or_absent", [found ?? new Call("variable", [by])]) : found;
  // A flag and a fact are found only where they say no.
  const decides = place.kind === "flag" || place.kind === "fact";
  return new Call("Step", find === undefined ? [by] : [by, find], {
    key: place.kind === "stored" ? place.key : undefined,
    enable: enable && sideData(step, enable, absent),
    disable: decides ? new Name("present") : disableData(step, absent),
    since: sinceEpoch,
  });
}

function placeData({ place, value, enable, disable }: PlanStep, plan: Plan, at: number): Literal {
  switch (place.kind) {
    case "env":
      return undefined;
    case "config": {
      const kinds = kindsOf([enable, disable]);
      const above = plan.consent.order.some((other) => isBelow(place, other));
      const all = above ? [...(kinds.length === 0 ? ["string", "boolean", "number"] : kinds), "object"] : kinds;
      return new Call("config", [place.config, place.key, ...all]);
    }
    case "stored":
      if (value === undefined) return undefined;
      return new Call("stored", [place.key, valueData(value)], { off_anyway: isOffAnyway(plan, at) || undefined });
    case "flag":
      return new Call("argument", place.valued && disable ? [place.flag, matchData(disable)] : [place.flag]);
    case "fact": {
      const known = Object.hasOwn(KNOWN, place.fact) ? KNOWN[place.fact] : undefined;
      return new Call("fact", known === undefined ? [place.fact] : [place.fact, new Name(known)]);
    }
    case "given":
      return new Call("given", [place.given, ...kindsOf([enable, disable])]);
    default:
      return place satisfies never;
  }
}

/** A mapping there is no answer, and nothing wrong. */
function isBelow(above: { readonly config: string; readonly key: string }, { place }: PlanStep): boolean {
  return place.kind === "config" && place.config === above.config && place.key.startsWith(`${above.key}.`);
}

/** What can't be told is a no; where it is off in any case, nobody has to say so. */
function isOffAnyway({ consent }: Plan, at: number): boolean {
  return consent.model === "opt-in" && consent.order.slice(at + 1).every(({ enable }) => enable === undefined);
}

/** A side's match, with what the step says about spelling around it. */
function sideData({ anyCase, trimmed }: PlanStep, match: Plain<Match>, absent: boolean): Literal {
  const thatIsSet = (one: Plain<Match>): Literal => {
    const folded = anyCase ? new Call("any_case", [matchData(one)]) : matchData(one);
    const spelled = trimmed ? new Call("trimmed", [folded]) : folded;
    return absent ? new Call("is_set", [spelled]) : spelled;
  };
  if (match.kind === "any-of" && absent)
    return new Call(
      "any_of",
      match.of.map((one) => (one.kind === "absent" ? matchData(one) : thatIsSet(one))),
    );
  return match.kind === "absent" ? matchData(match) : thatIsSet(match);
}

function disableData(step: PlanStep, absent: boolean): Literal {
  const { enable, disable, otherwise } = step;
  const written = disable && sideData(step, disable, absent);
  if (otherwise === undefined) return written;
  const other = enable ? new Call("unless", [sideData(step, enable, absent)]) : new Name("present");
  const rest = absent ? new Call("is_set", [other]) : other;
  return written === undefined ? rest : new Call("any_of", [written, rest]);
}

function countsAbsent(match: Plain<Match> | undefined): boolean {
  return match?.kind === "absent" || (match?.kind === "any-of" && match.of.some(countsAbsent));
}

/** The kinds of values that a step is about, where its matches name them all. */
function kindsOf(matches: readonly (Plain<Match> | undefined)[]): readonly string[] {
  const kinds = matches.flatMap((match) => (match === undefined ? [] : [kindsIn(match)]));
  return kinds.includes(undefined) ? [] : [...new Set(kinds.flatMap((one) => one ?? []))].sort();
}

function kindsIn(match: Plain<Match>): readonly string[] | undefined {
  switch (match.kind) {
    case "exactly":
      return match.values.map((value) => typeof value);
    case "at-least":
      return [typeof match.value];
    case "absent":
      return [];
    case "any-of": {
      const inner = match.of.map(kindsIn);
      return inner.includes(undefined) ? undefined : inner.flatMap((one) => one ?? []);
    }
    case "any-except":
    case "falsy":
    case "non-empty":
    case "present":
    case "truthy":
      return undefined;
    default:
      return match satisfies never;
  }
}
