import type { JsonSchema } from "../../model/json-schema.js";
import { automaton, foreignText, sharedText, Undecided } from "./automaton.js";

/** A text that one form lets through and another doesn't. */
export type Beyond = { readonly text: string } | "undecided" | undefined;

const known = new Map<string, Beyond>();

/** A text that `inner` lets through and `outer` doesn't; undefined where `outer` lets through all of them. */
export function textBeyond(outer: JsonSchema, inner: JsonSchema): Beyond {
  const [longest, shorter] = [inner, outer].map(({ maxLength }) => maxLength ?? Number.POSITIVE_INFINITY) as [
    number,
    number,
  ];
  if (outer.pattern === inner.pattern && longest <= shorter) return undefined;
  const key = JSON.stringify([outer.pattern, outer.maxLength, inner.pattern, inner.maxLength]);
  const before = known.get(key);
  if (before !== undefined || known.has(key)) return before;
  const found = beyond(outer.pattern ?? "^[^]*$", shorter, inner.pattern ?? "^[^]*$", longest);
  known.set(key, found);
  return found;
}

function beyond(outer: string, shorter: number, inner: string, longest: number): Beyond {
  try {
    const theirs = automaton(inner, longest);
    const text =
      (outer === inner ? undefined : foreignText(automaton(outer, shorter), theirs, Math.min(shorter, longest))) ??
      (longest > shorter ? sharedText(theirs, automaton(`^[^]{${shorter + 1},}$`, longest), longest) : undefined);
    return text === undefined ? undefined : { text };
  } catch (error) {
    if (error instanceof Undecided) return "undecided";
    throw error;
  }
}
