import { existsUnder } from "../../model/cases.js";
import { modeOf } from "../../model/delivery.js";
import { fragments, type HasFragments } from "../../model/fragments.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Combine, Event, Field, Input, Model, Type } from "../../model/model.js";
import { isPlain } from "../../model/rollup.js";
import { pascalCase } from "../../names.js";
import {
  eventCall,
  type Given,
  type GivenGroup,
  givenFields,
  metricCall,
  setupFields,
  takesCommand,
  takesVersion,
} from "../../payload/call-shape.js";
import { fieldDoc } from "../../plan/docs.js";

/** One interface of `types.ts`: what a caller gives. */
export interface InputType extends HasFragments {
  readonly name: string;
  readonly doc: readonly string[];
  readonly properties: readonly Property[];
}

export interface Property {
  readonly name: string;
  readonly optional: boolean;
  readonly doc: readonly string[];
  /** JSON Schema of what is given, which is not always what travels: for a bucket it is a number. */
  readonly schema: InputSchema;
  /** Of an object. */
  readonly properties?: readonly Property[];
}

export interface InputSchema {
  readonly [keyword: string]: unknown;
}

/** Everything that the emitters and `setup` are given, in the order of the module. */
export function inputTypes(model: Model): readonly InputType[] {
  const events = model.events.flatMap((event) => {
    const call = eventCall(model, event);
    const doc = [`What \`${call.emitter}\` is given. ${event.when}`];
    const properties =
      call.kind === "event"
        ? call.fields.map((field) => property(model, field))
        : [
            ...call.required.map((one) => property(model, one)),
            ...call.optional.map((one) => optionalProperty(model, one)),
            ...amounts(model, call.amounts, event),
          ];
    return properties.length === 0
      ? []
      : [{ name: typeName(event.codeName), doc, properties, [fragments]: event[fragments] }];
  });
  const metrics = model.metrics.flatMap((metric) => {
    const { labels, emitter } = metricCall(model, metric);
    return labels.length === 0
      ? []
      : [
          {
            name: typeName(metric.codeName),
            doc: [`The labels of \`${emitter}\`. ${metric.when}`],
            properties: labels.map((label) => property(model, label)),
          },
        ];
  });
  return [...setupType(model), ...events, ...metrics];
}

/** `install` → `Install`. What the module names beside it is taken. */
export function typeName(codeName: string): string {
  const name = pascalCase(codeName);
  return /^(AskOptions|Counter|Decision|EventContract|FlushOptions|Host|Lazy|MetricContract|Partial|Promise|Setup)$/.test(
    name,
  )
    ? `${name}Event`
    : name;
}

/** Each event as it travels: for the tests of whoever records it. What the client finds out only when it sends may be absent. */
export function sentTypes({ events, delivery }: Model): readonly InputType[] {
  const { sendsEach } = modeOf({ delivery });
  return events.map((event) => ({
    name: `${pascalCase(event.codeName)}Sent`,
    doc: [`\`${event.wireName}\` as it travels. ${event.when}`],
    properties: event.fields.filter(({ legacy }) => !legacy).map((field) => sentProperty(field, sendsEach)),
    [fragments]: event[fragments],
  }));
}

function sentProperty(field: Field, late: boolean): Property {
  const { fields, schema } = field.type;
  const given = field.from.kind === "call" || field.type.schema.const !== undefined;
  return {
    name: field.wireName,
    optional: field.optional || existsUnder(field) !== undefined || (late && !given),
    doc: [],
    schema: field.nullable ? { anyOf: [schema, { type: "null" }] } : (schema as InputSchema),
    ...(fields === undefined ? {} : { properties: fields.map((one) => sentProperty(one, false)) }),
  };
}

function setupType(model: Model): readonly InputType[] {
  const fields = setupFields(model).map((one) => property(model, one));
  const version: Property = {
    name: "version",
    optional: true,
    doc: ["The product's version. By default, the version in the nearest package.json above the client."],
    schema: { type: "string" },
  };
  const command: Property = {
    name: "command",
    optional: true,
    doc: ["The command that was run. Where it isn't given, it is what the command line begins with."],
    schema: { type: "string" },
  };
  const properties = [
    ...fields,
    ...(takesVersion(model) && !fields.some(({ name }) => name === "version") ? [version] : []),
    ...(takesCommand(model) && !fields.some(({ name }) => name === "command") ? [command] : []),
  ];

  return properties.length === 0
    ? []
    : [
        {
          name: "Setup",
          doc: ["The options of `setup`, which is called once at the start of the program."],
          properties,
        },
      ];
}

function amounts(model: Model, given: readonly Given[], { rollup }: Event): readonly Property[] {
  if (given.length === 0) return [];
  const properties = given.map((one) => {
    const by = rollup?.counters.find(({ wireName }) => wireName === one.field.wireName)?.counts ?? "sum";
    return { ...property(model, one), ...combinedSchema(model, one.field.type, by), optional: true };
  });
  return [
    {
      name: "amounts",
      optional: true,
      doc: [
        rollup !== undefined && isPlain(rollup)
          ? "What is added up beside the calls."
          : "What this call brings beside itself.",
      ],
      schema: { type: "object" },
      properties,
    },
  ];
}

/** Returns what one call gives of what all of them come to. */
function combinedSchema(model: Model, type: Type, by: Combine): { readonly schema?: InputSchema } {
  if (by === "count-distinct") return { schema: { type: ["string", "number"] } };
  return by === "union" && type.of !== undefined ? { schema: given(model, type.of) } : {};
}

function optionalProperty(model: Model, given: Given | GivenGroup): Property {
  if (!("members" in given)) return property(model, given);
  const properties = given.members.map((member) => property(model, member));
  return { name: given.name, optional: true, doc: [], schema: { type: "object" }, properties };
}

function property(model: Model, { name, field }: Given): Property {
  const { fields } = field.type;
  return {
    name,
    optional: isOptional(field),
    doc: fieldDoc(field),
    schema: inputSchema(model, field),
    ...(fields === undefined ? {} : { properties: givenFields(model, fields).map((one) => property(model, one)) }),
  };
}

/** True if the field may be absent, or exists only under a condition, of which the type knows nothing. */
function isOptional(field: Field): boolean {
  return field.optional || existsUnder(field) !== undefined;
}

function inputSchema(model: Model, { type, nullable }: Pick<Field, "type" | "nullable">): InputSchema {
  const schema = given(model, type);
  return nullable ? { anyOf: [schema, { type: "null" }] } : schema;
}

function given(model: Model, type: Type): InputSchema {
  if (type.nullable !== true) return givenOf(model, type);
  const { nullable: _, ...own } = type;
  return { anyOf: [givenOf(model, own), { type: "null" }] };
}

function givenOf(model: Model, { schema, input, of, fields, keys, values, cases }: Type): InputSchema {
  if (cases !== undefined) return { anyOf: cases.map((one) => given(model, one.type)) };
  if (input?.kind === "otherwise") return { type: "string", tsType: openTo(values ?? []) };
  if (input !== undefined) return { type: GIVEN[input.kind] };
  if (keys !== undefined && of !== undefined) return { type: "object", additionalProperties: given(model, of) };
  if (of !== undefined) return { type: "array", items: given(model, of) };
  if (fields === undefined) return schema as InputSchema;
  const properties = givenFields(model, fields);
  return {
    type: "object",
    properties: Object.fromEntries(properties.map(({ name, field }) => [name, inputSchema(model, field)])),
    required: properties.filter(({ field }) => !isOptional(field)).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** Any text, of which an editor completes those that are known. */
function openTo(values: readonly JsonValue[]): string {
  return [...values.map((value) => JSON.stringify(value)), "(string & {})"].join(" | ");
}

/** The type that a caller gives where that is not what travels. */
const GIVEN: Readonly<Record<Input["kind"], "string" | "number">> = {
  bucket: "number",
  rounded: "number",
  otherwise: "string",
  replaced: "string",
  cut: "string",
  hashed: "string",
};
