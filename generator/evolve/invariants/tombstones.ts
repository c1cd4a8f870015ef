import type { Diagnostic, Span } from "../../diagnostics/diagnostic.js";
import { compareTypes } from "../../language/types/compare-types.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { Model } from "../../model/model.js";
import { sameWords } from "../compare-words.js";
import { type Pair, pairUp } from "../pair.js";
import { refusal } from "../refusal.js";
import { filledIn } from "../rules/fields.js";

/**
 * A name that some released version had and a later one had not is a tombstone: it may come back as what it was, never as
 * anything else. The frozen versions are the list of them, so that nobody has to keep one.
 */
export function tombstones(model: Model): readonly Diagnostic[] {
  const found = model.frozen.flatMap((old, index) => {
    const later = model.frozen.slice(index + 1).map((version) => ({ version, gone: goneIn(pairUp(old, version)) }));
    if (later.every(({ gone }) => gone.size === 0)) return [];
    return reused(pairUp(old, model)).flatMap(({ key, what, near }) => {
      const left = later.find(({ gone }) => gone.has(key) || gone.has(key.split("/")[0] ?? ""));
      return left === undefined ? [] : [tombstone(what, old, left.version, near)];
    });
  });
  return [...new Map(found.map((diagnostic) => [diagnostic.message, diagnostic])).values()];
}

function tombstone(what: string, old: FrozenContract, without: FrozenContract, near: object): Diagnostic {
  const { at } = near as { at?: Span };
  return refusal(
    "tombstone-reused",
    `${what} was sent by version ${old.schemaVersion}, had left by version ${without.schemaVersion}, and comes back as something else.`,
    at,
  );
}

const fieldKey = ({ event, owner, name }: Pair["fields"][number]) => `${event ?? owner}/${name}`;

function goneIn({ events, fields }: Pair): ReadonlySet<string> {
  return new Set([
    ...events.flatMap(({ before, after }) => (before !== undefined && after === undefined ? [before.wireName] : [])),
    ...fields.flatMap((field) =>
      field.before !== undefined && !field.before.legacy && (field.after === undefined || field.after.legacy)
        ? [fieldKey(field)]
        : [],
    ),
  ]);
}

function reused({ events, fields }: Pair): readonly { key: string; what: string; near: object }[] {
  return [
    ...events.flatMap(({ before, after }) =>
      before !== undefined && after !== undefined && !sameWords(before.when, after.when)
        ? [{ key: after.wireName, what: `"${after.wireName}"`, near: after }]
        : [],
    ),
    ...fields.flatMap((field) => {
      const { before, after, name, owner } = field;
      if (before === undefined || after === undefined || after.legacy || before.from.kind === "schema-version")
        return [];
      const other = compareTypes(before.type, after.type).some(({ id }) => id !== "rendering-changed");
      const elsewhere = filledIn(before, after) && JSON.stringify(before.from) !== JSON.stringify(after.from);
      return other || elsewhere ? [{ key: fieldKey(field), what: `${name} of ${owner}`, near: after }] : [];
    }),
  ];
}
