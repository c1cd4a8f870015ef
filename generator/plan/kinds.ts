import type { Match } from "../model/consent.js";
import type { Plain } from "./plan.js";

/** Returns whether a variable that is not set decides, too. */
export function countsAbsent(match: Plain<Match> | undefined): boolean {
  return match?.kind === "absent" || (match?.kind === "any-of" && match.of.some(countsAbsent));
}

/** The kinds of values that a step is about, where its matches name them all. */
export function kindsOf(matches: readonly (Plain<Match> | undefined)[]): readonly string[] {
  const kinds = matches.flatMap((match) => (match === undefined ? [] : [kindsIn(match)]));
  return kinds.includes(undefined) ? [] : [...new Set(kinds.flatMap((kind) => kind ?? []))].sort();
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
