import { goldenBody, goldenFields, goldenSample, seenBy } from "../../model/golden.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Event, Field, Metric, Model } from "../../model/model.js";
import { isPlain } from "../../model/rollup.js";
import { givenFields } from "../../payload/call-shape.js";
import { planEvent, planMetric } from "../../plan/emitters.js";
import { planField } from "../../plan/fields.js";
import { samplesOf } from "./samples.js";
import { type Case, isSaid, noon, ownOf, saidOn, type World } from "./world.js";

/** Each event with its examples: what the call puts on the wire, byte for byte. */
export function payloadCases(model: Model, world: World): readonly Case[] {
  return model.events.filter(isTold).map((event) => ({
    id: event.wireName,
    ask: "sent",
    given: { ...where(world, event), record: due(world, event, recorded(model, event)) },
    expect: { requests: [requestOf(model, event)], own: ownOf(model, event), stdout: saidOn("stdout", model) },
  }));
}

/** Each field that is given, with values at and beyond its edges. Fields whose values are held to the same are asked about once. */
export function valueCases(model: Model, world: World): readonly Case[] {
  const known = new Set<string>();
  const isNew = (field: Field) => {
    const { value, optional } = planField(model, field);
    const key = JSON.stringify([value, optional]);
    return !known.has(key) && known.add(key) !== undefined;
  };
  return [
    ...model.events.filter(isTold).flatMap((event) =>
      givenIn(model, event)
        .filter(isNew)
        .flatMap((field) => fieldCases(model, world, event, field)),
    ),
    ...setupCases(model, world, isNew),
  ];
}

function fieldCases(model: Model, world: World, event: Event, field: Field): readonly Case[] {
  const planned = planField(model, field);
  const base = recorded(model, event);
  return samplesOf(planned.value, { given: planned.given, travels: field.example }).map((sample) => ({
    id: `${event.wireName} ${field.wireName}: ${sample.what}`,
    ask: "sent",
    given: {
      ...where(world, event),
      record: due(world, event, { ...base, fields: { ...base.fields, [field.wireName]: sample.given } }),
    },
    expect: expectation(model, event, field, "travels" in sample ? sample.travels : undefined),
  }));
}

/** Returns what is given once is held to the same rules. */
function setupCases(model: Model, world: World, isNew: (field: Field) => boolean): readonly Case[] {
  const event = anyTold(model);
  if (event === undefined) return [];
  return model.common
    .filter(({ wireName, from, legacy }) => !legacy && from.kind === "setup" && wireName in world.setup)
    .filter(isNew)
    .flatMap((field) => {
      const planned = planField(model, field);
      return samplesOf(planned.value, { given: planned.given, travels: field.example }).map((sample) => {
        const changed = {
          ...model,
          common: changedTo(model.common, field, "travels" in sample ? sample.travels : undefined),
        };
        const lost = !("travels" in sample) && !field.optional;
        return {
          id: `setup ${field.wireName}: ${sample.what}`,
          ask: "sent",
          given: {
            ...where(world, event),
            setup: { ...world.setup, [field.wireName]: sample.given },
            record: due(world, event, recorded(model, event)),
          },
          expect: lost
            ? { requests: [], stdout: [] }
            : { requests: [requestOf(changed, event)], own: ownOf(model, event), stdout: saidOn("stdout", model) },
        };
      });
    });
}

function expectation(model: Model, event: Event, field: Field, travels: JsonValue | undefined): object {
  if (travels === undefined && !field.optional) return { requests: [], stdout: [] };
  const changed = { ...event, fields: changedTo(event.fields, field, travels) };
  return { requests: [requestOf(model, changed)], own: ownOf(model, event), stdout: saidOn("stdout", model) };
}

function changedTo(fields: readonly Field[], field: Field, travels: JsonValue | undefined): readonly Field[] {
  if (travels === undefined) return fields.filter((one) => one !== field);
  return fields.map((one) => (one === field ? { ...one, example: travels } : one));
}

/** Those that a caller gives, that exist beside the examples of the others, and that no other depends on. */
function givenIn(model: Model, event: Event): readonly Field[] {
  const present = goldenFields(event.fields);
  const siblings = new Set(
    event.fields.flatMap(({ onlyWhen, type }) => [type.by ?? "", ...onlyWhen.map(({ wireName }) => wireName)]),
  );
  const { fields: given } = recorded(model, event);
  return givenFields(model, event.fields)
    .map(({ field }) => field)
    .filter(({ wireName }) => wireName in given && wireName in present && !siblings.has(wireName));
}

/** One call of an event's emitter with its examples; of a rollup, one that went well. */
export function recorded(
  model: Model,
  event: Event,
): { readonly event: string; readonly fields: Readonly<Record<string, JsonValue>> } {
  const planned = planEvent(model, event);
  const present = goldenFields(event.fields);
  const fields =
    planned.kind === "event" ? planned.fields.filter(({ name }) => planned.given.includes(name)) : planned.by;
  const given = fields.filter(({ name, from }) => name in present && from.kind === "call");
  return { event: event.wireName, fields: Object.fromEntries(given.map((field) => [field.name, field.given])) };
}

/** True if the total of a call is known: not of an event that has ended, nor of what combines more than sums of a day. */
function isTold(event: Event): boolean {
  return !isOver(event) && (event.rollup === undefined || isPlain(event.rollup));
}

/** Returns whether an event is recorded no more at the time of the vectors. */
export function isOver({ expires }: Pick<Event, "expires">): boolean {
  return expires !== undefined && Date.parse(expires) <= noon;
}

/** The event that stands for all of them where the question is another; undefined: no event's total is known. */
export function anyTold({ events }: Model): Event | undefined {
  return events.find(isTold);
}

/** The world in which an event or a metric is sent. */
export function where(world: World, { onlyWhere }: Pick<Event, "onlyWhere">): World {
  return onlyWhere === undefined ? world : { ...world, facts: { ...world.facts, [onlyWhere.fact]: true } };
}

/** By the clock, where the first one has to wait: asked for at the start, and again when it is due. */
export function due<Call extends object>({ now }: World, { schedule }: Event, call: Call): readonly Call[] {
  const wait = schedule?.firstAfter ?? 0;
  return wait === 0
    ? [call]
    : [
        { ...call, at: now - wait - (schedule?.jitter ?? 0) - 1 },
        { ...call, at: now },
      ];
}

/** In which order a rollup's fields stand nobody promises: they are those of a line that somebody wrote. */
export function requestOf(model: Model, event: Event): object {
  if (!isSaid(model, event)) return {};
  const body = bodyOf(model, event);
  // The machine's own values are found again in JSON alone, also where it is encoded.
  if (!isJson(body) && !/^[\w-]{16,}$/.test(body) && Object.keys(ownOf(model, event)).length > 0) return {};
  if (event.rollup === undefined) return { body };
  return isJson(body) ? { json: body } : {};
}

/** True if it is read as JSON: events are counted in no other body, nor is a rollup's read whatever the order of its fields. */
export function isJson(body: string): boolean {
  return /^[{[]/.test(body);
}

/** The body that carries one event of a model's examples, as it travels. Of a rollup: one call that went well. */
export function bodyOf(contract: Model, event: Event, time?: string): string {
  const model = seenBy(contract, event);
  const counters = event.rollup?.counters.map(({ wireName }) => wireName) ?? [];
  const fields = event.fields.map((field) =>
    counters.includes(field.wireName) ? { ...field, example: counters[0] === field.wireName ? 1 : 0 } : field,
  );
  return goldenBody(model, { ...event, fields }, time);
}

/** A report of all metrics with their examples, and with each label and value at and beyond its edges. */
export function expositionCases(model: Model, world: World): readonly Case[] {
  const metrics = model.metrics.filter((one) => !isOver(one));
  const whole: Case = {
    id: "every metric",
    ask: "report",
    given: { ...metrics.reduce(where, world), samples: metrics.map((metric) => sampleOf(model, metric)) },
    expect: {
      requests: [{ body: metrics.map((one) => `${goldenSample(one)}\n`).join("") }],
      own: ownOf(model),
      stdout: saidOn("stdout", model),
    },
  };
  const known = new Set<string>();
  return metrics.length === 0 ? [] : [whole, ...metrics.flatMap((one) => metricCases(model, world, one, known))];
}

export function sampleOf(model: Model, metric: Metric) {
  const { given, labels } = planMetric(model, metric);
  const told = labels.filter(({ name }) => given.includes(name));
  return {
    metric: metric.wireName,
    labels: Object.fromEntries(told.map((label) => [label.name, label.given])),
    value: metric.value.example,
  };
}

function metricCases(model: Model, world: World, metric: Metric, known: Set<string>): readonly Case[] {
  const base = sampleOf(model, metric);
  const { labels, value } = planMetric(model, metric);
  const one = (what: string, sample: object, changed: Metric | undefined): Case => ({
    id: `${metric.wireName} ${what}`,
    ask: "report",
    given: { ...where(world, metric), samples: [sample] },
    expect:
      changed === undefined
        ? { requests: [], stdout: [] }
        : { requests: [{ body: `${goldenSample(changed)}\n` }], own: ownOf(model), stdout: saidOn("stdout", model) },
  });
  const values = samplesOf(value.value, { given: value.example, travels: value.example }).map((sample) =>
    one(
      `value: ${sample.what}`,
      { ...base, value: sample.given },
      "travels" in sample ? { ...metric, value: { ...metric.value, example: sample.travels ?? null } } : undefined,
    ),
  );
  const labelled = metric.labels
    .filter((field) => !known.has(JSON.stringify(planField(model, field).value)))
    .filter(({ wireName, onlyWhen }) => wireName in base.labels && onlyWhen.length === 0)
    .flatMap((field) => {
      known.add(JSON.stringify(planField(model, field).value));
      const planned = labels.find(({ name }) => name === field.wireName);
      const samples =
        planned === undefined ? [] : samplesOf(planned.value, { given: planned.given, travels: field.example });
      return samples.map((sample) =>
        one(
          `${field.wireName}: ${sample.what}`,
          { ...base, labels: { ...base.labels, [field.wireName]: sample.given } },
          "travels" in sample || field.optional
            ? { ...metric, labels: changedTo(metric.labels, field, "travels" in sample ? sample.travels : undefined) }
            : undefined,
        ),
      );
    });
  return [...values, ...labelled];
}
