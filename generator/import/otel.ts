import { scalar } from "../emit/yaml-scalar.js";
import {
  type Collector,
  type Data,
  type DataMap,
  type Drafted,
  type ImportedEvent,
  type ImportedField,
  listIn,
  mapIn,
  said,
  textIn,
  worded,
} from "./imported.js";

/** Reads OpenTelemetry registries in both formats: `groups:`, and lists of attributes, events and metrics. */
export function readOtel(documents: readonly { readonly data: Data }[], collector: Collector): Drafted {
  const groups = documents.flatMap(({ data }) => groupsIn(mapIn(data)));
  const attributes = new Map<string, DataMap>();
  for (const { attributes: own } of groups)
    for (const attribute of own) {
      const name = textIn(attribute["id"] ?? attribute["key"] ?? attribute["name"]);
      if (name !== undefined) attributes.set(name, attribute);
    }
  const events: ImportedEvent[] = [];
  for (const group of groups) {
    if (group.kind === "attributes") continue;
    if (group.kind === "other") {
      collector.lose(group.name, `left out: it is a ${group.type}, and a contract reports events`);
      continue;
    }
    const fields = group.attributes.map((attribute) => fieldOf(attribute, attributes, group.name, collector));
    const value: ImportedField[] =
      group.kind === "metric"
        ? [
            {
              name: "value",
              type: `type: number, min: TODO, max: TODO, decimals: TODO${group.unit === undefined ? "" : `, unit: ${scalar(group.unit)}`}`,
              optional: false,
              description: group.brief,
            },
          ]
        : [];
    events.push({
      name: group.name,
      description: group.brief,
      fields: [...fields, ...value],
      notes: [],
      ...(group.deprecated ? { retired: true } : {}),
    });
  }
  return { events, common: [] };
}

interface Group {
  readonly kind: "event" | "metric" | "attributes" | "other";
  readonly type: string;
  readonly name: string;
  readonly brief: string | undefined;
  readonly unit: string | undefined;
  readonly deprecated: boolean;
  readonly attributes: readonly DataMap[];
}

function groupsIn(map: DataMap): readonly Group[] {
  const older = listIn(map["groups"]).map((item) =>
    groupOf(mapIn(item), said(mapIn(item)["type"] ?? "attribute_group")),
  );
  const newer = (["events", "metrics", "spans", "entities", "attribute_groups"] as const).flatMap((key) =>
    listIn(map[key]).map((item) =>
      groupOf(
        mapIn(item),
        { events: "event", metrics: "metric", spans: "span", entities: "entity", attribute_groups: "attribute_group" }[
          key
        ],
      ),
    ),
  );
  const own = listIn(map["attributes"]).map(mapIn);
  const loose = own.length === 0 ? [] : [groupOf({ attributes: own }, "attribute_group")];
  return [...older, ...newer, ...loose];
}

function groupOf(map: DataMap, type: string): Group {
  return {
    kind: worded<Group["kind"]>({ event: "event", metric: "metric", attribute_group: "attributes" }, type) ?? "other",
    type,
    name: textIn(map["name"] ?? map["metric_name"] ?? map["id"] ?? map["type"]) ?? type,
    brief: textIn(map["brief"]),
    unit: textIn(map["unit"]),
    deprecated: "deprecated" in map,
    attributes: listIn(map["attributes"]).map(mapIn),
  };
}

function fieldOf(
  attribute: DataMap,
  known: ReadonlyMap<string, DataMap>,
  event: string,
  collector: Collector,
): ImportedField {
  const ref = textIn(attribute["ref"]);
  const name = ref ?? textIn(attribute["id"] ?? attribute["key"] ?? attribute["name"]) ?? "?";
  const all: DataMap = { ...(ref === undefined ? {} : known.get(ref)), ...attribute };
  const isLost = ref !== undefined && !known.has(ref) && !("type" in all);
  if (isLost)
    collector.lose(`${event}.${name}`, "left out: its attribute is in none of these files; name that file, too");
  return {
    name,
    type: isLost ? undefined : typeOf(all["type"], name, `${event}.${name}`, collector),
    description: textIn(all["brief"]),
    optional: all["requirement_level"] !== "required",
    notes: "deprecated" in all ? ["deprecated"] : [],
  };
}

function typeOf(type: Data | undefined, name: string, where: string, collector: Collector): string | undefined {
  const members = listIn(mapIn(type)["members"]).map(mapIn);
  if (members.length > 0) {
    const values = members.map(({ value }) => scalar(said(value)));
    if (members.some(({ value }) => typeof value !== "string")) {
      collector.lose(where, "left out: a closed set here is one of texts");
      return undefined;
    }
    if (mapIn(type)["allow_custom_values"] !== false)
      collector.lose(where, "it let other values through, too; here the set is closed");
    return `type: enum, values: [${values.join(", ")}]`;
  }
  const word = said(type ?? "");
  const list = /^(string|int|double|boolean)\[\]$/.exec(word)?.[1];
  if (list !== undefined) return `type: list, of: { ${simple[list]} }, max_items: TODO`;
  const template = /^template\[(string|int|double|boolean)\]$/.exec(word)?.[1];
  if (template !== undefined)
    return `type: map, keys: { type: string, pattern: TODO, max_length: TODO }, of: { ${simple[template]} }, max_items: TODO`;
  if (/(^|[._])(id|uuid)$/.test(name) && word === "string")
    return collector.identifier(name, "{ type: string, pattern: TODO, max_length: TODO }");
  const own = worded(simple, word);
  if (own === undefined)
    collector.lose(where, word === "" ? "left out: it says no type" : `left out: no type here is like ${word}`);
  return own;
}

const simple: Readonly<Record<string, string>> = {
  string: "type: text, max_length: TODO, justification: TODO",
  int: "type: int",
  double: "type: number, min: TODO, max: TODO, decimals: TODO",
  boolean: "type: bool",
};
