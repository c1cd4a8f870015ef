import { Call, callsIn, type Literal } from "../../emit/literal.js";
import { matchCall } from "../../language/consent/matches/index.js";
import type { JsonSchema } from "../../model/json-schema.js";
import type { Field, Model, Type } from "../../model/model.js";
import { type Given, givenFields, inputName, isConstant, named } from "../../payload/call-shape.js";

/**
 * A field as the runtime's `FieldContract`: what it is called, where it comes from, and what may travel.
 * @param code what the caller's object calls it, or its place in the caller's list.
 */
export function fieldData(model: Model, field: Field, code?: string | number): { readonly [key: string]: Literal } {
  const from = sourceData(field);
  // What nobody gives stands in no list of what is given.
  const called = typeof code === "number" && from !== undefined ? inputName(field) : code;
  return {
    name: field.wireName,
    code: called === field.wireName ? undefined : called,
    from,
    optional: field.optional || undefined,
    onlyWhen:
      field.onlyWhen.length === 0
        ? undefined
        : Object.fromEntries(field.onlyWhen.map(({ wireName, value }) => [wireName, value])),
    take: takeData(model, field),
  };

  function sourceData({ from }: Field): Literal {
    if (isConstant(field)) return undefined;
    if (code !== undefined && given(model, field) !== undefined) return undefined;
    if (from.kind === "identifier") return { identifier: from.identifier };
    if (from.kind === "env") return { env: from.env, is: matchCall(from.is) };
    // What has a zone ends in Z, which is how it is told apart.
    if (from.kind === "process-start" && !field.type.schema.pattern?.includes("Z")) return "local-process-start";
    return from.kind === "call" ? undefined : from.kind;
  }
}

/** The fields of an event, and of what goes with every event. What old clients may still send is never sent by this one. */
export function fieldsData(model: Model, fields: readonly Field[]): readonly Literal[] {
  const calls = new Map(givenFields(model, fields).map(({ name, field }) => [field, name]));
  return fields
    .filter(({ legacy }) => !legacy)
    .map((field) => fieldData(model, field, calls.get(field) ?? inputName(field)));
}

function given(model: Model, field: Field): Given | undefined {
  return givenFields(model, [field])[0];
}

/** What may travel of what is given: the runtime's functions, by the very schema that is published. */
function takeData(model: Model, field: Field): Call {
  if (isConstant(field)) return new Call("always", [field.type.schema.const as Literal]);
  const take = typeData(model, field.type);
  return field.nullable ? new Call("orNull", [take]) : take;
}

function typeData(model: Model, { schema, input, fields, of }: Type): Call {
  if (input?.kind === "bucket")
    return new Call(input.compare === "below" ? "below" : "upTo", [input.edges, input.labels]);
  if (input?.kind === "otherwise") return new Call("oneOf", [input.values, input.otherwise]);
  if (fields !== undefined)
    return new Call("object", [named(fields).map(({ name, field }) => fieldData(model, field, name))]);
  return of === undefined ? schemaData(schema) : new Call("list", bounds(typeData(model, of), schema.maxItems));
}

/** The same of a schema alone, for values that nobody gives in another form. */
export function schemaData(schema: JsonSchema): Call {
  if (schema.const !== undefined) return new Call("oneOf", [[schema.const]]);
  if (schema.enum !== undefined) return new Call("oneOf", [schema.enum]);
  switch (schema.type) {
    case "array":
      return new Call("list", bounds(schemaData(schema.items ?? {}), schema.maxItems));
    case "boolean":
      return new Call("flag");
    case "integer":
    case "number":
      return new Call(schema.type, bounds(schema.minimum, schema.maximum));
    default:
      return new Call(
        "text",
        bounds(schema.maxLength, schema.pattern === undefined ? undefined : new RegExp(schema.pattern)),
      );
  }
}

/** Arguments, without those at the end that say nothing. */
function bounds(first: Literal, second: Literal): readonly Literal[] {
  return second !== undefined ? [first, second] : first !== undefined ? [first] : [];
}

/** File of the runtime → the functions of it that a literal names. */
export function usesIn(value: Literal): Readonly<Record<string, readonly string[]>> {
  const names = [...new Set(callsIn(value))].filter((name) => name !== "buildOf").sort();
  const files = [...new Set(names.map(fileOf))];
  return Object.fromEntries(files.map((file) => [file, names.filter((name) => fileOf(name) === file)]));
}

function fileOf(name: string): string {
  return FILES[name] ?? "values";
}

/** Where the functions are that don't stand with most. */
const FILES: Readonly<Record<string, string>> = {
  always: "constant",
  anyExcept: "consent",
  anyOf: "any-of",
  before: "consent",
  config: "config-value",
  exactly: "consent",
  falsy: "consent",
  fixedPlace: "fixed-place",
  inAppFolder: "app-folder",
  inHome: "files",
  integer: "numbers",
  nonEmpty: "consent",
  number: "numbers",
  orNull: "constant",
  present: "present",
  stored: "consent",
  storedBelow: "stored-below",
  truthy: "consent",
};
