import type { Match } from "../../model/model.js";
import type { Plain } from "../../plan/plan.js";

/** The kinds of values that a step is about, where its matches name them all. */
export function kindsOf(matches: readonly (Plain<Match> | undefined)[]): readonly string[] {
  const kinds = matches.flatMap((match) => (match === undefined ? [] : [kindsIn(match)]));
  return kinds.includes(undefined) ? [] : [...new Set(kinds.flatMap((one) => one ?? []))].sort();
}

function kindsIn(match: Plain<Match>): readonly string[] | undefined {
  if (match.kind === "exactly") return match.values.map((value) => typeof value);
  if (match.kind !== "any-of") return undefined;
  const inner = match.of.map(kindsIn);
  return inner.includes(undefined) ? undefined : inner.flatMap((one) => one ?? []);
}
