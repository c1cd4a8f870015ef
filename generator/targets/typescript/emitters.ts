import { bracketed, type Doc } from "../../emit/layout.js";
import { type Literal, literal, PureCall, quoted } from "../../emit/literal.js";
import { factCall } from "../../language/consent/places/fact.js";
import { RHYTHM } from "../../language/delivery/index.js";
import { modeOf } from "../../model/delivery.js";
import { fragmentOf, fragments, type HasFragments } from "../../model/fragments.js";
import type { Event, Metric, Model } from "../../model/model.js";
import { type EventCall, eventCall, type MetricCall, metricCall } from "../../payload/call-shape.js";
import { exampleArguments, exampleMetricArguments } from "../../payload/example-call.js";
import { partsOf, usedBy } from "./emitter-parts.js";
import { eventData } from "./event-data.js";
import { exampleCall } from "./example.js";
import { fieldsData, schemaData, usesIn } from "./field-data.js";
import { typeName } from "./inputs.js";
import { limitCall } from "./limit-call.js";
import { rollupEmitters } from "./rollup-emitters.js";
import { sendingOf } from "./sending-of.js";
import { mintOf } from "./source-data.js";

/** One exported function of the client's module, and of the one that does nothing in its place. */
export interface Emitter extends HasFragments {
  readonly name: string;
  readonly doc: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly returns: string;
  /** Its body: one expression, or an \`if\`. */
  readonly does: Doc;
  /** The line that a gauge would send, where it is one. */
  readonly sample?: Doc;
  /** What it returns where it does nothing. */
  readonly noop?: string;
  /** The data about it for the runtime. It is next to the function, so that a bundler drops both or neither. */
  readonly data?: { readonly name: string; readonly type: string; readonly value: string };
  /** File of the runtime → what is taken from it; a name that begins with `type ` is a type. */
  readonly uses: Readonly<Record<string, readonly string[]>>;
  /** Those of them that its contract alone names, of a metric. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Interfaces of `types.ts`. */
  readonly types: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

export function emittersOf(model: Model): readonly Emitter[] {
  return [
    ...model.events.flatMap((event) => {
      const made = fragmentOf(event, "emitters", () => JSON.stringify(emittersOfEvent(model, event)));
      return (JSON.parse(made) as readonly Emitter[]).map((one) => ({ ...one, [fragments]: event[fragments] }));
    }),
    ...model.metrics.map((metric) => metricEmitter(model, metric)),
  ];
}

function emittersOfEvent(model: Model, event: Event): readonly Emitter[] {
  const call = eventCall(model, event);
  if (call.kind === "rollup") return rollupEmitters(model, event, call);
  return [call.byTheClock ? clockEmitter(model, event, call) : eventEmitter(model, event, call)];
}

function eventEmitter(model: Model, event: Event, { emitter, fields }: EventCall): Emitter {
  const { returns, noop, send, uses } = sendingOf(model, event);
  const data = `${event.codeName}Contract`;
  const type = typeName(event.codeName);
  const limit = limitCall(event);
  const contract = eventData(model, event);
  const parts = partsOf(event, event.fields);
  const given = fields.length > 0 ? ["fields"] : limit === undefined ? [] : ["undefined"];
  const sends = invoke(send, ["client", parts.open(data), ...given, ...(limit === undefined ? [] : [limit.call])]);
  // What is carried, or answered, returns that.
  const id = returns === "void" ? event.fields.find(({ from }) => from.kind === "each-event") : undefined;
  return {
    name: emitter,
    doc: [
      ...docOf(event),
      ...(id === undefined
        ? []
        : [`Returns its \`${id.wireName}\`, by which another event can name it; nothing where it isn't reported.`]),
      ...exampleCall(emitter, exampleArguments(model, event)),
    ],
    parameters:
      fields.length === 0
        ? []
        : [{ name: "fields", type: `Lazy<${type}>`, optional: fields.every(({ field }) => field.optional) }],
    ...(id === undefined
      ? {
          returns,
          ...(noop === undefined ? {} : { noop }),
          does: noop === undefined ? parts.gate(sends) : parts.choose(sends, `Promise.resolve(${noop})`),
        }
      : {
          returns: `${id.type.schema.type === "integer" ? "number" : "string"} | undefined`,
          noop: "undefined",
          does: parts.choose(
            invoke("withId", [
              "client",
              parts.open(data),
              send,
              quoted(id.wireName),
              literal((mintOf(model, id) ?? null) as Literal),
              fields.length > 0 ? "fields" : "undefined",
              ...(limit === undefined ? [] : [limit.call]),
            ]),
          ),
        }),
    data: constant(data, "EventContract", contract),
    uses: usedBy(
      usesIn(contract),
      { contract: ["type EventContract", ...(fields.length === 0 ? [] : ["type Lazy"])] },
      uses,
      id === undefined ? {} : { "with-id": ["withId"] },
      limit?.uses,
      parts.uses,
    ),
    types: fields.length === 0 ? [] : [type],
  };
}

/** It is given what makes the fields, which is called whenever one is due. */
function clockEmitter(model: Model, event: Event, { emitter, fields }: EventCall): Emitter {
  const { record, uses } = sendingOf(model, event);
  const answers = model.delivery.answer !== undefined && !modeOf(model).rides;
  const data = `${event.codeName}Contract`;
  const type = typeName(event.codeName);
  const limit = limitCall(event);
  const contract = eventData(model, event);
  const parts = partsOf(event, event.fields);
  const made = fields.length > 0 ? ["fields"] : limit === undefined ? [] : ["undefined"];
  const given = parts.gated ? [`inPart(client, ${parts.of}${fields.length > 0 ? ", fields" : ""})`] : made;
  const often = event.schedule === undefined ? "" : RHYTHM.every.spoken(event.schedule);
  return {
    name: emitter,
    doc: [
      ...docOf(event),
      fields.length > 0
        ? `Calls \`fields\` when one is due, ${often}, and never while telemetry is off.`
        : `Sends it when it is due, ${often}.`,
      "When that was is kept on the machine, so any number of processes may call this. It keeps none of them alive.",
    ],
    parameters: [
      ...(fields.length === 0
        ? []
        : [{ name: "fields", type: `() => ${type} | undefined | Promise<${type} | undefined>`, optional: false }]),
      ...(answers ? [{ name: "answer", type: "(text: string) => void", optional: true }] : []),
    ],
    returns: "{ stop(): void }",
    does: invoke("byTheClock", [
      "client",
      data,
      parts.own ? `openOnly(${record})` : record,
      ...given,
      ...(limit === undefined ? [] : [limit.call]),
    ]),
    noop: "{ stop() {} }",
    data: constant(data, "EventContract", contract),
    uses: usedBy(
      usesIn(contract),
      { contract: ["type EventContract"], schedule: ["byTheClock"] },
      uses,
      answers ? { answered: ["tellAnswer"] } : {},
      limit?.uses,
      parts.gated ? { part: ["inPart"] } : {},
      parts.own ? { part: ["openOnly"] } : {},
    ),
    types: fields.length === 0 ? [] : [type],
  };
}

export function invoke(name: string, args: readonly Doc[]): Doc {
  return bracketed(`${name}(`, args, ")");
}

function metricEmitter(model: Model, metric: Metric): Emitter;
function metricEmitter(
  model: Model,
  metric: Metric,
  { emitter, labels, value }: MetricCall = metricCall(model, metric),
): Emitter {
  const data = `${metric.codeName}Contract`;
  const type = typeName(metric.codeName);
  const contract = {
    name: metric.wireName,
    part: metric.part,
    since: metric.sinceEpoch,
    only: metric.onlyWhere && factCall(metric.onlyWhere),
    labels: fieldsData(model, metric.labels),
    value:
      metric.expires === undefined
        ? schemaData(metric.value.type.schema)
        : new PureCall("endingAt", [metric.expires, schemaData(metric.value.type.schema)]),
  };
  const fixed = literal(metric.value.type.schema.const as Literal);
  const found = contract.labels.some(isFilledIn);
  const parts = partsOf(metric, metric.labels);
  const sent = [data, labels.length === 0 ? "undefined" : "labels", value ? "value" : fixed];
  return {
    name: emitter,
    doc: [
      ...docOf(metric),
      metric.value.means === undefined ? "" : `\`value\`: ${metric.value.means}.`,
      ...exampleCall(emitter, exampleMetricArguments(model, metric)),
    ],
    parameters: [
      ...(labels.length === 0 ? [] : [{ name: "labels", type, optional: false }]),
      ...(value ? [{ name: "value", type: "number", optional: false }] : []),
    ],
    returns: "void",
    does: parts.gate(
      invoke("gauge", [parts.open(data), ...sent.slice(1), ...(found ? ["(label) => source(client, label)"] : [])]),
    ),
    // An identifier that was never made isn't made to be shown.
    sample: invoke("sampleLine", [...sent, ...(found ? ["(label) => source(client, label, storedIdentifier)"] : [])]),
    names: usesIn(contract),
    data: constant(data, "MetricContract", contract),
    uses: usedBy(
      { contract: ["type MetricContract"], report: ["gauge"] },
      usesIn(contract),
      found ? { sources: ["source"] } : {},
      parts.uses,
    ),
    types: labels.length === 0 ? [] : [type],
  };
}

/** Returns whether the client finds a label's value by itself. */
function isFilledIn(label: Literal): boolean {
  const { from } = label as { readonly from?: Literal };
  return from !== undefined && from !== "constant";
}

function constant(name: string, type: string, value: Literal): NonNullable<Emitter["data"]> {
  return { name, type, value: literal(value, "", `const ${name}: ${type} = `.length) };
}

export function docOf({ when, why, note, wireName }: Event | Metric): readonly string[] {
  return [`${when} ${why}`, note ?? "", `Sent as \`${wireName}\`.`];
}
