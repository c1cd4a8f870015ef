import { machineWords } from "../language/sources/machine-words.js";
import { existsUnder } from "../model/cases.js";
import { conditionsAsWritten } from "../model/conditions.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Field, Model, Type } from "../model/model.js";
import { givenFields, inputName, isConstant } from "../payload/call-shape.js";
import { exampleInput } from "../payload/example-call.js";
import { fieldDoc } from "./docs.js";
import { plain } from "./plain.js";
import type { PlanField, PlanSource } from "./plan.js";
import { valueOfField } from "./values.js";
import { type Words, wordsIn } from "./words.js";

/** The fields of an event, and of what goes with every event. What old clients may still send is never sent by this one. */
export function planFields(model: Model, fields: readonly Field[]): readonly PlanField[] {
  const calls = new Map(givenFields(model, fields).map(({ name, field }) => [field, name]));
  return fields
    .filter(({ legacy }) => !legacy)
    .map((field) => planField(model, field, wordsIn(calls.get(field) ?? inputName(field))));
}

/** Names of those fields that the caller of an emitter gives, in order. */
export function givenNames(model: Model, fields: readonly Field[]): readonly string[] {
  return givenFields(model, fields).map(({ field }) => field.wireName);
}

/** @param words what a caller calls it. */
export function planField(model: Model, field: Field, words: Words = wordsIn(inputName(field))): PlanField {
  const given = givenFields(model, [field]).length > 0;
  const inCi = givenInCi(model, field);
  return {
    name: field.wireName,
    words,
    from: isConstant(field) ? { kind: "constant" } : given ? { kind: "call" } : sourceOf(model, field),
    value: valueOfField(field, (inner, name) => planField(model, inner, name)),
    optional: field.optional,
    ...(field.part === undefined ? {} : { part: field.part }),
    ...(field.sinceEpoch === undefined ? {} : { sinceEpoch: field.sinceEpoch }),
    ...(field.expires === undefined ? {} : { expires: field.expires }),
    ...(inCi === undefined ? {} : { inCi }),
    onlyWhen: conditionsAsWritten({ onlyWhen: existsUnder(field) ?? [] }),
    example: field.example,
    given: inputFor(model, field.type, field.example),
    doc: fieldDoc(field),
  };
}

/** Returns what stands in CI in the place of what the program gives. One that the client makes it leaves out, or replaces, itself. */
function givenInCi({ identifiers }: Model, { type }: Field): PlanField["inCi"] {
  const declared = identifiers.find(({ name }) => name === type.identifier);
  return declared?.madeFrom === "given" ? declared.inCi : undefined;
}

function sourceOf({ identifiers }: Model, { from, type }: Field): PlanSource {
  switch (from.kind) {
    case "os":
    case "arch": {
      const as = machineWords(from.kind, type.values);
      return Object.keys(as).length === 0 ? { kind: from.kind } : { kind: from.kind, as };
    }
    case "each-event": {
      const { schema } = type;
      const { drawn } = identifiers.find(({ name }) => name === from.identifier) ?? {};
      const { minimum: least = 0, maximum: most = 2 ** 48 } = schema;
      if (schema.type === "integer") return { ...from, drawn: { least, most: Math.min(most, 2 ** 48) } };
      const hex = { of: "0123456789abcdef", times: schema.maxLength ?? 0 };
      return { ...from, drawn: drawn ?? (schema.maxLength === 36 ? "uuid" : [hex]) };
    }
    case "identifier":
    case "env":
      return plain(from);
    default:
      return { kind: from.kind };
  }
}

/** Returns what to give to have an example sent, objects by the names that travel, without what the client fills in. */
function inputFor(model: Model, type: Type, example: JsonValue): JsonValue {
  const { of, fields, keys } = type;
  if (type.nullable === true && example === null) return null;
  if (keys !== undefined && of !== undefined && typeof example === "object" && example !== null)
    return Object.fromEntries(Object.entries(example).map(([key, item]) => [key, inputFor(model, of, item)]));
  if (of !== undefined && Array.isArray(example)) return example.map((item: JsonValue) => inputFor(model, of, item));
  if (fields === undefined || typeof example !== "object" || example === null)
    return exampleInput(model, { type, example });
  const values = example as { readonly [key: string]: JsonValue };
  return Object.fromEntries(
    givenFields(model, fields).flatMap(({ field }) =>
      field.wireName in values ? [[field.wireName, inputFor(model, field.type, values[field.wireName] ?? null)]] : [],
    ),
  );
}
