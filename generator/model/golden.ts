import type { JsonValue } from "./json-schema.js";
import type { Event, Field, Metric, Model } from "./model.js";

/** The event time of every golden payload: noon, as a rollup's is. */
export const goldenTime = "2026-06-12T12:00:00.000Z";

/** Field name → example, for the fields that exist together: what `only_when` excludes by the examples is left out, and so are legacy fields. */
export function goldenFields(fields: readonly Field[]): Record<string, JsonValue> {
  const sent = fields.filter((field) => !field.legacy);
  const examples = new Map(sent.map((field) => [field.wireName, field.example]));
  const present = sent.filter((field) =>
    field.onlyWhen.every(({ wireName, value }) => examples.get(wireName) === value),
  );
  return Object.fromEntries(present.map((field) => [field.wireName, field.example]));
}

/** One whole request body for one event, as it travels, made of the examples: the page, the snapshots and the tests show the same one. */
export function goldenPayload(model: Model, event: Event): { readonly [key: string]: JsonValue } {
  const { wire } = model;
  const common = goldenFields(model.common);
  const fields = goldenFields(event.fields);
  if (wire.format === "json-batch") {
    const time = wire.timeKey === undefined ? {} : { [wire.timeKey]: goldenTime };
    return { ...common, [wire.eventsKey]: [{ [wire.eventKey]: event.wireName, ...time, [wire.fieldsKey]: fields }] };
  }
  const name = wire.format === "json" && wire.eventKey !== undefined ? { [wire.eventKey]: event.wireName } : {};
  return { ...name, ...common, ...fields };
}

/** One sample in Prometheus' text form, made of the examples. */
export function goldenSample(metric: Metric): string {
  const labels = Object.entries(goldenFields(metric.labels)).map(
    ([name, value]) => `${name}="${escapeLabel(String(value))}"`,
  );
  return `${metric.wireName}${labels.length > 0 ? `{${labels.join(",")}}` : ""} ${String(metric.value.example)}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
