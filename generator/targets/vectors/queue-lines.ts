import type { JsonValue } from "../../model/json-schema.js";
import type { Event, Model } from "../../model/model.js";
import { planEvent } from "../../plan/emitters.js";
import { planField } from "../../plan/fields.js";
import { bodyOf, isJson, recorded, requestOf } from "./sent.js";
import { type Case, ownOf, type World } from "./world.js";

const day = 86_400_000;
const hour = 3_600_000;

/** An event's fields with their examples, as they stand in a line of the queue. */
export function lineOf(model: Model, event: Event, more: object = {}): string {
  return JSON.stringify({ v: model.schemaVersion, event: event.wireName, ...more });
}

/** Returns what a sender makes of lines that anybody may have written, and of claims that are another's. */
export function queueLineCases(
  model: Model,
  world: World,
  event: Event,
  props: Readonly<Record<string, JsonValue>>,
): readonly Case[] {
  const { queue } = model.delivery;
  if (queue === undefined) return [];
  const name = queue.file.slice(queue.file.lastIndexOf("/") + 1);
  const ownState = ownOf(model, event);
  const one = { requests: [requestOf(model, event)], own: ownState };
  const flush = (id: string, lines: readonly string[], expect: object): Case => ({
    id,
    ask: "flush",
    given: { ...world, files: { [name]: lines.map((line) => `\n${line}\n`).join("") }, answer: 204 },
    expect,
  });
  const line = (given: object = {}, ts: number = world.now) =>
    lineOf(model, event, { ts, props: { ...props, ...given } });
  const required = event.fields.find(({ optional, legacy, wireName }) => !optional && !legacy && wireName in props);
  const without = Object.fromEntries(Object.entries(props).filter(([key]) => key !== required?.wireName));
  const others = { v: model.schemaVersion, event: "of_another_version", props: {} };
  const young = JSON.stringify({ ...others, ts: world.now - 29 * day });
  const old = JSON.stringify({ ...others, ts: world.now - 30 * day });
  const claim = (age: number, mark: string) => `${name}.claim-${world.now - age}-${mark}-0.5`;
  const held = (id: string, mark: string, age: number, sent: boolean): Case => ({
    id,
    ask: "flush",
    given: { ...world, files: { [claim(age, mark)]: `\n${line()}\n` }, answer: 204 },
    expect: sent
      ? { ...one, files: { [`${name}.spent-*`]: null } }
      : { requests: [], files: { [`${name}.claim-${world.now - age}-*`]: `\n${line()}\n` } },
  });
  return [
    flush("what the contract doesn't list stays here", [line({ x_not_listed: "x" })], one),
    flush("a time in the future is told as now", [line({}, world.now + 40 * day)], one),
    ...(required === undefined || !isJson(bodyOf(model, event))
      ? []
      : [
          flush(
            "a line without what its event asks for is dropped",
            [lineOf(model, event, { ts: 1, props: without })],
            {
              requests: [],
              files: { [`${name}.spent-*`]: null },
            },
          ),
          flush(
            "another revision may not have asked for it",
            [JSON.stringify({ v: model.schemaVersion + 1, event: event.wireName, ts: 1, props: without })],
            { counts: { requests: 1, events: 1 } },
          ),
        ]),
    flush("an event that the contract doesn't have waits", [young], {
      requests: [],
      files: { [name]: `\n${young}\n` },
    }),
    flush("and goes when it is 30 days old", [old], { requests: [], files: { [`${name}.spent-*`]: null } }),
    flush("what is known is sent beside it", [line(), young], {
      ...one,
      files: { [name]: `${young}\n`, [`${name}.spent-*`]: null },
    }),
    flush("what is no event is dropped", ["[]", '{"v":1}', line().replace(/"ts":\d+/, '"ts":"x"'), "\u0000"], {
      requests: [],
    }),
    held("a living sender's claim is left alone, whatever its clock said", "{living}", 2 * queue.reclaimAfter, false),
    held("that of one that ended is sent", "{ended}", queue.reclaimAfter, true),
    held("but not before its time is over", "{ended}", queue.reclaimAfter - hour / 60, false),
    held("another machine's is trusted for as long", "{elsewhere}", 2 * queue.reclaimAfter, false),
    held("one from before this machine was started is nobody's", "{restarted}", queue.reclaimAfter, true),
  ];
}

/** Lines of one group, by two hands. @param counted the event with these sums for its counters. */
export function groupCases(
  model: Model,
  world: World,
  event: Event,
  counted: (...sums: readonly number[]) => Event,
): readonly Case[] {
  const planned = planEvent(model, event);
  const { queue } = model.delivery;
  if (planned.kind !== "rollup" || queue === undefined || !planned.plain) return [];
  const name = queue.file.slice(queue.file.lastIndexOf("/") + 1);
  const { fields } = recorded(model, event);
  const by = event.fields
    .filter(({ wireName }) => wireName in fields && event.rollup?.by.includes(wireName))
    .map((field) => [field.wireName, planField(model, field).example] as const);
  if (by.length < planned.by.filter(({ optional }) => !optional).length) return [];
  const [calls, failed] = planned.counters;
  if (calls === undefined) return [];
  const today = Math.floor(world.now / day);
  const line = (group: typeof by, sum: number) =>
    lineOf(model, event, {
      day: today,
      by: Object.fromEntries(group),
      sums: { [calls.name]: sum, ...(failed === undefined ? {} : { [failed.name]: 0 }) },
    });
  const flush = (id: string, lines: readonly string[], ...sums: readonly number[]): Case => ({
    id: `${event.wireName}: ${id}`,
    ask: "flush",
    given: {
      ...world,
      now: world.now + 2 * day,
      files: { [`${name}.day-${today}`]: lines.map((one) => `\n${one}\n`).join("") },
      answer: 204,
    },
    expect: { requests: [{ json: bodyOf(model, counted(...sums)) }], own: ownOf(model, event) },
  });
  const zero = failed === undefined ? [] : [0];
  return [
    flush("a group is the same in any order of its names", [line(by, 3), line(by.toReversed(), 4)], 7, ...zero),
    ...(calls.most === undefined
      ? []
      : [flush("a sum never exceeds its greatest value", [line(by, calls.most), line(by, 1)], calls.most, ...zero)]),
    {
      id: `${event.wireName}: what is counted today waits for the day's end`,
      ask: "flush",
      given: {
        ...world,
        files: { [`${name}.day-${today}`]: `\n${line(by, 3)}\n` },
        answer: 204,
      },
      expect: { requests: [], files: { [`${name}.day-${today}`]: `\n${line(by, 3)}\n` } },
    },
    flush("what is no sum adds nothing", [line(by, 3), line(by, -4), line(by, 1.5)], 3, ...zero),
  ];
}
