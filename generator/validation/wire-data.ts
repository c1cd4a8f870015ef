import { mayBeBool, textKind } from "../model/as-text.js";
import { fieldsOf } from "../model/field-sets.js";
import type { JsonSchema } from "../model/json-schema.js";
import type { DrawnWire, Field, Model, Wire } from "../model/model.js";
import { placedByName, setOf, wirePlaces } from "../model/wire.js";

/** The pictures, and what the receiver has to know of their sets to read them back. */
export function wireData(model: Model): object {
  const { wire } = model;
  const headers = wire.headers.flatMap((header) =>
    header.kind === "picture" ? [{ name: header.name, picture: header.picture }] : [],
  );
  const known = { format: wire.format, headers: headers.length === 0 ? undefined : headers };
  if (wire.format === "prometheus-text") return known;
  const { query, body, each, bools, apart } = wire;
  const placed = Object.fromEntries(Object.entries(placedByName(wire)).filter(([, names]) => names.length > 0));
  const json = namesIn(model, (schema) => textKind(schema) === "json");
  const members = membersBeside(model);
  return {
    ...known,
    query,
    body,
    each,
    bools: bools && { no: bools[0], yes: bools[1], in: namesIn(model, mayBeBool) },
    placed: Object.keys(placed).length === 0 ? undefined : placed,
    apart: apart && pathsOf(apart),
    emptied: apart && emptiedIn(apart),
    json: Object.keys(json).length === 0 ? undefined : json,
    members: Object.keys(members).length === 0 ? undefined : members,
  };
}

/** Set → name → the keys that lead there, what holds others first. */
function pathsOf(apart: NonNullable<DrawnWire["apart"]>): object {
  return Object.fromEntries(
    Object.entries(apart).map(([of, { places }]) => [
      of,
      Object.fromEntries(places.map(({ name, path }) => [name, path])),
    ]),
  );
}

function emptiedIn(apart: NonNullable<DrawnWire["apart"]>): object | undefined {
  const sets = Object.entries(apart).flatMap(([of, { emptied }]) => (emptied.length === 0 ? [] : [[of, emptied]]));
  return sets.length === 0 ? undefined : (Object.fromEntries(sets) as object);
}

/** Set → the names whose values are of such types; only where anything becomes text. */
function namesIn(
  model: Model,
  is: (schema: JsonSchema) => boolean,
): Readonly<Record<string, true | readonly string[]>> {
  const { wire } = model;
  if (wire.format === "prometheus-text" || !becomesText(wire)) return {};
  const named = (fields: readonly Field[]) => [
    ...new Set(fields.filter(({ type }) => is(type.schema)).map(({ wireName }) => wireName)),
  ];
  const fields = { common: fieldsOf(model, "common"), fields: fieldsOf(model, "fields") };
  const sets = wirePlaces(wire).flatMap(({ at }) => {
    const set = setOf(at);
    return set === undefined || set.name === undefined || "kind" in at ? [] : [set];
  });
  const inner = sets.map(({ of, name = "" }): [string, true | readonly string[]] => {
    const types = fields[of].filter(({ wireName }) => wireName === name).map(({ type }) => type);
    const map = types.find((type) => type.fields === undefined);
    if (map === undefined) return [`${of}.${name}`, named(types.flatMap((type) => type.fields ?? []))];
    const values = (map.schema as object as { additionalProperties?: JsonSchema }).additionalProperties;
    return [`${of}.${name}`, values !== undefined && is(values) ? true : []];
  });
  const all: [string, true | readonly string[]][] = [
    ["common", named(fields.common)],
    ["fields", named(fields.fields)],
    ...inner,
  ];
  return Object.fromEntries(all.filter(([, names]) => names === true || names.length > 0));
}

function becomesText(wire: Wire): boolean {
  if (wire.format !== "json" || wire.query !== undefined || wire.headers.length > 0) return true;
  return wirePlaces(wire).some(({ at }) => "kind" in at && ["text", "joined", "line"].includes(at.kind));
}

/** Set → its names, where what an object or a map holds is spread beside it. */
function membersBeside(model: Model): Readonly<Record<string, readonly string[]>> {
  const members: Record<string, readonly string[]> = {};
  for (const { at } of wirePlaces(model.wire)) {
    if (!("kind" in at) || at.kind !== "object") continue;
    const sets = at.entries.flatMap((entry) => ("spread" in entry ? [entry.spread] : []));
    const byName = at.entries.some((entry) => "key" in entry && !("repeat" in entry) && entry.key.kind === "event");
    if (!byName && (sets.length < 2 || sets.every(({ name }) => name === undefined))) continue;
    for (const { of, name } of sets) {
      const fields = fieldsOf(model, of);
      if (name === undefined) members[of] = [...new Set(fields.map(({ wireName }) => wireName))];
      else {
        const types = fields.filter(({ wireName }) => wireName === name).map(({ type }) => type);
        if (types.every((type) => type.fields !== undefined))
          members[`${of}.${name}`] = [
            ...new Set(types.flatMap((type) => type.fields?.map(({ wireName }) => wireName) ?? [])),
          ];
      }
    }
  }
  return members;
}
