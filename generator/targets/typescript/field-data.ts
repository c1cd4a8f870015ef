import { callsIn, type Literal, Printed, PureCall } from "../../emit/literal.js";
import { modeOf } from "../../model/delivery.js";
import { fragmentOf } from "../../model/fragments.js";
import type { JsonSchema } from "../../model/json-schema.js";
import type { Model } from "../../model/model.js";
import { ONE_LINE } from "../../model/one-line.js";
import { planFields } from "../../plan/fields.js";
import { notNull, nullableLike } from "../../plan/nullable.js";
import type { PlanField, PlanValue } from "../../plan/plan.js";
import { valueOfSchema } from "../../plan/values.js";
import { camel } from "../../plan/words.js";
import { FILES } from "./function-files.js";
import { sourceData } from "./source-data.js";

/**
 * A field as the runtime's `FieldContract`: what it is called, where it comes from, and what may travel.
 * @param code what the caller's object calls it, or its place in the caller's list.
 */
export function fieldData(
  field: PlanField,
  code: string | number = camel(field.words),
  isLater: IsLater = () => false,
  inside = false,
): { readonly [key: string]: Literal } {
  // Inside an object nobody takes a field away whose part is off: it lets nothing through.
  if (inside && (field.part ?? field.sinceEpoch) !== undefined) {
    const { part, sinceEpoch, ...rest } = field;
    const own = fieldData(rest, code, isLater);
    const of = { part, since: sinceEpoch };
    return { ...own, optional: true, take: new PureCall("whereOn", [new Printed("client", []), of, own["take"]]) };
  }
  if (isLater(field))
    return {
      name: field.name,
      part: field.part,
      since: field.sinceEpoch,
      optional: field.optional || undefined,
      take: new PureCall("deferred", [fieldData(field)]),
    };
  const from = sourceData(field);
  // What nobody gives stands in no list of what is given.
  const called = typeof code === "number" && from !== undefined ? camel(field.words) : code;
  return {
    name: field.name,
    code: called === field.name ? undefined : called,
    from,
    part: field.part,
    since: field.sinceEpoch,
    optional: field.optional || undefined,
    onlyWhen:
      Object.keys(field.onlyWhen).length === 0
        ? undefined
        : Object.fromEntries(
            Object.entries(field.onlyWhen).map(([sibling, values]) => [sibling, [values].flat() as Literal[]]),
          ),
    pick: pickData(field, isLater),
    take: endingData(field, ciData(field, takeData(field, isLater))),
  };
}

function endingData({ expires }: PlanField, take: PureCall): PureCall {
  return expires === undefined ? take : new PureCall("endingAt", [expires, take]);
}

/** In CI, an identifier identifies nobody. */
function ciData({ inCi, optional }: PlanField, take: PureCall): PureCall {
  if (inCi === undefined) return take;
  const replaced = new PureCall("outsideCi", [
    new Printed("client", []),
    take,
    ...(inCi.text === undefined ? [] : [inCi.text]),
  ]);
  return optional && inCi.text !== undefined ? new PureCall("ifGiven", [replaced]) : replaced;
}

/** Prints which case it is, which is known when its siblings are. */
function pickData({ name, value }: PlanField, isLater: IsLater): PureCall | undefined {
  const present = notNull(value);
  if (present.is !== "cases") return undefined;
  const within: IsLater = (inner) => isLater(inner, true);
  const cases = present.cases.map(({ of, values, except }) => {
    const take = valueData(nullableLike(value, of), within);
    return except === true ? [take, values, true] : [take, values];
  });
  return new PureCall("caseBy", [name, present.by, cases as Literal[]]);
}

/**
 * Takes a field's value. Optional values that were not given stay absent, also where anything that isn't listed becomes
 * `otherwise`.
 */
function takeData({ optional, value }: PlanField, isLater: IsLater): PureCall {
  const take = valueData(value, (inner) => isLater(inner, true));
  const present = notNull(value);
  const takesAnything =
    present.is === "or-else" || present.is === "object" || (present.is === "one-of" && present.otherwise !== undefined);
  if (!optional || !takesAnything) return take;
  return new PureCall("ifGiven", [take]);
}

/** True if a field's value is found only when it is sent. `inside`: of an object. */
export type IsLater = (field: PlanField, inside?: boolean) => boolean;

/**
 * Returns what is found by the client while an event is recorded, and what is not: in a queue identifiers alone wait, since they may not exist
 * yet; where each event is sent by itself, all that stands inside an object does, and what is next to it is told apart by its source.
 */
export function eventFieldsData(
  model: Model,
  fields: Parameters<typeof planFields>[1],
  recorded: boolean,
): readonly Literal[] {
  const isLater = isLaterIn(model);
  const { waits } = modeOf(model);
  return planFields(model, fields).map((field) => {
    const data = fieldData(field, undefined, isLater);
    // Of a field that waits in a queue, what the client finds inside it is found while it is recorded.
    return recorded && waits && findsInside(field.value)
      ? { ...data, take: new PureCall("found", [new Printed("client", []), data["take"]]) }
      : data;
  });
}

function findsInside(value: PlanValue): boolean {
  if (value.is === "hashed") return value.salt !== undefined;
  if (value.is === "cases") return value.cases.some(({ of }) => findsInside(of));
  if (value.is === "object")
    return value.fields.some(
      (field) => !["call", "constant", "identifier"].includes(field.from.kind) || findsInside(field.value),
    );
  return ["list", "items", "map", "or-null"].includes(value.is) && "of" in value && findsInside(value.of);
}

export function isLaterIn(model: Model): IsLater {
  const { waits } = modeOf(model);
  return ({ from }, inside = false) =>
    waits ? from.kind === "identifier" : inside && from.kind !== "call" && from.kind !== "constant";
}

/** Returns whether some event has such a field. */
export function hasLater(model: Model): boolean {
  const isLater = isLaterIn(model);
  const { rides, sendsEach } = modeOf(model);
  const has = (field: PlanField, inside: boolean): boolean => isLater(field, inside) || within(field.value);
  const within = (value: PlanValue): boolean =>
    (value.is === "hashed" && value.salt !== undefined && (sendsEach || rides)) ||
    (value.is === "cases" && value.cases.some(({ of }) => within(of))) ||
    (value.is === "object"
      ? value.fields.some((field) => has(field, true))
      : (value.is === "list" || value.is === "items" || value.is === "map" || value.is === "or-null") &&
        within(value.of));
  return model.events.some((event) => {
    const own = () => planFields(model, event.fields).some((field) => has(field, false));
    return fragmentOf(event, "has later", () => String(own())) === "true";
  });
}

/** The fields of an event, and of what goes with every event. */
export function fieldsData(model: Model, fields: Parameters<typeof planFields>[1]): readonly Literal[] {
  return planFields(model, fields).map((field) => fieldData(field));
}

/** Returns what may travel of what is given: the runtime's functions. */
export function valueData(value: PlanValue, isLater?: IsLater): PureCall {
  switch (value.is) {
    case "always":
      return new PureCall("always", [value.value]);
    case "or-null":
      return new PureCall("orNull", [valueData(value.of, isLater)]);
    case "flag":
      return new PureCall("flag");
    case "integer":
    case "number":
      return new PureCall(value.is, bounds(value.least, value.most));
    case "text":
      return new PureCall(
        "text",
        bounds(value.most, value.pattern === undefined ? undefined : new RegExp(value.pattern)),
      );
    case "line":
      return new PureCall("text", bounds(value.most, new RegExp(ONE_LINE)));
    case "hashed": {
      const { salt, clear } = value;
      const shared = [valueData(value.of), valueData(value.form), value.keep, ...(clear ? [valueData(clear)] : [])];
      return salt === undefined ? new PureCall("hashed", shared) : new PureCall("salted", [salt, ...shared]);
    }
    case "or-else":
      return new PureCall("orElse", [valueData(value.of), value.otherwise]);
    case "cut":
      return new PureCall("cut", [valueData(value.of), value.most]);
    case "one-of":
      // Of few, to look through them is quicker, and less to load.
      return new PureCall(
        value.values.length > FEW ? "among" : "oneOf",
        value.otherwise === undefined ? [value.values] : [value.values, value.otherwise],
      );
    case "below":
      return new PureCall("below", [value.edges, value.labels]);
    case "up-to":
      return new PureCall("upTo", [value.edges, value.labels]);
    case "list":
      return new PureCall("list", bounds(valueData(value.of, isLater), value.most));
    case "items":
      return new PureCall("eachOf", bounds(valueData(value.of, isLater), value.most));
    case "rounded":
      return new PureCall("rounded", [value.least, value.most, value.decimals]);
    case "map":
      return new PureCall("mapOf", [valueData(value.keys), valueData(value.of, isLater), value.most]);
    case "cases":
      // Beside which siblings it stands, `pick` knows.
      return new PureCall("asGiven");
    case "object":
      return new PureCall("object", [value.fields.map((field) => fieldData(field, undefined, isLater, true))]);
    default:
      return value satisfies never;
  }
}

/** The same of a schema alone, for values that nobody gives in another form. */
export function schemaData(schema: JsonSchema): PureCall {
  return valueData(valueOfSchema(schema));
}

/** Arguments, without those at the end that say nothing. */
function bounds(first: Literal, second: Literal): readonly Literal[] {
  return second !== undefined ? [first, second] : first !== undefined ? [first] : [];
}

/** File of the runtime → the functions of it that a literal names. */
export function usesIn(value: Literal): Readonly<Record<string, readonly string[]>> {
  const names = [...callsIn(value)].filter((name) => !OWN.includes(name)).sort();
  const files = [...new Set(names.map(fileOf))];
  return Object.fromEntries(files.map((file) => [file, names.filter((name) => fileOf(name) === file)]));
}

/** Functions of the runtime whose first argument is the client. */
export const OF_CLIENT: readonly string[] = ["found", "outsideCi", "whereOn"];

/** The names that the generated client defines itself. */
const OWN = ["buildOf", "addressOf", "client"];

function fileOf(name: string): string {
  return FILES[name] ?? "values";
}

const FEW = 32;
