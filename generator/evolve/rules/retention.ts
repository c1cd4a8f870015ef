import { quoted } from "../../language/types/comparison.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import { missingFrom } from "./define-rule.js";

const day = 24 * 60;
/** In minutes. `m` is the language's minute; a month is written out. */
const spans: Readonly<Record<string, number>> = {
  ms: 1 / 60_000,
  s: 1 / 60,
  m: 1,
  minute: 1,
  h: 60,
  hour: 60,
  d: day,
  day,
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
};

/** Thirteen months. People who were told nothing may expect that; anything longer is news to them. */
const usual = 400 * day;

/** `365d`, `2 years` → minutes; with any other word it can't be compared, and nothing stated may mean for ever. */
function kept(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const [, number, unit = ""] = /^(\d+)\s*([a-z]+)\.?$/.exec(text.trim()) ?? [];
  return Number(number) * (spans[unit] ?? spans[unit.replace(/s$/, "")] ?? Number.NaN);
}

/** Returns what is kept, as a sentence begins, and for how long. */
function keptFor({ destination: { retention } }: FrozenContract): ReadonlyMap<string, string> {
  const { raw, aggregates, tiers = {} } = retention ?? {};
  return new Map([
    ...(raw === undefined ? [] : [["Single events are", raw] as const]),
    ...(aggregates === undefined ? [] : [["Aggregates are", aggregates] as const]),
    ...Object.entries(tiers).map(([tier, time]) => [`What is in ${quoted([tier])} is`, time] as const),
  ]);
}

/** The way each thing is kept. Without a time of its own it is kept as single events are. */
function keptAs(all: ReadonlyMap<string, string>, what: string): string | undefined {
  return all.get(what) ?? (what === "Aggregates are" ? undefined : all.get("Single events are"));
}

/** Of each kind of store or report whose time changed to longer, or to shorter: what it was and is. */
export function retention({ before, after }: Pair, longer: boolean): readonly RuleFinding[] {
  const [old, now] = [keptFor(before), keptFor(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((what): readonly RuleFinding[] => {
    const [was, is] = [keptAs(old, what), keptAs(now, what)];
    // Not `>`: what can't be compared counts as longer.
    const isLonger = was === undefined ? !(kept(is) <= usual) : !(kept(is) <= kept(was));
    if (was === is || missingFrom([was ?? ""], [is ?? ""]).length === 0 || isLonger !== longer) return [];
    const spoken = (text: string | undefined) => text ?? "a time that is not stated";
    return [
      {
        sentence: `${what} kept for ${spoken(is)}; it was ${spoken(was)}.`,
        before: spoken(was),
        after: spoken(is),
        near: after.destination,
      },
    ];
  });
}
