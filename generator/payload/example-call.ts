import { accepts } from "../model/accepts.js";
import { exists } from "../model/conditions.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Event, Field, Metric, Model, Type } from "../model/model.js";
import { eventCall, type Given, givenFields, metricCall } from "./call-shape.js";

/** Returns what a caller gives to get a field's example onto the wire: for a bucket, a raw number that lies in it. */
export function exampleInput(model: Model, { type, example }: Pick<Field, "type" | "example">): JsonValue {
  return inputFor(model, type, example);
}

/** The arguments that make an emitter send its golden payload; of a rollup, one call that went well. */
export function exampleArguments(model: Model, event: Event): readonly JsonValue[] {
  const call = eventCall(model, event);
  const excluded = ({ field }: Given) => !exists(field, (wireName) => exampleOf(event, wireName));
  if (call.kind === "event")
    return call.fields.length === 0
      ? []
      : [
          objectOf(
            model,
            call.fields.filter((given) => !excluded(given)),
          ),
        ];
  const optional = call.optional.map((given) => {
    if (!("members" in given)) return excluded(given) ? null : exampleInput(model, given.field);
    return given.members.every(excluded)
      ? null
      : objectOf(
          model,
          given.members.filter((member) => !excluded(member)),
        );
  });
  while (optional.at(-1) === null) optional.pop();
  return [...call.required.map(({ field }) => exampleInput(model, field)), ...(call.ok ? [true] : []), ...optional];
}

/** The arguments that make a gauge print its golden sample. */
export function exampleMetricArguments(model: Model, metric: Metric): readonly JsonValue[] {
  const call = metricCall(model, metric);
  return [
    ...(call.labels.length === 0 ? [] : [objectOf(model, call.labels)]),
    ...(call.value ? [metric.value.example] : []),
  ];
}

function objectOf(model: Model, fields: readonly Given[]): JsonValue {
  return Object.fromEntries(fields.map(({ name, field }) => [name, exampleInput(model, field)]));
}

function exampleOf(event: Event, wireName: string): JsonValue | undefined {
  return event.fields.find((field) => field.wireName === wireName)?.example;
}

function inputFor(model: Model, { input, of, fields, keys, cases, nullable }: Type, example: JsonValue): JsonValue {
  if (input?.kind === "hashed") return input.example;
  if (input?.kind === "bucket") {
    const at = input.labels.indexOf(String(example));
    const { edges } = input;
    if (input.compare === "below") return at === 0 ? Math.min(0, (edges[0] ?? 1) - 1) : (edges[at - 1] ?? 0);
    return at < edges.length ? (edges[at] ?? 0) : (edges.at(-1) ?? 0) + 1;
  }
  if (nullable === true && example === null) return null;
  if (cases !== undefined) {
    const own = cases.find(({ type }) => accepts(type.schema, example));
    return own === undefined ? example : inputFor(model, own.type, example);
  }
  if (keys !== undefined && of !== undefined && typeof example === "object" && example !== null)
    return Object.fromEntries(Object.entries(example).map(([key, item]) => [key, inputFor(model, of, item)]));
  if (of !== undefined && Array.isArray(example)) return example.map((item: JsonValue) => inputFor(model, of, item));
  if (fields !== undefined && typeof example === "object" && example !== null) {
    const values = example as { readonly [key: string]: JsonValue };
    return Object.fromEntries(
      givenFields(model, fields).flatMap(({ name, field }) =>
        field.wireName in values ? [[name, inputFor(model, field.type, values[field.wireName] ?? null)]] : [],
      ),
    );
  }
  return example;
}
