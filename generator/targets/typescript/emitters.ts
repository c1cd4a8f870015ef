import { bracketed, type Doc } from "../../emit/layout.js";
import { type Literal, literal, quoted } from "../../emit/literal.js";
import { RHYTHM } from "../../language/delivery/index.js";
import type { Event, Metric, Model } from "../../model/model.js";
import { type HasParts, partOf, parts } from "../../model/parts.js";
import { functionName } from "../../names.js";
import { type EventCall, eventCall, type MetricCall, metricCall, type RollupCall } from "../../payload/call-shape.js";
import { exampleArguments, exampleMetricArguments } from "../../payload/example-call.js";
import { planEvent } from "../../plan/emitters.js";
import { eventData } from "./event-data.js";
import { exampleCall } from "./example.js";
import { fieldData, fieldsData, isLaterIn, schemaData, usesIn } from "./field-data.js";
import { typeName } from "./inputs.js";
import { limitCall } from "./limit-call.js";

/** One exported function of the client's module, and of its twin that does nothing. */
export interface Emitter extends HasParts {
  readonly name: string;
  readonly doc: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly returns: string;
  /** What it does: one expression, or an \`if\`. */
  readonly does: Doc;
  /** The line that a gauge would send, where it is one. */
  readonly sample?: Doc;
  /** What its twin returns. */
  readonly twin?: string;
  /** What the runtime is told about it. It is next to the function, so that a bundler drops both or neither. */
  readonly data?: { readonly name: string; readonly type: string; readonly value: string };
  /** File of the runtime → what is taken from it; a name that begins with `type ` is a type. */
  readonly uses: Readonly<Record<string, readonly string[]>>;
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
      const made = partOf(event, "emitters", () => JSON.stringify(emittersOfEvent(model, event)));
      return (JSON.parse(made) as readonly Emitter[]).map((one) => ({ ...one, [parts]: event[parts] }));
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
  const queued = model.delivery.mode === "queued";
  const [file, send] = queued ? ["record", "queueEvent"] : ["send-event", "sendEvent"];
  const data = `${event.codeName}Contract`;
  const type = typeName(event.codeName);
  const limit = limitCall(event);
  const contract = eventData(model, event);
  const given = fields.length > 0 ? ["fields"] : limit === undefined ? [] : ["undefined"];
  return {
    name: emitter,
    doc: [...docOf(event), ...exampleCall(emitter, exampleArguments(model, event))],
    parameters:
      fields.length === 0 ? [] : [{ name: "fields", type, optional: fields.every(({ field }) => field.optional) }],
    returns: "void",
    does: invoke(send as string, ["client", data, ...given, ...(limit === undefined ? [] : [limit.call])]),
    data: constant(data, "EventContract", contract),
    uses: {
      ...usesIn(contract),
      contract: ["type EventContract"],
      [file as string]: [send as string],
      ...limit?.uses,
    },
    types: fields.length === 0 ? [] : [type],
  };
}

/** It is given what makes the fields, which is called whenever one is due. */
function clockEmitter(model: Model, event: Event, { emitter, fields }: EventCall): Emitter {
  const [file, send] = model.delivery.mode === "queued" ? ["record", "queueEvent"] : ["send-event", "sendEvent"];
  const data = `${event.codeName}Contract`;
  const type = typeName(event.codeName);
  const limit = limitCall(event);
  const contract = eventData(model, event);
  const given = fields.length > 0 ? ["fields"] : limit === undefined ? [] : ["undefined"];
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
    parameters:
      fields.length === 0
        ? []
        : [{ name: "fields", type: `() => ${type} | undefined | Promise<${type} | undefined>`, optional: false }],
    returns: "{ stop(): void }",
    does: invoke("reportEvery", [
      "client",
      data,
      send as string,
      ...given,
      ...(limit === undefined ? [] : [limit.call]),
    ]),
    twin: "{ stop() {} }",
    data: constant(data, "EventContract", contract),
    uses: {
      ...usesIn(contract),
      contract: ["type EventContract"],
      schedule: ["reportEvery"],
      [file as string]: [send as string],
      ...limit?.uses,
    },
    types: fields.length === 0 ? [] : [type],
  };
}

/** Counting by name, and a counter that is bound to one name for the paths that are hot. */
function rollupEmitters(model: Model, event: Event, call: RollupCall): readonly Emitter[] {
  const rollup = event.rollup ?? { by: [], counters: [] };
  const data = `${event.codeName}Rollup`;
  const type = typeName(event.codeName);
  const planned = planEvent(model, event);
  const groups = planned.kind === "rollup" ? planned.by : [];
  const byName = new Map(event.fields.map((field) => [field.wireName, field]));
  const written = rollup.by.flatMap((name) => byName.get(name) ?? []);
  // First the field that tells most groups apart: rows are found by it.
  const telling = written.find(({ type, optional }) => type.values === undefined && !optional) ?? written[0];
  const by = [...written].sort((a, b) => Number(b === telling) - Number(a === telling));
  const required = call.required.map(({ name }) => parameter(name, type, false));
  const optional = call.optional.map(({ name }) => parameter(name, type, true));
  const amounts = call.amounts.length === 0 ? [] : [parameter("amounts", type, true)];
  const added = call.amounts.map(({ name }) => `part(amounts, ${quoted(name)})`);
  const ok = call.ok ? [{ name: "ok", type: "boolean", optional: false }] : [];
  const raw = by.map((field) => rawValue(field.wireName, call));
  const parts = raw.some((one) => one.startsWith("part(")) ? ["part"] : [];
  const row = invoke("rowOf", [
    data,
    ...raw.slice(0, 4),
    ...(raw.length > 4 ? [bracketed("[", raw.slice(4), "]")] : []),
  ]);
  const adding = added.length === 0 ? "add" : "addAmounts";
  const args = [data, row, ...(call.ok ? ["ok"] : []), ...(added.length === 0 ? [] : [bracketed("[", added, "]")])];
  const contract = {
    name: event.wireName,
    by: by.map((field, at) => {
      const group = groups.find(({ name }) => name === field.wireName);
      return group === undefined ? {} : { ...fieldData(group, at, isLaterIn(model)), open: group.open };
    }),
    counters: rollup.counters.map(({ wireName }) => wireName),
  };
  const counts = rollup.counters.map(({ wireName, counts }) => `\`${wireName}\`: ${counts}.`).join(" ");
  return [
    {
      name: call.emitter,
      doc: [
        ...docOf(event),
        `Adds one call in memory; nothing else happens here. ${counts}`,
        ...(call.ok ? ["@param ok Whether the call went well. One that did not is counted as failed, too."] : []),
        ...exampleCall(call.emitter, exampleArguments(model, event)),
      ],
      parameters: [...required, ...ok, ...optional, ...amounts],
      returns: "void",
      does: invoke(adding, args),
      data: registered(data, "createRollup", contract as Literal),
      uses: {
        rollup: ["createRollup", "rowOf", ...(added.length === 0 ? ["add", ...parts] : ["part"])],
        ...(added.length === 0 ? {} : { amounts: ["addAmounts"] }),
        ...usesIn(contract as Literal),
      },
      types: by.length + call.amounts.length === 0 ? [] : [type],
    },
    {
      name: call.handle,
      doc: [
        `\`${call.emitter}\` bound to one group, which is looked up once: for paths where every nanosecond counts.`,
      ],
      parameters: [...required, ...optional],
      returns: "Counter",
      does: invoke("bind", [data, row]),
      twin: "{ ok() {}, error() {} }",
      uses: { rollup: ["bind", "type Counter", ...parts, "rowOf"] },
      types: [],
    },
  ];
}

function invoke(name: string, args: readonly Doc[]): Doc {
  return bracketed(`${name}(`, args, ")");
}

function parameter(name: string, type: string, optional: boolean): Parameter {
  return { name: name === "amounts" ? name : local(name), type: `${type}[${quoted(name)}]`, optional };
}

/** A parameter can't be called as what its function's body names, nor as a word of the language. */
function local(name: string): string {
  return /^(add|addAmounts|amounts|bind|ok|part|rowOf|.*Rollup)$/.test(name) ? `${name}_` : functionName(name);
}

/** How the raw value of a grouping field is reached from the emitter's parameters. */
function rawValue(wireName: string, { required, optional }: RollupCall): string {
  const own = required.find(({ field }) => field.wireName === wireName);
  if (own !== undefined) return local(own.name);
  for (const given of optional) {
    if (!("members" in given)) {
      if (given.field.wireName === wireName) return local(given.name);
      continue;
    }
    const member = given.members.find(({ field }) => field.wireName === wireName);
    if (member !== undefined) return `part(${local(given.name)}, ${quoted(member.name)})`;
  }
  return "undefined";
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
    labels: fieldsData(model, metric.labels),
    value: schemaData(metric.value.type.schema),
  };
  const fixed = literal(metric.value.type.schema.const as Literal);
  const found = contract.labels.some(isFilledIn);
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
    does: invoke("gauge", [...sent, ...(found ? ["(label) => source(client, label)"] : [])]),
    // An identifier that was never made isn't made to be shown.
    sample: invoke("sampleLine", [...sent, ...(found ? ["(label) => source(client, label, storedIdentifier)"] : [])]),
    data: constant(data, "MetricContract", contract),
    uses: {
      contract: ["type MetricContract"],
      report: ["gauge"],
      ...usesIn(contract),
      ...(found ? { sources: ["source"] } : {}),
    },
    types: labels.length === 0 ? [] : [type],
  };
}

/** Whether the client finds a label's value by itself. */
function isFilledIn(label: Literal): boolean {
  const { from } = label as { readonly from?: Literal };
  return from !== undefined && from !== "constant";
}

/** What the client remembers, unless nobody uses it. */
function registered(name: string, by: string, value: Literal): NonNullable<Emitter["data"]> {
  const call = `/* @__PURE__ */ ${by}(client, `;
  return { name, type: "", value: `${call}${literal(value, "", `const ${name} = ${call}`.length, 2)})` };
}

function constant(name: string, type: string, value: Literal): NonNullable<Emitter["data"]> {
  return { name, type, value: literal(value, "", `const ${name}: ${type} = `.length) };
}

function docOf({ when, why, note, wireName }: Event | Metric): readonly string[] {
  return [`${when} ${why}`, note ?? "", `Sent as \`${wireName}\`.`];
}
