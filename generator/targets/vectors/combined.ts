import type { JsonValue } from "../../model/json-schema.js";
import type { Event, Field, Model, Rollup } from "../../model/model.js";
import { planField } from "../../plan/fields.js";
import { type Pair, pairOf } from "./pairs.js";
import { lineOf } from "./queue-lines.js";
import { bodyOf, isOver, recorded } from "./sent.js";
import { type Case, ownOf, type World } from "./world.js";

const day = 86_400_000;

/** A rollup with everything that its cases are made of. */
interface Counted {
  readonly model: Model;
  readonly world: World;
  readonly event: Event;
  readonly rollup: Rollup;
  readonly stretch: Stretch;
  /** The queue's file of its period. */
  readonly file: string;
  /** What a call gives of its group, and the same as it stands in a line. */
  readonly fields: Recorded["fields"];
  readonly by: Group;
  /** Counter → what two calls give for it. */
  readonly pairs: ReadonlyMap<string, Pair>;
}

type Recorded = ReturnType<typeof recorded>;
type Group = readonly (readonly [string, JsonValue])[];

/** Totals that combine more than a day's calls: two calls, and two lines of one group by two hands. */
export function combinedCases(model: Model, world: World, event: Event): readonly Case[] {
  const counted = countedOf(model, world, event);
  return counted === undefined ? [] : [...twoCalls(counted), ...twoHands(counted), ...byNumber(counted)];
}

/** Undefined: it is no rollup that waits in a queue, or its golden call doesn't name its group. */
function countedOf(model: Model, world: World, event: Event): Counted | undefined {
  const { queue } = model.delivery;
  const { rollup, onlyWhere } = event;
  if (queue === undefined || rollup === undefined || onlyWhere !== undefined || isOver(event)) return undefined;
  const { fields } = recorded(model, event);
  const by = event.fields
    .filter(({ wireName }) => wireName in fields && rollup.by.includes(wireName))
    .map((field) => [field.wireName, planField(model, field).example] as const);
  if (by.length < rollup.by.length) return undefined;
  const pairs = new Map<string, Pair>();
  for (const { wireName, counts } of rollup.counters) {
    const field = event.fields.find((one) => one.wireName === wireName);
    const pair = field && pairOf(model, field, counts);
    if (pair !== undefined) pairs.set(wireName, pair);
  }
  const stretch = stretchOf(rollup, world.now);
  const name = queue.file.slice(queue.file.lastIndexOf("/") + 1);
  return { model, world, event, rollup, stretch, file: `${name}.day-${stretch.named}`, fields, by, pairs };
}

/** Two calls that give something else come together. */
function twoCalls(counted: Counted): readonly Case[] {
  const { model, world, event, rollup, stretch, fields, pairs } = counted;
  const calls = stretch.calls ?? 2;
  // Nobody reads more than a few calls.
  if (calls < 2 || calls > 12) return [];
  const isFailing = rollup.counters.some(({ counts }) => counts === "failed-calls");
  const call = (ok: boolean, at: 0 | 1) => ({
    event: event.wireName,
    fields,
    ok,
    values: Object.fromEntries([...pairs].map(([name, { given }]) => [name, given[at]])),
    ...(stretch.recordedAt === undefined ? {} : { at: stretch.recordedAt }),
  });
  const plain = { event: event.wireName, fields, ok: true };
  const json = totalOf(counted, calls, 1, ({ comesTo }) => comesTo, stretch.middle ?? world.now);
  return [
    {
      id: `${event.wireName}: what two calls give comes together`,
      ask: "sent",
      given: { ...world, record: [call(true, 0), call(!isFailing, 1), ...Array(calls - 2).fill(plain)] },
      expect: { requests: [{ json }], own: ownOf(model, event) },
    },
  ];
}

/** Lines of one group that two processes wrote. */
function twoHands(counted: Counted): readonly Case[] {
  const { model, event, by } = counted;
  const [first, second] = halvesOf(counted);
  if (first === 0) return [];
  return [
    flushed(
      counted,
      "two hands' lines are one group, in any order of its names",
      `\n${lineFor(counted, by, 0, first)}\n\n${lineFor(counted, by.toReversed(), 1, second)}\n`,
      { requests: [wholeOf(counted)], own: ownOf(model, event) },
    ),
  ];
}

/** Where a number of calls ends a total: fewer wait, and what comes behind it is the next one's. */
function byNumber(counted: Counted): readonly Case[] {
  const { model, event, by, file, stretch } = counted;
  const [first, second] = halvesOf(counted);
  if (stretch.calls === undefined || first === 0) return [];
  const line = lineFor(counted, by, 0, first);
  return [
    flushed(counted, "too few calls wait", `\n${line}\n`, { requests: [], files: { [file]: `\n${line}\n` } }),
    flushed(
      counted,
      "what comes behind a total is the next one's",
      `\n${line}\n\n${lineFor(counted, by, 1, second)}\n\n${line}\n`,
      {
        requests: [wholeOf(counted)],
        own: ownOf(model, event),
        files: { [file]: `${line}\n`, [`${file}.spent-*`]: null },
      },
    ),
  ];
}

/** The calls in the two lines that make one total. */
function halvesOf({ stretch: { calls } }: Counted): readonly [number, number] {
  return calls === undefined ? [3, 4] : [calls - 1, 1];
}

function flushed({ event, file, world }: Counted, id: string, text: string, expect: object): Case {
  return {
    id: `${event.wireName}: ${id}`,
    ask: "flush",
    given: { ...world, now: world.now + 14 * day, files: { [file]: text }, answer: 204 },
    expect,
  };
}

/** The request that both lines come to. */
function wholeOf(counted: Counted): { readonly json: JsonValue } {
  const [first, second] = halvesOf(counted);
  // A line has hashes that only one machine can make.
  const ofLines = ({ comesTo, kept }: Pair, counts: string) =>
    kept === undefined ? (counts === "union" ? [] : 0) : comesTo;
  return { json: totalOf(counted, first + second, 0, ofLines, counted.stretch.middle ?? counted.world.now + 1) };
}

function totalOf(
  { model, event, pairs }: Counted,
  calls: number,
  failed: number,
  of: (pair: Pair, counts: string) => JsonValue,
  time: number,
) {
  return bodyOf(
    model,
    { ...event, rollup: undefined as never, fields: totalled(event, pairs, calls, failed, of) },
    new Date(time).toISOString(),
  );
}

/** A line of the queue: so many calls of a group, with what the first or the second of them gives. */
function lineFor({ model, world, event, rollup, stretch, pairs }: Counted, group: Group, at: 0 | 1, calls: number) {
  const sums = rollup.counters.flatMap(({ wireName, counts }) =>
    counts === "calls" || counts === "failed-calls" ? [[wireName, { calls, "failed-calls": 0 }[counts]] as const] : [],
  );
  return lineOf(model, event, {
    ...stretch.key,
    by: Object.fromEntries(group),
    sums: Object.fromEntries(sums),
    at: world.now + at,
    values: Object.fromEntries(
      [...pairs].flatMap(([field, { kept }]) => (kept === undefined ? [] : [[field, kept[at]] as const])),
    ),
  });
}

/** A rollup's current period: its name in a line and in a file, and the time of its total. */
interface Stretch {
  readonly key: Readonly<Record<string, number>>;
  readonly named: string;
  /** Absent where a number of calls ends it. */
  readonly middle?: number;
  readonly calls?: number;
  /** A time that is over two days later; absent: now is. */
  readonly recordedAt?: number;
}

function stretchOf({ per }: Pick<Rollup, "per">, now: number): Stretch {
  if (typeof per === "number") return { key: { calls: per }, named: `c${per}`, calls: per };
  const length = { hour: day / 24, day, week: 7 * day }[per ?? "day"];
  // 1970 began on a Thursday, and weeks begin on Monday.
  const before = per === "week" ? 3 * day : 0;
  const number = Math.floor((now + before) / length);
  const middle = (number + 0.5) * length - before;
  return per === undefined
    ? { key: { day: number }, named: String(number), middle }
    : {
        key: { [per]: number },
        named: `${per.slice(0, 1)}${number}`,
        middle,
        recordedAt: (number + 1) * length - before - 1000,
      };
}

function totalled(
  event: Event,
  pairs: ReadonlyMap<string, Pair>,
  calls: number,
  failed: number,
  of: (pair: Pair, counts: string) => JsonValue,
): readonly Field[] {
  const words = new Map(event.rollup?.counters.map(({ wireName, counts }) => [wireName, counts]));
  return event.fields.map((field) => {
    const counts = words.get(field.wireName);
    const pair = pairs.get(field.wireName);
    if (counts === "calls") return { ...field, example: calls };
    if (counts === "failed-calls") return { ...field, example: failed };
    return counts === undefined || pair === undefined ? field : { ...field, example: of(pair, counts) };
  });
}
