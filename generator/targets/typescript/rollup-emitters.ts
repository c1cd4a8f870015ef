import { bracketed } from "../../emit/layout.js";
import { type Literal, literal, quoted } from "../../emit/literal.js";
import { inBrief } from "../../language/combine/index.js";
import { factCall } from "../../language/consent/places/fact.js";
import type { Event, Model, Rollup } from "../../model/model.js";
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
  const rollup: Omit<Rollup, "at"> = event.rollup ?? { by: [], counters: [] };
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
  const plain = isPlain(rollup);
  const adding = !plain ? "combine" : added.length === 0 ? "add" : "addAmounts";
  const args = [
    data,
    row,
    ...(call.ok || !plain ? [call.ok ? "ok" : "true"] : []),
    ...(added.length === 0 && plain ? [] : [bracketed("[", added, "]")]),
  ];
  const contract = {
    name: event.wireName,
    part: event.part,
    since: event.sinceEpoch,
    only: event.onlyWhere && factCall(event.onlyWhere),
    by: by.map((field, at) => {
      const group = groups.find(({ name }) => name === field.wireName);
      return group === undefined ? {} : { ...fieldData(group, at, isLaterIn(model)), open: group.open };
    }),
    counters: (plain ? rollup.counters.map(({ wireName }) => wireName) : rollupParts(rollup).counting) as Literal,
    ...(plain ? {} : { period: rollup.per, values: rollupParts(rollup).given.map((one) => valueData(event, one)) }),
  };
  const gated = isGated(event);
  const counts = rollup.counters.map(({ wireName, counts }) => `\`${wireName}\`: ${inBrief(counts)}.`).join(" ");
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
      data: registered(data, plain ? "createRollup" : "createCombined", contract as Literal, gated),
      uses: usedBy(
        gated ? { "part-rollup": ["heldToPart"] } : {},
        {
          rollup: [
            ...(plain ? ["createRollup"] : []),
            "rowOf",
            ...(plain && added.length === 0 ? ["add"] : []),
            ...(added.length === 0 ? parts : ["part"]),
          ],
        },
        plain && added.length > 0 ? { amounts: ["addAmounts"] } : {},
        usesIn(contract as Literal),
        plain ? {} : { combine: ["combine", "createCombined"] },
      ),
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
