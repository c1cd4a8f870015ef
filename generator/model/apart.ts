import type { JsonSchema, JsonValue } from "./json-schema.js";
import type { Field, Type } from "./model.js";
import { apartIn, placedByName, type SetName, type Wire } from "./wire.js";

/** The nested values of a set with a separate place. */
export interface Apart {
  /** The name by which it is drawn, and the keys that lead to it; what holds others first. */
  readonly places: readonly { readonly name: string; readonly path: readonly string[] }[];
  /** The objects of which nothing is left: they have no place themselves. */
  readonly emptied: readonly (readonly string[])[];
}

/**
 * The wire with the paths of what stands inside an object and has a place of its own, `$fields.measures.duration`. Such a field is
 * *apart*: for whoever draws or reads the request it is one of the set, under that name, and its object is without it.
 */
export function withApart(wire: Wire, sets: Readonly<Record<SetName, readonly (readonly Field[])[]>>): Wire {
  if (wire.format === "prometheus-text") return wire;
  const placed = placedByName(wire);
  const found = (["common", "fields"] as const).flatMap((of) => {
    const places = placed[of].flatMap((name) => {
      const path = pathTo(name, sets[of].flat());
      return path === undefined || path.length === 1 ? [] : [{ name, path }];
    });
    // What holds others first: so each is put back into something that is there.
    const sorted = places.toSorted((a, b) => a.path.length - b.path.length || (a.name < b.name ? -1 : 1));
    return places.length === 0 ? [] : [[of, { places: sorted, emptied: emptiedBy(sorted, sets[of]) }] as const];
  });
  return found.length === 0 ? wire : { ...wire, apart: Object.fromEntries(found) };
}

/** Returns the keys that lead to a field. A name may have dots of its own, and then it is meant. */
export function pathTo(name: string, fields: readonly Field[]): readonly string[] | undefined {
  if (fields.some(({ wireName }) => wireName === name)) return [name];
  const holders = fields.filter(({ wireName }) => name.startsWith(`${wireName}.`));
  for (const holder of new Set(holders.map(({ wireName }) => wireName))) {
    const alike = holders.filter(({ wireName }) => wireName === holder);
    // A key of a map, or of what is no object in another event, is no field.
    if (alike.some(({ type }) => type.fields === undefined)) continue;
    const inner = pathTo(
      name.slice(holder.length + 1),
      alike.flatMap(({ type }) => type.fields ?? []),
    );
    if (inner !== undefined) return [holder, ...inner];
  }
  return undefined;
}

/** The objects of which nothing is left, whatever the event, the deepest first: they have no place themselves. */
function emptiedBy(places: Apart["places"], groups: readonly (readonly Field[])[]): Apart["emptied"] {
  const holders = new Map(
    places.flatMap(({ path }) =>
      path
        .slice(1)
        .map((_, at): [string, readonly string[]] => [JSON.stringify(path.slice(0, at + 1)), path.slice(0, at + 1)]),
    ),
  );
  const gone = new Set(places.map(({ path }) => JSON.stringify(path)));
  // The deepest first: what holds only such objects is empty, too.
  return [...holders.values()]
    .toSorted((a, b) => b.length - a.length)
    .filter((path) => {
      const drawn = gone.has(JSON.stringify(path));
      const empty = groups.every((fields) =>
        (fieldsAt(fields, path) ?? []).every(({ wireName }) => gone.has(JSON.stringify([...path, wireName]))),
      );
      if (empty) gone.add(JSON.stringify(path));
      return empty && !drawn;
    });
}

function fieldsAt(fields: readonly Field[], [first, ...rest]: readonly string[]): readonly Field[] | undefined {
  if (first === undefined) return fields;
  const inner = fields.find(({ wireName }) => wireName === first)?.type.fields;
  return inner && fieldsAt(inner, rest);
}

/** The keys that lead to all that leaves its object, in the order in which it is taken out: the deepest first. */
export function leavingPaths({ places, emptied }: Apart): readonly (readonly string[])[] {
  return [...places.map(({ path }) => path), ...emptied.filter((path) => path.length > 1)].toSorted(
    (a, b) => b.length - a.length,
  );
}

/** The same of one object of a set, whose keys these are; without keys, of the whole set. */
export function leavingBelow(wire: Wire, of: SetName, below: readonly string[]): readonly (readonly string[])[] {
  const apart = apartIn(wire, of);
  const paths = apart === undefined ? [] : leavingPaths(apart);
  return paths.filter((path) => path.length > below.length && below.every((key, at) => path[at] === key));
}

/** The keys that lead to a field of a set that is drawn by this name. */
export function pathOf(wire: Wire, of: SetName, name: string): readonly string[] {
  return apartIn(wire, of)?.places.find((place) => place.name === name)?.path ?? [name];
}

/** A set of fields as it is drawn: what is apart is one of them. */
export function drawnFields(fields: readonly Field[], apart: Apart | undefined): readonly Field[] {
  if (apart === undefined) return fields;
  const lifted = apart.places.toReversed().reduce((all, { name, path }) => {
    const { left, taken } = takeOut(all, path);
    return taken === undefined ? all : [...left, { ...taken, wireName: name }];
  }, fields);
  return apart.emptied.reduce((all, path) => takeOut(all, path).left, lifted);
}

interface Taken {
  readonly left: readonly Field[];
  readonly taken?: Field;
}

function takeOut(fields: readonly Field[], [first, ...rest]: readonly string[]): Taken {
  const holder = fields.find(({ wireName }) => wireName === first);
  if (holder === undefined) return { left: fields };
  if (rest.length === 0) return { left: fields.filter((field) => field !== holder), taken: alone(holder, []) };
  const { left, taken } = takeOut(holder.type.fields ?? [], rest);
  if (taken === undefined) return { left: fields };
  const maybe = holder.optional || holder.nullable || holder.legacy || holder.onlyWhen.length > 0;
  const here = left.map((one) => alone(one, left));
  return {
    left: fields.map((field) => (field === holder ? { ...holder, type: holding(holder.type, here) } : field)),
    taken: { ...taken, optional: taken.optional || maybe, legacy: taken.legacy || holder.legacy },
  };
}

/** A field without those conditions that hang on what stands elsewhere. */
function alone(field: Field, siblings: readonly Field[]): Field {
  const here = new Set(siblings.map(({ wireName }) => wireName));
  const { by, cases: _, ...type } = field.type;
  const hangs = [...field.onlyWhen.map(({ wireName }) => wireName), ...(by === undefined ? [] : [by])];
  return hangs.every((name) => here.has(name)) ? field : { ...field, type, onlyWhen: [], optional: true };
}

function holding(type: Type, fields: readonly Field[]): Type {
  const { allOf: _, properties = {}, required = [], ...schema } = type.schema;
  const left = new Map(fields.map((field) => [field.wireName, field]));
  const known = Object.entries(properties).filter(([name]) => left.has(name));
  return {
    ...type,
    schema: {
      ...schema,
      properties: Object.fromEntries(known) as NonNullable<JsonSchema["properties"]>,
      required: required.filter((name) => left.get(name)?.optional === false),
    },
    fields,
  };
}

type Values = { readonly [name: string]: JsonValue };

/** The values of a set as they are drawn. */
export function drawnValues(values: Values, apart: Apart | undefined): Values {
  if (apart === undefined) return values;
  const lifted = apart.places.toReversed().reduce((all, { name, path }) => {
    const value = path.reduce<JsonValue | undefined>(memberOf, all);
    return value === undefined ? all : { ...without(all, path), [name]: value };
  }, values);
  return apart.emptied.reduce(without, lifted);
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function without(values: Values, [first = "", ...rest]: readonly string[]): Values {
  const inner = values[first];
  if (rest.length > 0) return isObject(inner) ? { ...values, [first]: without(inner, rest) } : values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== first));
}

function isObject(value: JsonValue | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
