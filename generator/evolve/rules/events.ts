import type { RhythmWord } from "../../language/delivery/define.js";
import { RHYTHM } from "../../language/delivery/index.js";
import { isClosed } from "../../language/types/compare-types.js";
import { same } from "../../language/types/contains.js";
import type { FrozenEvent, FrozenMetric } from "../../model/frozen.js";
import { inStep, reportsEvery } from "../../model/schedule.js";
import { sameWords } from "../compare-words.js";
import type { RuleFinding } from "../finding.js";
import type { EventPair, Pair } from "../pair.js";
import { duration, fieldInWords, listed } from "../words.js";
import { fieldRule, type Rule } from "./define-rule.js";
import { gate, type Occasion, spite } from "./gates.js";

type Named = FrozenEvent | FrozenMetric;

const carried = (event: Named) => ("labels" in event ? event.labels : event.fields).map(({ wireName }) => wireName);
/** Returns what each of them may hold, since a reviewer who sees a name alone can't tell. */
function inDetail(event: Named): string {
  const fields = "labels" in event ? event.labels : event.fields;
  if (fields.length === 0) return `${event.wireName}, with nothing of its own`;
  const shown = fields.slice(0, mostShown).map((field) => fieldInWords(field));
  const rest = fields.length > mostShown ? [`and ${fields.length - mostShown} more`] : [];
  const open = fields.filter(({ type }) => !isClosed(type) && type.identifier === undefined);
  const texts = open.length === 0 ? "no open text" : `open text: ${listed(open.map(({ wireName }) => wireName))}`;
  return `${event.wireName}, with ${[...shown, ...rest].join("; ")} (${texts})`;
}

const mostShown = 12;

const withWhat = (event: Named) =>
  carried(event).length === 0 ? "with nothing of its own" : `with ${listed(carried(event))}`;

const eventAdded: Rule = {
  id: "event-added",
  find: (pair) => [
    ...ended(pair, true),
    ...pair.events.flatMap(({ before, after }) =>
      after === undefined || before !== undefined
        ? []
        : [
            {
              sentence: `"${after.wireName}" will be reported, ${withWhat(after)}: ${after.when}`,
              before: "not reported",
              after: inDetail(after),
              event: after.wireName,
              near: after,
            },
          ],
    ),
  ],
};

/** Everything at once. */
function ended({ before, after }: Pair, again: boolean): readonly RuleFinding[] {
  if ((before.retired === undefined) === (after.retired === undefined) || (after.retired === undefined) !== again)
    return [];
  const since = (before.retired ?? after.retired)?.since;
  return [
    {
      sentence: again
        ? `It reports again; it was retired since ${since}.`
        : `Nothing is reported any more, since ${since}.`,
      before: again ? "retired" : "reported",
      after: again ? "reported" : "retired",
      near: after,
    },
  ];
}

const eventRetired: Rule = {
  id: "event-retired",
  find: (pair) => {
    const { events, after: contract } = pair;
    const gone = events.flatMap(({ before, after }) =>
      before === undefined || after !== undefined
        ? []
        : [
            {
              sentence: `"${before.wireName}" is no longer reported.`,
              before: `${before.wireName}, ${withWhat(before)}`,
              after: "not reported",
              event: before.wireName,
              near: contract,
            },
          ],
    );
    return [...ended(pair, false), ...gone];
  },
};

function occasionsOf(was: Named, is: Named): readonly Occasion[] {
  const found: Occasion[] = [];
  if (!sameWords(was.when, is.when)) {
    found.push({
      widened: true,
      sentence: `"${is.wireName}" is sent on another occasion: ${is.when}`,
      before: was.when,
      after: is.when,
      words: `when ${is.wireName} is sent`,
    });
  }
  found.push(...gate(was, is));
  if (!("labels" in was || "labels" in is))
    found.push(
      ...spite(was, is),
      ...rhythm(RHYTHM.every, is, was.schedule, is.schedule),
      // What goes by the clock has no limit.
      ...(was.schedule !== undefined || is.schedule !== undefined ? [] : rhythm(RHYTHM.limit, is, was.limit, is.limit)),
      ...rhythm(RHYTHM.sample, is, was.sample, is.sample),
    );
  found.push(...rhythm(RHYTHM.expires, is, was.expires, is.expires));
  return found;
}

function rhythm<Value>(
  { denser, spoken }: RhythmWord<Value>,
  { wireName }: Named,
  was: Value | undefined,
  is: Value | undefined,
): readonly Occasion[] {
  if (same(was, is)) return [];
  const [before, after] = [spoken(was), spoken(is)];
  return [
    {
      widened: denser(was, is),
      sentence: `"${wireName}" is sent ${after}, and was sent ${before}.`,
      before,
      after,
    },
  ];
}

/** Of metrics that all go together it is said once. */
function intervals({ before, after }: Pair): readonly (Occasion & { near: object })[] {
  if (!inStep(before) || !inStep(after)) {
    return after.metrics.flatMap((is) => {
      const was = before.metrics.find(({ wireName }) => wireName === is.wireName);
      return was === undefined
        ? []
        : rhythm(RHYTHM.every, is, was.schedule, is.schedule).map((one) => ({ ...one, near: is }));
    });
  }
  const [was, is] = [reportsEvery(before), reportsEvery(after)];
  if (was === is || was === undefined || is === undefined) return [];
  const [old, now] = [duration(was), duration(is)];
  return [
    {
      widened: is < was,
      sentence: `Reports are sent every ${now}, and were sent every ${old}.`,
      before: old,
      after: now,
      near: after.metrics[0] ?? after.delivery,
    },
  ];
}

const occasions = (id: "trigger-widened" | "trigger-narrowed"): Rule => {
  const conditions = fieldRule(id, ({ owner, name, before, after }) => {
    if (before === undefined || after === undefined) return undefined;
    const [was, is] = [before.onlyWhen.map(condition), after.onlyWhen.map(condition)];
    const ends = [before.expires, after.expires] as const;
    if (ends[0] !== ends[1] && RHYTHM.expires.denser(...ends) === (id === "trigger-widened")) {
      const [old, now] = ends.map((day) => RHYTHM.expires.spoken(day));
      return { sentence: `${owner} sends ${name} ${now}, and sent it ${old}.`, before: old ?? "", after: now ?? "" };
    }
    const looser = isTighter(before.onlyWhen, after.onlyWhen);
    const tighter = isTighter(after.onlyWhen, before.onlyWhen);
    if (id === "trigger-widened" ? !looser : !tighter) return undefined;
    const [old, now] = [`only when ${listed(was) || "always"}`, `only when ${listed(is) || "always"}`].map((text) =>
      text.replace("only when always", "always"),
    );
    return { sentence: `${owner} sends ${name} ${now}, and sent it ${old}.`, before: old ?? "", after: now ?? "" };
  });
  const wanted = ({ widened }: Occasion) => widened === (id === "trigger-widened");
  const ofEvent = ({ before, after }: EventPair): readonly RuleFinding[] =>
    before === undefined || after === undefined
      ? []
      : occasionsOf(before, after)
          .filter(wanted)
          .map(({ widened: _widened, ...found }) => ({ ...found, event: after.wireName, near: after }));
  return {
    id,
    find: (pair) => [
      ...pair.events.flatMap(ofEvent),
      ...conditions.find(pair),
      ...intervals(pair)
        .filter(wanted)
        .map(({ widened: _widened, ...found }) => found),
    ],
  };
};

type Conditions = readonly { readonly wireName: string; readonly values: readonly unknown[] }[];

/** Returns whether conditions leave something out that others let through. */
function isTighter(conditions: Conditions, others: Conditions): boolean {
  return conditions.some(({ wireName, values }) => {
    const other = others.find((one) => one.wireName === wireName);
    return other === undefined || !other.values.every((value) => values.includes(value));
  });
}

const condition = ({ wireName, values }: { wireName: string; values: readonly unknown[] }) =>
  `${wireName} is ${values.map((value) => JSON.stringify(value)).join(" or ")}`;

export const eventRules: readonly Rule[] = [
  eventAdded,
  eventRetired,
  occasions("trigger-widened"),
  occasions("trigger-narrowed"),
];
