import { compareTypes } from "../../language/types/compare-types.js";
import type { TypeChange } from "../../language/types/comparison.js";
import { toldApart } from "../../language/types/told-apart.js";
import type { FrozenField } from "../../model/frozen.js";
import { sameWords } from "../compare-words.js";
import type { RuleFinding } from "../finding.js";
import type { FieldPair, Pair } from "../pair.js";
import { listed } from "../words.js";
import { type FieldFinding, fieldRule, type Rule } from "./define-rule.js";
import { filledIn } from "./fields.js";

/** `says` is the sentence without its subject, by which changes of several fields are recognised as one. */
type Change = FieldFinding & { readonly id: TypeChange["id"]; readonly subject: string; readonly says: string };

function changesOf({ event, owner, name, before, after }: FieldPair, pair: Pair): readonly Change[] {
  if (before === undefined || after === undefined) return [];
  // The version's own number rises with every version; that is what it is for.
  const isVersion = before.from.kind === "schema-version" && after.from.kind === "schema-version";
  const rises =
    isVersion &&
    pair.before.schemaVersion !== pair.after.schemaVersion &&
    before.type.schema.const === pair.before.schemaVersion &&
    after.type.schema.const === pair.after.schemaVersion;
  // The rate is reported with the sample itself.
  const its =
    before.type.schema.const === undefined ? undefined : pair.events.find((one) => one.after?.wireName === event);
  const isRate = its !== undefined && saysRate(its.before, before) && saysRate(its.after, after);
  const [was, is] = toldApart(before.type, after.type);
  const subject = `${name} of ${owner}`;
  const said = (says: string) => ({ subject, says, sentence: `${subject} ${says}.` });
  const changes = (rises || isRate ? [] : compareTypes(before.type, after.type)).map(
    ({ id, says }): Change => ({ ...said(says), id, before: was, after: is }),
  );
  if (before.nullable === after.nullable) return changes;
  const [id, says] = after.nullable
    ? (["value-added", "may also be null"] as const)
    : (["value-removed", "is never null any more"] as const);
  const or = (type: string, nullable: boolean) => (nullable ? `${type}, or null` : type);
  return [...changes, { ...said(says), id, before: or(was, before.nullable), after: or(is, after.nullable) }];
}

/** Returns whether a field is the constant that says how many stand behind one. */
function saysRate(event: Pair["events"][number]["after"], { wireName, type }: FrozenField): boolean {
  const sample = event !== undefined && "sample" in event ? event.sample : undefined;
  return sample?.reportedAs === wireName && String(sample.oneIn) === String(type.schema.const);
}

function typeRule(id: TypeChange["id"]): Rule {
  const each = fieldRule(id, (field, pair) =>
    changesOf(field, pair).flatMap(({ id: found, ...change }) => (found === id ? [change] : [])),
  );
  return { id, find: (pair) => joined(each.find(pair) as readonly (RuleFinding & Pick<Change, "subject" | "says">)[]) };
}

/** Joins the changes that one named type makes to several fields: the first is reported, and names the others. */
function joined(found: readonly (RuleFinding & Pick<Change, "subject" | "says">)[]): readonly RuleFinding[] {
  const causes = new Map<string, (typeof found)[number][]>();
  for (const one of found) {
    const cause = JSON.stringify([one.says, one.before, one.after]);
    causes.set(cause, [...(causes.get(cause) ?? []), one]);
  }
  return [...causes.values()].map(
    ([{ subject, says, event, ...first } = found[0] as (typeof found)[number], ...others]) => {
      const likewise = others.length === 0 ? "" : ` (likewise ${listed(others.map((one) => one.subject))})`;
      const isOfOne = others.every((one) => one.event === event);
      return {
        ...first,
        sentence: `${subject}${likewise} ${says}.`,
        ...(event === undefined || !isOfOne ? {} : { event }),
      };
    },
  );
}

/** The same name, with another unit, source or thing that it counts. */
const meaning: Rule = {
  id: "meaning-changed",
  find: (pair) => [
    ...typeRule("meaning-changed").find(pair),
    ...fieldRule("meaning-changed", ({ owner, name, before, after }) => {
      if (before === undefined || after === undefined || !filledIn(before, after)) return undefined;
      const [was, is] = [JSON.stringify(before.from), JSON.stringify(after.from)];
      return was === is
        ? undefined
        : { sentence: `${name} of ${owner} would be filled from another source.`, before: was, after: is };
    }).find(pair),
    ...fieldRule("meaning-changed", ({ owner, name, was }) =>
      was === undefined
        ? undefined
        : { sentence: `${name} of ${owner} would be what ${was} was.`, before: name, after: `${was}, renamed` },
    ).find(pair),
    ...pair.events.flatMap(({ before, after, was }): readonly RuleFinding[] => {
      if (before === undefined || after === undefined) return [];
      const near = { event: after.wireName, near: after };
      if (was !== undefined)
        return [
          {
            sentence: `"${after.wireName}" would be what "${was}" was.`,
            before: after.wireName,
            after: `${was}, renamed`,
            ...near,
          },
        ];
      if ("value" in before && "value" in after) {
        const [was, is] = [before.value.means ?? "", after.value.means ?? ""];
        return sameWords(was, is)
          ? []
          : [
              {
                sentence: `The value of "${after.wireName}" would count ${is || "nothing that is named"}, and counted ${was || "nothing that was named"}.`,
                before: was,
                after: is,
                ...near,
              },
            ];
      }
      return counters(before).flatMap(([name, was]): readonly RuleFinding[] => {
        const is = counters(after).find(([other]) => other === name)?.[1];
        return is === undefined || sameWords(is, was)
          ? []
          : [
              {
                sentence: `${name} of "${after.wireName}" would be made of ${is}, and was made of ${was}.`,
                before: was,
                after: is,
                ...near,
              },
            ];
      });
    }),
  ],
};

function counters(event: object): readonly (readonly [name: string, counts: string])[] {
  const { rollup } = event as { rollup?: { counters: readonly { wireName: string; counts: string }[] } };
  return (rollup?.counters ?? []).map(({ wireName, counts }) => [wireName, counts]);
}

type Length = string | number | undefined;

/** True if totals cover less than before. The time that N calls take is unknown, so it may be less or more than any period. */
function isFiner(was: Length = "day", is: Length = "day"): boolean {
  const [old, now] = [was, is].map((one) => (typeof one === "number" ? one : ["hour", "day", "week"].indexOf(one)));
  return typeof was !== typeof is || Number(now) < Number(old);
}

/** Daily totals instead of single calls, and by what they are grouped. */
function groups(pair: Pair, finer: boolean): readonly RuleFinding[] {
  return pair.events.flatMap(({ before, after }): readonly RuleFinding[] => {
    if (before === undefined || after === undefined || "labels" in before || "labels" in after) return [];
    const [was, is] = [before.rollup?.by, after.rollup?.by];
    const both = was !== undefined && is !== undefined;
    const [old, now] = [before.rollup?.per, after.rollup?.per];
    const other = both && (finer ? isFiner(old, now) : isFiner(now, old) && !isFiner(old, now));
    const gone = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
      a !== undefined && (b === undefined || b.some((name) => !a.includes(name)));
    if (!other && (finer ? !gone(was, is) : !gone(is, was))) return [];
    const spoken = (by: readonly string[] | undefined, per: string | number = "day") =>
      by === undefined
        ? "each one alone"
        : `one total per ${[typeof per === "number" ? `${per} calls` : per, ...by].join(", ")}`;
    return [
      {
        sentence: `"${after.wireName}" is sent as ${spoken(is, after.rollup?.per)}, and was as ${spoken(was, before.rollup?.per)}.`,
        before: spoken(was, before.rollup?.per),
        after: spoken(is, after.rollup?.per),
        event: after.wireName,
        near: after,
      },
    ];
  });
}

const withGroups = (id: "precision-raised" | "precision-lowered"): Rule => ({
  id,
  find: (pair) => [...typeRule(id).find(pair), ...groups(pair, id === "precision-raised")],
});

export const typeRules: readonly Rule[] = [
  ...(["value-added", "value-removed", "value-renamed", "type-widened", "buckets-shifted", "free-text"] as const).map(
    typeRule,
  ),
  withGroups("precision-raised"),
  withGroups("precision-lowered"),
  meaning,
];

/** The types that are written in other words, and nothing else. */
export const sameTypes = typeRule("rendering-changed");
