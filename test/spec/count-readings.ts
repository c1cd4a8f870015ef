import type { Part } from "../../generator/language/types/pattern.js";

/**
 * Counts the times that a backtracking matcher comes to the end of a pattern with a text, the end of the text or not: what it
 * costs to refuse it.
 */
export function countReadings(parts: readonly Part[], text: string): number {
  let readings = 0;
  const sequence = ([part, ...rest]: readonly Part[], at: number, then: (at: number) => void): void =>
    part === undefined ? then(at) : repeat(part, 0, at, (next) => sequence(rest, next, then));
  const repeat = (part: Part, times: number, at: number, then: (at: number) => void): void => {
    if (times < part.max) once(part, at, (next) => next > at && repeat(part, times + 1, next, then));
    if (times >= part.min) then(at);
  };
  const once = ({ atom, group }: Part, at: number, then: (at: number) => void): void => {
    const letter = text[at];
    if (group !== undefined) for (const alternative of group) sequence(alternative, at, then);
    else if (letter !== undefined && new RegExp(`^${atom}$`).test(letter)) then(at + 1);
  };
  sequence(
    parts.filter(({ atom }) => atom !== "^" && atom !== "$"),
    0,
    () => readings++,
  );
  return readings;
}
