import type { ClassId } from "../classes/index.js";
import type { Found } from "../finding.js";
import type { FieldPair, Pair } from "../pair.js";

/** Finds the changes of one class. There is one rule for each class that two contracts alone can show. */
export interface Rule {
  readonly id: ClassId;
  readonly find: (pair: Pair) => readonly Found[];
}

/** The fields that both versions have, or as many as a rule wants to see. */
export type FoundInField = Pick<Found, "sentence" | "before" | "after">;

/** A rule that looks at one field at a time. */
export function fieldRule(
  id: ClassId,
  find: (field: FieldPair, pair: Pair) => readonly FoundInField[] | FoundInField | undefined,
): Rule {
  return {
    id,
    find: (pair) =>
      pair.fields.flatMap((field) => {
        const found = find(field, pair) ?? [];
        return [found].flat().map((one) => ({
          ...one,
          near: field.after ?? field.near,
          ...(field.event === undefined ? {} : { event: field.event }),
        }));
      }),
  };
}

/** What a list has that another has not. An edit that is typography alone is none. */
export function missingFrom(list: readonly string[], items: readonly string[]): readonly string[] {
  const known = new Set(list.map(bare));
  return items.filter((item) => !known.has(bare(item)));
}

/** Without case, quotes, dashes, white space and the punctuation that ends words: an edit that leaves this is typography. */
export function bare(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/["'`\u2018-\u201f]/g, "")
    .replaceAll(/\s[-\u2013\u2014]\s/g, " ");
  return plain
    .replaceAll(/[.,;:!]+(?=\s|$)/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
