import type { ClassId } from "../classes/index.js";
import { compareWords, namesMore, plain, sameWords } from "../compare-words.js";
import type { RuleFinding } from "../finding.js";
import type { FieldPair, Pair } from "../pair.js";

/** Finds the changes of one class. There is one rule for each class that two contracts alone can show. */
export interface Rule {
  readonly id: ClassId;
  readonly find: (pair: Pair) => readonly RuleFinding[];
}

/** The fields that both versions have, or as many as a rule wants to see. */
export type FieldFinding = Pick<RuleFinding, "sentence" | "before" | "after" | "words">;

/** A rule that looks at one field at a time. */
export function fieldRule(
  id: ClassId,
  find: (field: FieldPair, pair: Pair) => readonly FieldFinding[] | FieldFinding | undefined,
): Rule {
  return {
    id,
    find: (pair) =>
      pair.fields.flatMap((field) => {
        const changes = find(field, pair) ?? [];
        return [changes].flat().map((one) => ({
          ...one,
          near: field.after ?? field.near,
          ...(field.event === undefined ? {} : { event: field.event }),
        }));
      }),
  };
}

/** Returns what a list has that another has not. What is only spelt or set otherwise is the same; what became stricter is still there. */
export function missingFrom(list: readonly string[], items: readonly string[]): readonly string[] {
  const known = new Set(list.map(plain));
  return items.filter(
    (item) =>
      !known.has(plain(item)) &&
      !list.some((one) => sameWords(item, one) || compareWords(item, one) === "stricter" || namesMore(item, one)),
  );
}
