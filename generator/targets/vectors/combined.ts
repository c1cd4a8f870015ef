import type { JsonValue } from "../../model/json-schema.js";
import type { Event, Field, Model } from "../../model/model.js";
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

/** Totals that combine more than calls: two calls, and two lines of one group by two hands. */
export function combinedCases(model: Model, world: World, event: Event): readonly Case[] {
  const planned = planEvent(model, event);
  const { queue } = model.delivery;
  const { rollup, onlyWhere } = event;
  if (planned.kind !== "rollup" || queue === undefined || rollup === undefined) return [];
  // A day's total has the time that golden payloads have.
  if (rollup.per !== undefined || onlyWhere !== undefined || isOver(event)) return [];
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
  const total = (calls: number, failed: number, of: (pair: Pair, counts: string) => JsonValue) =>
    bodyOf(model, { ...event, rollup: undefined as never, fields: totalled(event, pairs, calls, failed, of) });
  const call = (ok: boolean, at: 0 | 1) => ({
    event: event.wireName,
    fields,
    ok,
    values: Object.fromEntries([...pairs].map(([name, { given }]) => [name, given[at]])),
  });
  const today = Math.floor(world.now / day);
  const name = queue.file.slice(queue.file.lastIndexOf("/") + 1);
  const line = (group: typeof by, at: 0 | 1, calls: number) =>
    lineOf(model, event, {
      day: today,
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
  return [
    {
      id: `${event.wireName}: what two calls give comes together`,
      ask: "sent",
      given: { ...world, record: [call(true, 0), call(!failing, 1)] },
      expect: { requests: [{ json: total(2, 1, ({ comesTo }) => comesTo) }], own: ownOf(model, event) },
    },
    {
      id: `${event.wireName}: two hands' lines are one group, in any order of its names`,
      ask: "flush",
      given: {
        ...world,
        now: world.now + 2 * day,
        files: { [`${name}.day-${today}`]: `\n${line(by, 0, 3)}\n\n${line(by.toReversed(), 1, 4)}\n` },
        answer: 204,
      },
      expect: {
        requests: [
          {
            json: total(7, 0, ({ comesTo, kept }, counts) =>
              kept === undefined ? (counts === "union" ? [] : 0) : comesTo,
            ),
          },
        ],
        own: ownOf(model, event),
      },
    },
  ];
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
