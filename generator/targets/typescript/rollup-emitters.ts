import { bracketed, type Doc } from "../../emit/layout.js";
import { type Literal, literal, quoted } from "../../emit/literal.js";
import { inBrief } from "../../language/combine/index.js";
import { factCall } from "../../language/consent/places/fact.js";
import type { Event, Field, Model, Rollup } from "../../model/model.js";
import { isPlain, rollupParts } from "../../model/rollup.js";
import { functionName } from "../../names.js";
import type { RollupCall } from "../../payload/call-shape.js";
import { exampleArguments } from "../../payload/example-call.js";
import { planEvent } from "../../plan/emitters.js";
import { valueData } from "./combine-data.js";
import { isGated, usedBy } from "./emitter-parts.js";
import { docOf, type Emitter, invoke, type Parameter } from "./emitters.js";
import { exampleCall } from "./example.js";
import { fieldData, isLaterIn, usesIn } from "./field-data.js";
import { typeName } from "./inputs.js";

/** Counting by name, and a counter that is bound to one name for the paths that are hot. */
export function rollupEmitters(model: Model, event: Event, call: RollupCall): readonly Emitter[] {
  const counted = countedOf(event, call);
  return [byName(model, counted), boundCounter(counted)];
}

/** A rollup as its emitters print it. */
interface Counted {
  readonly event: Event;
  readonly call: RollupCall;
  readonly rollup: Omit<Rollup, "at">;
  /** Every counter is a sum of whole numbers. */
  readonly isPlain: boolean;
  /** The constant that holds what the runtime knows of it. */
  readonly data: string;
  /** Its group, the field that tells most groups apart first: rows are found by it. */
  readonly by: readonly Field[];
  /** The arguments that find a row. */
  readonly row: Doc;
  readonly parts: readonly string[];
}

function countedOf(event: Event, call: RollupCall): Counted {
  const rollup: Omit<Rollup, "at"> = event.rollup ?? { by: [], counters: [] };
  const data = `${event.codeName}Rollup`;
  const fields = new Map(event.fields.map((field) => [field.wireName, field]));
  const written = rollup.by.flatMap((name) => fields.get(name) ?? []);
  const telling = written.find(({ type, optional }) => type.values === undefined && !optional) ?? written[0];
  const by = [...written].sort((a, b) => Number(b === telling) - Number(a === telling));
  const raw = by.map((field) => rawValue(field.wireName, call));
  const rest = raw.length > 4 ? [bracketed("[", raw.slice(4), "]")] : [];
  return {
    event,
    call,
    rollup,
    isPlain: isPlain(rollup),
    data,
    by,
    row: invoke("rowOf", [data, ...raw.slice(0, 4), ...rest]),
    parts: raw.some((value) => value.startsWith("part(")) ? ["part"] : [],
  };
}

function groupParameters({ call, event }: Counted) {
  const type = typeName(event.codeName);
  return {
    required: call.required.map(({ name }) => parameter(name, type, false)),
    optional: call.optional.map(({ name }) => parameter(name, type, true)),
  };
}

/** Counts one call. */
function byName(model: Model, counted: Counted): Emitter {
  const { event, call, rollup, isPlain, data, by, row, parts } = counted;
  const type = typeName(event.codeName);
  const { required, optional } = groupParameters(counted);
  const amounts = call.amounts.length === 0 ? [] : [parameter("amounts", type, true)];
  const added = call.amounts.map(({ name }) => `part(amounts, ${quoted(name)})`);
  const args = [
    data,
    row,
    ...(call.ok || !isPlain ? [call.ok ? "ok" : "true"] : []),
    ...(added.length === 0 && isPlain ? [] : [bracketed("[", added, "]")]),
  ];
  const contract = rollupData(model, counted);
  const gated = isGated(event);
  const counts = rollup.counters.map(({ wireName, counts }) => `\`${wireName}\`: ${inBrief(counts)}.`).join(" ");
  return {
    name: call.emitter,
    doc: [
      ...docOf(event),
      `Adds one call in memory; nothing else happens here. ${counts}`,
      ...(call.ok ? ["@param ok Whether the call went well. One that did not is counted as failed, too."] : []),
      ...exampleCall(call.emitter, exampleArguments(model, event)),
    ],
    parameters: [
      ...required,
      ...(call.ok ? [{ name: "ok", type: "boolean", optional: false }] : []),
      ...optional,
      ...amounts,
    ],
    returns: "void",
    does: invoke(!isPlain ? "combine" : added.length === 0 ? "add" : "addAmounts", args),
    data: registered(data, isPlain ? "createRollup" : "createCombined", contract, gated),
    uses: usedBy(
      gated ? { "part-rollup": ["heldToPart"] } : {},
      {
        rollup: [
          ...(isPlain ? ["createRollup"] : []),
          "rowOf",
          ...(isPlain && added.length === 0 ? ["add"] : []),
          ...(added.length === 0 ? parts : ["part"]),
        ],
      },
      isPlain && added.length > 0 ? { amounts: ["addAmounts"] } : {},
      usesIn(contract),
      isPlain ? {} : { combine: ["combine", "createCombined"] },
    ),
    types: by.length + call.amounts.length === 0 ? [] : [type],
  };
}

/** Gives the counter of one group. */
function boundCounter(counted: Counted): Emitter {
  const { call, data, parts, row } = counted;
  const { required, optional } = groupParameters(counted);
  return {
    name: call.handle,
    doc: [`\`${call.emitter}\` bound to one group, which is looked up once: for paths where every nanosecond counts.`],
    parameters: [...required, ...optional],
    returns: "Counter",
    does: invoke("bind", [data, row]),
    noop: "{ ok() {}, error() {} }",
    uses: { rollup: ["bind", "type Counter", ...parts, "rowOf"] },
    types: [],
  };
}

/** What the runtime is told: the group's fields, and what is counted of each call. */
function rollupData(model: Model, { event, rollup, isPlain, by }: Counted): Literal {
  const planned = planEvent(model, event);
  const groups = planned.kind === "rollup" ? planned.by : [];
  const parts = rollupParts(rollup);
  return {
    name: event.wireName,
    part: event.part,
    since: event.sinceEpoch,
    only: event.onlyWhere && factCall(event.onlyWhere),
    by: by.map((field, at) => {
      const group = groups.find(({ name }) => name === field.wireName);
      return group === undefined ? {} : { ...fieldData(group, at, isLaterIn(model)), open: group.open };
    }),
    counters: isPlain ? rollup.counters.map(({ wireName }) => wireName) : parts.counting,
    ...(isPlain ? {} : { period: rollup.per, values: parts.given.map((counter) => valueData(event, counter)) }),
  } as Literal;
}

function parameter(name: string, type: string, optional: boolean): Parameter {
  return { name: name === "amounts" ? name : local(name), type: `${type}[${quoted(name)}]`, optional };
}

/** A parameter can't be called as what its function's body names, nor as a word of the language. */
function local(name: string): string {
  return /^(add|addAmounts|amounts|bind|ok|part|rowOf|.*Rollup)$/.test(name) ? `${name}_` : functionName(name);
}

/** Returns how the raw value of a grouping field is reached from the emitter's parameters. */
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

/** Returns what the client remembers, unless nobody uses it. */
function registered(name: string, by: string, value: Literal, held: boolean): NonNullable<Emitter["data"]> {
  const call = `${held ? "/* @__PURE__ */ heldToPart(" : ""}/* @__PURE__ */ ${by}(client, `;
  const end = held ? "))" : ")";
  return {
    name,
    type: "",
    value: `${call}${literal(value, "", `const ${name} = ${call}`.length, end.length + 1)}${end}`,
  };
}
