import type { Field } from "../../generator/model/model.js";
import { words } from "../../generator/names.js";
import { eventCall, type Given, metricCall } from "../../generator/payload/call-shape.js";
import { exampleArguments, exampleMetricArguments } from "../../generator/payload/example-call.js";
import { emitted, type Samples } from "./emitted.js";
import { failed, type Outcome, orEmpty, same } from "./outcome.js";
import { contractOf, generated } from "./systems.js";

/** `name` or `name_unit` → [raw number, label] pairs. */
type BucketTable = Readonly<Record<string, unknown>>;

/** Raw numbers, given to the emitter as a caller gives them → the labels that it sends. */
export async function runBuckets(table: BucketTable, system: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [key, rows] of Object.entries(table)) {
    if (!Array.isArray(rows) || key === "requirements") continue;
    const label = labelOf(system, key);
    for (const [raw, expected] of rows as readonly (readonly [number, string])[]) {
      const name = `${system}/buckets ${key} ${raw}`;
      outcomes.push(
        label === undefined
          ? failed(name, expected, `no bucket called ${key}`)
          : same(name, expected, await label(raw)),
      );
    }
  }
  return orEmpty(`${system}/buckets`, outcomes);
}

/** The emitter that takes the bucket's number, as a function from the number to what is sent. */
function labelOf(system: string, key: string): ((raw: number) => Promise<unknown>) | undefined {
  const model = contractOf(system);
  const isIt = ({ field }: Given) =>
    field.type.input?.kind === "bucket" && namesOf(field, field.type.input.unit).includes(key);
  for (const event of model.events) {
    const call = eventCall(model, event);
    const given = call.kind === "event" ? call.fields.find(isIt) : undefined;
    if (given === undefined) continue;
    return async (raw) => {
      const [fields] = exampleArguments(model, event) as readonly object[];
      const [sent] = await emitted(system, (telemetry) => telemetry[call.emitter]?.({ ...fields, [given.name]: raw }));
      return sent?.fields[given.field.wireName];
    };
  }
  for (const metric of model.metrics) {
    const call = metricCall(model, metric);
    const given = call.labels.find(isIt);
    if (given === undefined) continue;
    return async (raw) => {
      const [labels, value] = exampleMetricArguments(model, metric) as readonly [object, number];
      const samples = await generated<Samples>(system, "client/samples.js");
      const line = samples[call.emitter]?.({ ...labels, [given.name]: raw }, value);
      return new RegExp(`${given.field.wireName}="([^"]*)"`).exec(line ?? "")?.[1];
    };
  }
  return undefined;
}

function namesOf({ wireName }: Field, unit: string): readonly string[] {
  return [wireName, `${wireName}_${unit.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`];
}

interface ExpositionTable {
  readonly cases: readonly {
    readonly metric: string;
    readonly labels: Readonly<Record<string, unknown>>;
    readonly value: number;
    readonly line: string;
  }[];
}

/** Typed calls, their arguments by the wire's or the code's names → the line that is sent. */
export async function runExposition(table: ExpositionTable, system: string): Promise<readonly Outcome[]> {
  const model = contractOf(system);
  const samples = await generated<Samples>(system, "client/samples.js");
  const outcomes = table.cases.map(({ metric: name, labels, value, line }) => {
    const metric = model.metrics.find(({ wireName }) => wireName === name);
    if (metric === undefined) return failed(`${system}/exposition ${name}`, line, "no such metric");
    const call = metricCall(model, metric);
    // What the metric doesn't have is handed in, too: it must not travel.
    const given = { ...labels, ...Object.fromEntries(call.labels.map((one) => [one.name, valueIn(labels, one)])) };
    const values = [...(call.labels.length > 0 ? [given] : []), ...(call.value ? [value] : [])];
    return same(`${system}/exposition ${line}`, line, samples[call.emitter]?.(...values));
  });
  return orEmpty(`${system}/exposition`, outcomes);
}

function valueIn(labels: Readonly<Record<string, unknown>>, { name, field }: Given): unknown {
  const snake = words(field.codeName).join("_").toLowerCase();
  const names = [name, field.codeName, snake, field.wireName];
  return names.map((one) => labels[one]).find((value) => value !== undefined);
}
