import { Call, callsIn, type Literal } from "../../emit/literal.js";
import { matchCall } from "../../language/consent/matches/index.js";
import type { JsonSchema } from "../../model/json-schema.js";
import type { Match, Model } from "../../model/model.js";
import { ONE_LINE } from "../../model/one-line.js";
import { planFields } from "../../plan/fields.js";
import type { PlanField, PlanValue } from "../../plan/plan.js";
import { valueOfSchema } from "../../plan/values.js";
import { camel } from "../../plan/words.js";

/**
 * A field as the runtime's `FieldContract`: what it is called, where it comes from, and what may travel.
 * @param code what the caller's object calls it, or its place in the caller's list.
 */
export function fieldData(
  field: PlanField,
  code: string | number = camel(field.words),
): { readonly [key: string]: Literal } {
  const from = sourceData(field);
  // What nobody gives stands in no list of what is given.
  const called = typeof code === "number" && from !== undefined ? camel(field.words) : code;
  return {
    name: field.name,
    code: called === field.name ? undefined : called,
    from,
    optional: field.optional || undefined,
    onlyWhen: Object.keys(field.onlyWhen).length === 0 ? undefined : field.onlyWhen,
    take: valueData(field.value),
  };
}

function sourceData({ from, value }: PlanField): Literal {
  switch (from.kind) {
    case "constant":
    case "call":
      return undefined;
    case "identifier":
      return { identifier: from.identifier };
    case "env":
      return { env: from.env, is: matchCall(from.is as Match) };
    case "process-start": {
      // What has a zone ends in Z, which is how it is told apart.
      const start = value.is === "or-null" ? value.of : value;
      return start.is === "text" && start.pattern?.includes("Z") ? from.kind : "local-process-start";
    }
    default:
      return from.kind;
  }
}

/** The fields of an event, and of what goes with every event. */
export function fieldsData(model: Model, fields: Parameters<typeof planFields>[1]): readonly Literal[] {
  return planFields(model, fields).map((field) => fieldData(field));
}

/** What may travel of what is given: the runtime's functions. */
export function valueData(value: PlanValue): Call {
  switch (value.is) {
    case "always":
      return new Call("always", [value.value]);
    case "or-null":
      return new Call("orNull", [valueData(value.of)]);
    case "flag":
      return new Call("flag");
    case "integer":
    case "number":
      return new Call(value.is, bounds(value.least, value.most));
    case "text":
      return new Call("text", bounds(value.most, value.pattern === undefined ? undefined : new RegExp(value.pattern)));
    case "line":
      return new Call("text", bounds(value.most, new RegExp(ONE_LINE)));
    case "one-of":
      return new Call("oneOf", value.otherwise === undefined ? [value.values] : [value.values, value.otherwise]);
    case "below":
    case "up-to":
      return new Call(value.is === "below" ? "below" : "upTo", [value.edges, value.labels]);
    case "list":
      return new Call("list", bounds(valueData(value.of), value.most));
    case "object":
      return new Call("object", [value.fields.map((field) => fieldData(field))]);
    default:
      return value satisfies never;
  }
}

/** The same of a schema alone, for values that nobody gives in another form. */
export function schemaData(schema: JsonSchema): Call {
  return valueData(valueOfSchema(schema));
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

/** What draws a request. */
const DRAWING = "asJson asQuery asText entries inBase64 inside items joined line seconds without".split(" ");

/** Where the functions are that don't stand with most. */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(DRAWING.map((name) => [name, "drawing"])),
  always: "constant",
  anyExcept: "consent",
  anyOf: "any-of",
  before: "consent",
  config: "config-value",
  drawnBy: "sample",
  exactly: "consent",
  falsy: "consent",
  fixedPlace: "fixed-place",
  inAppFolder: "app-folder",
  inHome: "files",
  integer: "numbers",
  nonEmpty: "consent",
  number: "numbers",
  object: "object",
  orNull: "constant",
  orNothing: "or-nothing",
  isAbsent: "absent",
  isSet: "absent",
  orAbsent: "absent",
  variable: "absent",
  anyCase: "spelling",
  trimmed: "spelling",
  unless: "unless",
  atLeast: "at-least",
  argument: "argument",
  fact: "fact",
  given: "given",
  isCi: "is-ci",
  inContainer: "in-container",
  withoutTerminal: "without-terminal",
  present: "present",
  stored: "consent",
  storedBelow: "stored-below",
  truthy: "consent",
};
