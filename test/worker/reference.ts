import { Ajv } from "ajv";
import { allVariants } from "../../generator/model/cases.js";
import type { JsonSchema } from "../../generator/model/json-schema.js";
import type { Field, Model, Type } from "../../generator/model/model.js";
import type { Accepted } from "../../templates/worker/runtime/contract.js";
import { wireKeys } from "../wire-keys.js";

/**
 * The steps of "ingest" once more, slowly and plainly, with ajv at run time and none of the generated code: what the worker
 * decides must be what this decides.
 */
export type Judgement =
  | { readonly refused: true }
  | { readonly refused: false; readonly accepted: readonly Accepted[] };

type Json = Record<string, unknown>;

/** The whole request is refused. */
class Refused extends Error {}
/** One event is. */
class Dropped extends Error {}
class StrangerRefused extends Refused {}
class StrangerDropped extends Dropped {}

const ajv = new Ajv({ strict: false, strictNumbers: true, ownProperties: true, logger: false });
const compiled = new Map<string, (value: unknown) => boolean>();

export function referenceJudge(text: string, model: Model, now: number): Judgement {
  try {
    return { refused: false, accepted: judge(text, model, now) };
  } catch (error) {
    if (error instanceof Refused) return { refused: true };
    throw error;
  }
}

function judge(text: string, model: Model, now: number): readonly Accepted[] {
  const body = parse(text);
  if (!isObject(body)) throw new Refused();
  const wire = wireKeys(model);
  if (wire.format === "json") {
    const name = wire.eventKey === undefined ? model.events[0]?.wireName : own(body, wire.eventKey);
    const beside = wire.eventKey === undefined ? [] : [wire.eventKey];
    return orNothing(() => [{ event: name as string, fields: flat(body, name, beside, model) }]);
  }
  if (wire.format !== "json-batch") throw new Error("not JSON");
  const list = own(body, wire.eventsKey);
  if (!Array.isArray(list)) throw new Refused();
  for (const field of model.common.filter((one) => one.type.identifier !== undefined && !one.legacy)) {
    const stated = own(body, field.wireName);
    if (!(stated === undefined && field.optional) && !allows(field, stated)) throw new Refused();
  }
  let common: Json | undefined;
  try {
    common = keep(body, model.common, [wire.eventsKey], model);
  } catch (error) {
    if (!(error instanceof Dropped)) throw error;
  }
  return list.slice(0, model.ingest.limits.events).flatMap((entry) =>
    orNothing(() => {
      const name = isObject(entry) ? own(entry, wire.eventKey) : undefined;
      const event = eventNamed(name, model);
      const fields = own(entry, wire.fieldsKey);
      if (fields !== undefined && !isObject(fields)) bad(model.ingest.invalidField === "reject");
      const known = [wire.eventKey, wire.fieldsKey, wire.timeKey];
      const inner = (fields ?? {}) as Json;
      noStrangers(inner, event.fields, [], model);
      if (model.ingest.unknownField !== "strip" && Object.keys(entry).some((key) => !known.includes(key))) {
        bad(model.ingest.unknownField === "reject");
      }
      if (common === undefined) throw new Dropped();
      const kept = { ...common, ...keep(inner, event.fields, [], model) };
      const time = wire.timeKey === undefined ? undefined : own(entry, wire.timeKey);
      return [{ event: event.wireName, fields: kept, ...(isTimely(time, model, now) ? { time: time as string } : {}) }];
    }),
  );
}

function flat(body: Json, name: unknown, beside: readonly string[], model: Model): Json {
  const event = eventNamed(name, model);
  const all = [...model.common, ...event.fields];
  noStrangers(body, all, beside, model);
  const without = (fields: readonly Field[]) =>
    Object.fromEntries(Object.entries(body).filter(([key]) => fields.some(({ wireName }) => wireName === key)));
  return {
    ...keep(without(model.common), model.common, [], model),
    ...keep(without(event.fields), event.fields, [], model),
  };
}

function eventNamed(name: unknown, model: Model) {
  const event = model.events.find(({ wireName }) => wireName === name);
  return event ?? bad(model.ingest.unknownEvent === "reject");
}

/** Step 5, as far as it needs no value. */
function noStrangers(sent: Json, fields: readonly Field[], beside: readonly string[], { ingest }: Model): void {
  if (ingest.unknownField === "strip") return;
  const known = [...beside, ...fields.map(({ wireName }) => wireName)];
  if (Object.keys(sent).some((key) => !known.includes(key))) stranger(ingest.unknownField === "reject");
}

/** An unknown key, at any depth, is the whole event's. */
function stranger(refuses: boolean): never {
  throw refuses ? new StrangerRefused() : new StrangerDropped();
}

/** Steps 5 to 7 for the fields of one object. */
function keep(sent: Json, fields: readonly Field[], beside: readonly string[], model: Model): Json {
  const { unknownField, invalidField } = model.ingest;
  noStrangers(sent, fields, beside, model);
  const existing = allVariants(fields).filter((field) => exists(field, fields, sent));
  for (const field of fields) {
    if (
      !existing.some(({ wireName }) => wireName === field.wireName) &&
      Object.hasOwn(sent, field.wireName) &&
      unknownField !== "strip"
    )
      stranger(unknownField === "reject");
  }
  const kept: Json = {};
  for (const field of existing.filter(({ wireName }) => Object.hasOwn(sent, wireName))) {
    const value = sent[field.wireName];
    const left = allows(field, value) ? value : leftOf(field.type, value, model);
    if (left !== undefined) kept[field.wireName] = left;
    else if (invalidField !== "strip") bad(invalidField === "reject");
  }
  const missing = existing.some((field) => !field.optional && !field.legacy && !Object.hasOwn(kept, field.wireName));
  if (missing) bad(invalidField === "reject");
  return kept;
}

/** Returns what is left of an object, or of a list of objects, without what may not be in it; undefined where nothing is. */
function leftOf(type: Type, value: unknown, model: Model): unknown {
  if (matches(type.schema, value) && isPlain(value)) return value;
  if (type.fields !== undefined) {
    if (!isObject(value)) return undefined;
    try {
      return keep(value, type.fields, [], model);
    } catch (error) {
      // An unknown key is no more and no less than that; everything else is this value's own fault.
      if (error instanceof StrangerRefused || error instanceof StrangerDropped) throw error;
      if (error instanceof Refused || error instanceof Dropped) return undefined;
      throw error;
    }
  }
  const { of } = type;
  if (of === undefined || !isDeep(of) || !Array.isArray(value)) return undefined;
  if (value.length > (type.schema.maxItems ?? value.length)) return undefined;
  const left = value.map((item) => leftOf(of, item, model));
  if (model.ingest.invalidField !== "strip" && left.includes(undefined)) return undefined;
  return left.filter((item) => item !== undefined);
}

function isDeep({ fields, of }: Type): boolean {
  return fields !== undefined || (of !== undefined && isDeep(of));
}

function exists(field: Field, fields: readonly Field[], sent: Json): boolean {
  return field.onlyWhen.every(({ wireName, values, except = false }) => {
    const sibling = fields.find((one) => one.wireName === wireName);
    return (
      sibling !== undefined &&
      Object.hasOwn(sent, wireName) &&
      values.some((value) => own(sent, wireName) === value) !== except &&
      exists(sibling, fields, sent)
    );
  });
}

function allows(field: Field, value: unknown): boolean {
  return (field.nullable && value === null) || (isPlain(value) && matches(field.type.schema, value));
}

/** No text with NUL or half a surrogate pair, at any depth. */
function isPlain(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\0") && Buffer.from(value, "utf8").toString("utf8") === value;
  return typeof value !== "object" || value === null || Object.values(value).every(isPlain);
}

function matches(schema: Type["schema"], value: unknown): boolean {
  const key = JSON.stringify(schema);
  const check = compiled.get(key) ?? (ajv.compile(withoutLength(schema)) as (value: unknown) => boolean);
  compiled.set(key, check);
  return value !== undefined && check(value) && isShort(schema, value);
}

/** ajv counts code points unless it is told otherwise; we count UTF-16 units, and here by hand. */
function withoutLength({ maxLength: _, items, properties, ...schema }: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(items && { items: withoutLength(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, withoutLength(inner)])),
    }),
  };
}

function isShort(schema: JsonSchema, value: unknown): boolean {
  if (typeof value === "string") return value.length <= (schema.maxLength ?? value.length);
  if (Array.isArray(value)) return value.every((item) => isShort(schema.items ?? {}, item));
  return (
    !isObject(value) || Object.entries(value).every(([key, item]) => isShort(schema.properties?.[key] ?? {}, item))
  );
}

function isTimely(time: unknown, model: Model, now: number): boolean {
  if (typeof time !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(time)) return false;
  const moment = Date.parse(time);
  if (Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 19) !== time.slice(0, 19)) return false;
  const second = Math.floor(moment / 1000);
  const { past = Number.POSITIVE_INFINITY, future = Number.POSITIVE_INFINITY } = model.ingest.acceptTimes ?? {};
  return second >= Math.floor((now - past) / 1000) && second <= Math.floor((now + future) / 1000);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused();
  }
}

function orNothing(judgeOne: () => readonly Accepted[]): readonly Accepted[] {
  try {
    return judgeOne();
  } catch (error) {
    if (error instanceof Dropped) return [];
    throw error;
  }
}

function bad(request: boolean): never {
  throw request ? new Refused() : new Dropped();
}

function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
