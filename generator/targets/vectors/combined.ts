import type { JsonValue } from "../../model/json-schema.js";
import type { Event, Field, Model, Rollup } from "../../model/model.js";
import { planEvent } from "../../plan/emitters.js";
import { planField } from "../../plan/fields.js";
import { lineOf } from "./queue-lines.js";
import { bodyOf, isOver, recorded } from "./sent.js";
import { type Case, ownOf, type World } from "./world.js";

const day = 86_400_000;

/** What two calls give, as they are given and as they would travel, and what both come to. */
interface Pair {
  readonly given: readonly [JsonValue, JsonValue];
  readonly comesTo: JsonValue;
  /** How the two stand in a line of the queue; absent where a line has hashes that only one machine can make. */
  readonly kept?: readonly [JsonValue, JsonValue];
}

/** Totals that combine more than a day's calls: two calls, and two lines of one group by two hands. */
export function combinedCases(model: Model, world: World, event: Event): readonly Case[] {
  const planned = planEvent(model, event);
  const { queue } = model.delivery;
  const { rollup, onlyWhere } = event;
  if (planned.kind !== "rollup" || queue === undefined || rollup === undefined) return [];
  if (onlyWhere !== undefined || isOver(event)) return [];
  const stretch = stretchOf(rollup, world.now);
  const { fields } = recorded(model, event);
  const by = event.fields
    .filter(({ wireName }) => wireName in fields && rollup.by.includes(wireName))
    .map((field) => [field.wireName, planField(model, field).example] as const);
  if (by.length < rollup.by.length) return [];
  const pairs = new Map<string, Pair>();
  for (const { wireName, counts } of rollup.counters) {
    const field = event.fields.find((one) => one.wireName === wireName);
    const pair = field && pairOf(model, field, counts);
    if (pair !== undefined) pairs.set(wireName, pair);
  }
  const failing = rollup.counters.some(({ counts }) => counts === "failed-calls");
  const total = (calls: number, failed: number, of: (pair: Pair, counts: string) => JsonValue, time: number) =>
    bodyOf(
      model,
      { ...event, rollup: undefined as never, fields: totalled(event, pairs, calls, failed, of) },
      new Date(time).toISOString(),
    );
  const call = (ok: boolean, at: 0 | 1) => ({
    event: event.wireName,
    fields,
    ok,
    values: Object.fromEntries([...pairs].map(([name, { given }]) => [name, given[at]])),
    ...(stretch.recordedAt === undefined ? {} : { at: stretch.recordedAt }),
  });
  const name = queue.file.slice(queue.file.lastIndexOf("/") + 1);
  const line = (group: typeof by, at: 0 | 1, calls: number) =>
    lineOf(model, event, {
      ...stretch.key,
      by: Object.fromEntries(group),
      sums: Object.fromEntries(
        planned.counters.flatMap(({ name: counter, counts }) =>
          counts === "calls" || counts === "failed-calls" ? [[counter, counts === "calls" ? calls : 0] as const] : [],
        ),
      ),
      at: world.now + at,
      values: Object.fromEntries(
        [...pairs].flatMap(([field, { kept }]) => (kept === undefined ? [] : [[field, kept[at]] as const])),
      ),
    });
  // A line has hashes that only one machine can make.
  const ofLines = ({ comesTo, kept }: Pair, counts: string) =>
    kept === undefined ? (counts === "union" ? [] : 0) : comesTo;
  const file = `${name}.day-${stretch.named}`;
  const flush = (id: string, text: string, expect: object): Case => ({
    id: `${event.wireName}: ${id}`,
    ask: "flush",
    given: { ...world, now: world.now + 14 * day, files: { [file]: text }, answer: 204 },
    expect,
  });
  const [first, second] = stretch.calls === undefined ? [3, 4] : [stretch.calls - 1, 1];
  const own = ownOf(model, event);
  const whole = {
    json: total(first + second, 0, ofLines, stretch.middle ?? world.now + 1),
  };
  const oneCall = { event: event.wireName, fields, ok: true };
  const calls = stretch.calls ?? 2;
  return [
    // Nobody reads more than a few calls.
    ...(calls >= 2 && calls <= 12
      ? [
          {
            id: `${event.wireName}: what two calls give comes together`,
            ask: "sent",
            given: { ...world, record: [call(true, 0), call(!failing, 1), ...Array(calls - 2).fill(oneCall)] },
            expect: {
              requests: [{ json: total(calls, 1, ({ comesTo }) => comesTo, stretch.middle ?? world.now) }],
              own,
            },
          },
        ]
      : []),
    ...(first === 0
      ? []
      : [
          flush(
            "two hands' lines are one group, in any order of its names",
            `\n${line(by, 0, first)}\n\n${line(by.toReversed(), 1, second)}\n`,
            { requests: [whole], own },
          ),
        ]),
    ...(stretch.calls === undefined || first === 0
      ? []
      : [
          flush("too few calls wait", `\n${line(by, 0, first)}\n`, {
            requests: [],
            files: { [file]: `\n${line(by, 0, first)}\n` },
          }),
          flush(
            "what comes behind a total is the next one's",
            `\n${line(by, 0, first)}\n\n${line(by, 1, second)}\n\n${line(by, 0, first)}\n`,
            { requests: [whole], own, files: { [file]: `${line(by, 0, first)}\n`, [`${file}.spent-*`]: null } },
          ),
        ]),
  ];
}

/** What a rollup counts for, about now: how a line and a file call it, and the time that its total has. */
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

function pairOf(model: Model, field: Field, counts: string): Pair | undefined {
  const { type, example } = field;
  const [first, last] = [type.values?.[0] ?? example, type.values?.at(-1) ?? example];
  const numbers = numbersOf(field);
  switch (counts) {
    case "max":
      return { given: numbers, comesTo: Math.max(...numbers), kept: numbers };
    case "min":
      return { given: numbers, comesTo: Math.min(...numbers), kept: numbers };
    case "sum": {
      const most = type.schema.maximum ?? Number.MAX_SAFE_INTEGER;
      return { given: numbers, comesTo: Math.min(numbers[0] + numbers[1], most), kept: numbers };
    }
    case "last": {
      const { given } = planField(model, field);
      // Of a range a number is given, and another thing travels.
      if (type.kind === "bucket") return { given: [given, given], comesTo: example, kept: [example, example] };
      return { given: [first, last], comesTo: last, kept: [first, last] };
    }
    case "union": {
      const all = type.of?.values ?? [];
      const most = type.schema.maxItems ?? all.length;
      const two: [JsonValue, JsonValue] = [all[0] ?? "", (most > 1 ? all.at(-1) : all[0]) ?? ""];
      return { given: two, comesTo: all.filter((one) => two.includes(one)) };
    }
    case "count-distinct":
      return { given: ["a", "b"], comesTo: Math.min(2, type.schema.maximum ?? 2) };
    default:
      return undefined;
  }
}

/** Two numbers that the field lets through. */
function numbersOf({ type, example }: Field): readonly [number, number] {
  const one = typeof example === "number" ? example : 0;
  const { minimum = one, maximum = one } = type.schema;
  return [one, one === minimum ? maximum : minimum];
}
