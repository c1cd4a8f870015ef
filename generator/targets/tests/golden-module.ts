import { type Literal, literal } from "../../emit/literal.js";
import { withoutDropped } from "../../model/dropped.js";
import { fragmentOf } from "../../model/fragments.js";
import { goldenAround, goldenFields, goldenSample, goldenShown, seenBy, storedSample } from "../../model/golden.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Combine, Event, Field, Metric, Model } from "../../model/model.js";
import { eventCall, metricCall } from "../../payload/call-shape.js";
import { exampleArguments, exampleMetricArguments } from "../../payload/example-call.js";

/** The snapshot that reviewers read: what each call puts on the wire. */
export function printGolden(model: Model): string {
  const golden = [
    ...model.events.map((event) => fragmentOf(event, "golden", () => literal(goldenEvent(model, event), "  "))),
    ...model.metrics.map((metric) => literal(goldenMetric(model, metric), "  ")),
  ];
  return [
    'import type { Golden } from "plainsight/tests";\n\n',
    "/** Each event with its example values: the call, what it puts on the wire, and what the worker passes on. */\n",
    // Not one of them fits on this line.
    `export const golden: readonly Golden[] = [\n${golden.map((one) => `  ${one},\n`).join("")}];\n`,
  ].join("");
}

function goldenEvent(contract: Model, whole: Event): Literal {
  const event = afterOne(whole);
  const model = seenBy(contract, event);
  return {
    event: event.wireName,
    emitter: eventCall(model, event).emitter,
    arguments: exampleArguments(model, event),
    ...dueAfter(event),
    ...timesOf(event),
    payload: goldenShown(model, event, countsOf(event)),
    ...aroundOf(model, event, countsOf(event)),
    forwarded: storedOf([...model.common, ...event.fields], {
      ...goldenFields(model.common),
      ...goldenFields(event.fields),
      ...countsOf(event),
    }),
    evenWhenOff: event.evenWhenOff && true,
    part: event.part,
    required: [...model.common, ...event.fields].filter(isRequired).map(({ wireName }) => wireName),
  } as Literal;
}

/** A total by a number of calls is over, and sent, only with the last of them. */
function timesOf({ rollup }: Event): { readonly times?: number } {
  return typeof rollup?.per === "number" ? { times: rollup.per } : {};
}

function dueAfter({ schedule }: Event): { readonly dueAfter?: number } {
  if (schedule === undefined) return {};
  const { firstAfter, jitter = 0 } = schedule;
  return { dueAfter: firstAfter === undefined ? 0 : firstAfter + jitter };
}

/** Returns what stands around it, where that is another than around the first event. */
function aroundOf(
  model: Model,
  event: Event,
  counts: Readonly<Record<string, JsonValue>>,
): { readonly around?: Literal } {
  const around = goldenAround(model, event, counts);
  return JSON.stringify(around) === JSON.stringify(goldenAround(model, model.events[0])) ? {} : { around };
}

/** Returns what the worker keeps: not what is dropped on arrival. */
function storedOf(fields: readonly Field[], values: Readonly<Record<string, unknown>>): object {
  return withoutDropped(values, fields);
}

/** Calls that went well are what a rollup's golden call records; they give nothing beside themselves. */
function countsOf(event: Event): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    (event.rollup?.counters ?? []).flatMap(({ wireName, counts }) => {
      const value = AFTER_ONE[counts](event);
      return value === undefined ? [] : [[wireName, value] as const];
    }),
  );
}

/** Without what one call gives nothing of. */
function afterOne(event: Event): Event {
  const absent = (event.rollup?.counters ?? []).filter(({ counts }) => AFTER_ONE[counts](event) === undefined);
  const names = new Set(absent.map(({ wireName }) => wireName));
  return names.size === 0 ? event : { ...event, fields: event.fields.filter(({ wireName }) => !names.has(wireName)) };
}

const nothing = () => undefined;
const zero = () => 0;

const AFTER_ONE: Readonly<Record<Combine, (event: Event) => JsonValue | undefined>> = {
  calls: (event) => timesOf(event).times ?? 1,
  "failed-calls": zero,
  sum: zero,
  max: nothing,
  min: nothing,
  last: nothing,
  union: () => [],
  "count-distinct": zero,
};

function goldenMetric(model: Model, metric: Metric): Literal {
  return {
    event: metric.wireName,
    emitter: metricCall(model, metric).emitter,
    arguments: exampleMetricArguments(model, metric),
    payload: goldenSample(metric),
    part: metric.part,
    // What stands in headers goes with each sample.
    forwarded: storedSample({ ...metric, labels: [...model.common, ...metric.labels] }),
    required: metric.labels.filter(isRequired).map(({ wireName }) => wireName),
  };
}

function isRequired({ optional, legacy, onlyWhen }: Field): boolean {
  return !optional && !legacy && onlyWhen.length === 0;
}
