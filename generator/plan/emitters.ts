import { exists } from "../model/conditions.js";
import { givenIdentifiers } from "../model/given-identifiers.js";
import type { Event, Field, Metric, Model } from "../model/model.js";
import { isPlain } from "../model/rollup.js";
import { camelCase } from "../names.js";
import { type EventCall, eventCall, type Given, metricCall, type RollupCall } from "../payload/call-shape.js";
import { givenNames, planField, planFields } from "./fields.js";
import type { PlanEmitter, PlanEvent, PlanMetric, PlanRollup } from "./plan.js";
import { valueOfSchema } from "./values.js";
import { type Words, wordsIn } from "./words.js";

/** Every event and metric, in the contract's order. */
export function planEmitters(model: Model): readonly PlanEmitter[] {
  return [
    ...model.events.map((event) => planEvent(model, event)),
    ...model.metrics.map((metric) => planMetric(model, metric)),
  ];
}

/** One event, of which nothing depends on the others but what a rollup's emitters are called. */
export function planEvent(model: Model, event: Event): PlanEvent | PlanRollup {
  const call = eventCall(model, event);
  return call.kind === "event" ? single(model, event, call) : rollup(model, event, call);
}

function single(model: Model, event: Event, { fields, byTheClock, emitter }: EventCall): PlanEvent {
  const example = (wireName: string) => event.fields.find((field) => field.wireName === wireName)?.example;
  const excluded = ({ field }: Given) => !exists(field, example);
  return {
    kind: "event",
    ...head(event),
    ...(byTheClock ? { words: wordsIn(emitter) } : {}),
    fields: planFields(model, event.fields),
    given: fields.map(({ field }) => field.wireName),
    example: fields.filter((one) => !excluded(one)).map(({ field }) => field.wireName),
    ...(event.schedule === undefined ? {} : { schedule: event.schedule }),
    ...(event.limit === undefined ? {} : { limit: event.limit }),
    ...(event.sample === undefined ? {} : { sample: event.sample }),
    ...(event.evenWhenOff === undefined
      ? {}
      : { evenWhenOff: { ...event.evenWhenOff, leaves: givenIdentifiers(model) } }),
  };
}

function rollup(model: Model, event: Event, call: RollupCall): PlanRollup {
  const { by = [], counters = [] } = event.rollup ?? {};
  const byName = new Map(event.fields.map((field) => [field.wireName, field]));
  const given = [...call.required, ...call.optional.flatMap((one) => ("members" in one ? one.members : [one]))];
  const groups = groupWords(given.map(({ field }) => field));
  return {
    kind: "rollup",
    ...head(event),
    words: wordsIn(call.emitter),
    handle: wordsIn(call.handle),
    ...(event.rollup?.per === undefined ? {} : { per: event.rollup.per }),
    plain: event.rollup === undefined || isPlain(event.rollup),
    by: by.flatMap((name) => {
      const field = byName.get(name);
      if (field === undefined) return [];
      const planned = planField(model, field, groups.get(field));
      const open =
        field.type.values === undefined && (planned.from.kind === "call" || planned.from.kind === "constant");
      return [{ ...planned, ...(open ? { open: true as const } : {}) }];
    }),
    required: call.required.map(({ field }) => field.wireName),
    optional: call.optional.map((one) =>
      "members" in one
        ? {
            words: wordsIn(one.name),
            members: one.members.map(({ name, field }) => ({ name: field.wireName, words: wordsIn(name) })),
          }
        : one.field.wireName,
    ),
    counters: counters.map(({ wireName, counts }) => {
      const field = byName.get(wireName);
      const most = field?.type.schema.maxItems ?? field?.type.schema.maximum;
      const value = field === undefined ? valueOfSchema({ type: "integer" }) : planField(model, field).value;
      const words = wordsIn(call.amounts.find((one) => one.field === field)?.name ?? field?.codeName ?? wireName);
      return { name: wireName, words, counts, value, ...(most === undefined ? {} : { most }) };
    }),
  };
}

/**
 * What a group's fields are called where each is given by itself: by their code names where the contract has them, otherwise by the words that
 * travel. Where two would be called the same, both have their code names.
 */
function groupWords(fields: readonly Field[]): ReadonlyMap<Field, Words> {
  const plain = fields.map(({ wireName, codeName }) => {
    const own = wireName.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    return codeName === camelCase(wireName) ? own.map((word) => word.toLowerCase()) : wordsIn(codeName);
  });
  const called = plain.map((words) => words.join("_"));
  return new Map(
    fields.map((field, at) => {
      const isAlone = called.indexOf(called[at] ?? "") === called.lastIndexOf(called[at] ?? "");
      return [field, isAlone ? (plain[at] ?? []) : wordsIn(field.codeName)];
    }),
  );
}

export function planMetric(model: Model, metric: Metric): PlanMetric {
  const { type, means, example } = metric.value;
  const fixed = type.schema.const;
  return {
    kind: "metric",
    ...head(metric),
    ...(metric.schedule === undefined ? {} : { schedule: metric.schedule }),
    labels: planFields(model, metric.labels),
    given: givenNames(model, metric.labels),
    value: {
      value: metricCall(model, metric).value ? valueOfSchema(type.schema) : { is: "always", value: fixed ?? null },
      ...(means === undefined ? {} : { means }),
      example,
    },
  };
}

function head({ wireName, codeName, when, why, note, part, sinceEpoch, onlyWhere, expires }: Event | Metric) {
  return {
    name: wireName,
    words: wordsIn(codeName),
    when,
    why,
    ...(note === undefined ? {} : { note }),
    ...(expires === undefined ? {} : { expires }),
    ...(part === undefined ? {} : { part }),
    ...(sinceEpoch === undefined ? {} : { sinceEpoch }),
    ...(onlyWhere === undefined ? {} : { onlyWhere }),
  };
}
