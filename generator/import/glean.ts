import { scalar } from "../emit/yaml-scalar.js";
import {
  type Collector,
  type Data,
  type DataMap,
  type Imported,
  type ImportedEvent,
  type ImportedField,
  listIn,
  mapIn,
  said,
  textIn,
} from "./imported.js";
import { createSchemaReader } from "./json-schema.js";

/** Glean's own limits. */
const longestText = 100;
const labelPattern = "'^[a-z_][a-z0-9_.-]*$'";

/** Reads Glean's metrics.yaml and pings.yaml, together. */
export function readGlean(
  documents: readonly { readonly file: string; readonly data: Data }[],
  collector: Collector,
): Omit<Imported, "lost" | "identifiers"> {
  const pings = new Map<
    string,
    { readonly description: string | undefined; readonly fields: ImportedField[]; readonly notes: string[] }
  >();
  const events: ImportedEvent[] = [];
  const ping = (name: string) => {
    const known = pings.get(name) ?? { description: undefined, fields: [], notes: [] };
    pings.set(name, known);
    return known;
  };
  for (const { data } of documents.filter(isPings))
    for (const [name, value] of Object.entries(mapIn(data)).filter(([key]) => !key.startsWith("$"))) {
      const map = mapIn(value);
      if (map["include_client_id"] === true) collector.identifier("client_id", "{ type: uuid }");
      pings.set(name, { description: textIn(map["description"]), fields: [], notes: owners(map) });
      if (map["include_client_id"] === true) pings.get(name)?.fields.push(clientId);
      if ("reasons" in map)
        collector.lose(
          `ping ${name}`,
          `a contract lists no reasons for sending; say in \`when\` what matters of these: ${Object.keys(mapIn(map["reasons"])).join(", ")}`,
        );
      if (map["send_if_empty"] === true)
        collector.lose(
          `ping ${name}`,
          "it was also sent when nothing was recorded; a contract sends what happened, and nothing else",
        );
    }
  for (const { data } of documents.filter((one) => !isPings(one)))
    for (const [category, metrics] of Object.entries(mapIn(data)).filter(
      ([key]) => !key.startsWith("$") && key !== "no_lint",
    ))
      for (const [name, value] of Object.entries(mapIn(metrics))) {
        const [id, map] = [`${category}.${name}`, mapIn(value)];
        const retired = map["disabled"] === true || map["expires"] === "expired";
        const notes = [...owners(map), ...endOf(map)];
        if (map["type"] === "event") {
          events.push({
            name: id,
            description: textIn(map["description"]),
            fields: extrasOf(map, id, collector),
            notes,
            retired,
          });
          continue;
        }
        if (retired) {
          events.push({ name: id, description: textIn(map["description"]), fields: [], notes, retired });
          continue;
        }
        const field: ImportedField = {
          name: id,
          type: typeOf(map, id, collector),
          description: textIn(map["description"]),
          // A metric that was never recorded is not in its ping.
          optional: true,
          notes,
        };
        for (const target of listIn(map["send_in_pings"]).length > 0 ? listIn(map["send_in_pings"]) : ["metrics"])
          ping(target === "default" ? "metrics" : said(target)).fields.push(field);
      }
  const fromPings = [...pings].map(([name, { description, fields, notes }]) => ({ name, description, fields, notes }));
  return { events: [...fromPings, ...events], common: [] };
}

const clientId: ImportedField = {
  name: "client_id",
  type: "type: identifier",
  optional: false,
  description: undefined,
};

function isPings({ file, data }: { readonly file: string; readonly data: Data }): boolean {
  return /pings/.test(said(mapIn(data)["$schema"] ?? file));
}

function owners(map: DataMap): string[] {
  const [emails, bugs, reviews] = ["notification_emails", "bugs", "data_reviews"].map((key) =>
    listIn(map[key]).map(String),
  );
  const sensitivity = listIn(map["data_sensitivity"]).map(String);
  return [
    ...(emails && emails.length > 0 ? [`owner: ${emails.join(", ")}`] : []),
    ...(sensitivity.length > 0 ? [`class: ${sensitivity.join(", ")}`] : []),
    ...(bugs && bugs.length > 0 ? [`bugs: ${bugs.join(", ")}`] : []),
    ...(reviews && reviews.length > 0 ? [`reviews: ${reviews.join(", ")}`] : []),
  ];
}

function endOf(map: DataMap): string[] {
  const expires = map["expires"];
  return expires === undefined || expires === "never" || expires === "expired" ? [] : [`expires: ${said(expires)}`];
}

function extrasOf(map: DataMap, id: string, collector: Collector): readonly ImportedField[] {
  return Object.entries(mapIn(map["extra_keys"])).map(([name, value]) => {
    const extra = mapIn(value);
    const type = { boolean: "type: bool", quantity: "type: int", string: text }[said(extra["type"] ?? "string")];
    if (type === undefined) collector.lose(`${id}.${name}`, `left out: no type here is like ${said(extra["type"])}`);
    return { name, type, description: textIn(extra["description"]), optional: true };
  });
}

const text = `type: text, max_length: ${longestText}, justification: TODO`;

function typeOf(map: DataMap, id: string, collector: Collector): string | undefined {
  const unit = textIn(map["unit"] ?? map["time_unit"]);
  const counted = `type: int${unit === undefined ? "" : `, unit: ${scalar(unit)}`}`;
  const labels = listIn(map["labels"]).map(String);
  const keys =
    labels.length > 0
      ? `{ type: enum, values: [${labels.map(scalar).join(", ")}] }`
      : `{ type: string, pattern: ${labelPattern}, max_length: 71 }`;
  const labeled = (of: string) => `type: map, keys: ${keys}, of: { ${of} }, max_items: ${Math.max(labels.length, 17)}`;
  const buckets =
    "type: map, keys: { type: string, pattern: '^[0-9]+$', max_length: 16 }, of: { type: int }, max_items: 128";
  switch (map["type"]) {
    case "boolean":
      return "type: bool";
    case "counter":
      return "type: int";
    case "quantity":
    case "timespan":
      return counted;
    case "string":
    case "text":
      return map["type"] === "string" ? text : "type: text, max_length: TODO, justification: TODO";
    case "string_list":
      return `type: list, of: { ${text} }, max_items: 100`;
    case "uuid":
      return collector.identifier(id, "{ type: uuid }");
    case "datetime":
      return "type: timestamp, timezone: any";
    case "rate":
      return "type: object, fields: { numerator: { type: int }, denominator: { type: int } }";
    case "labeled_boolean":
      return labeled("type: bool");
    case "labeled_counter":
    case "labeled_quantity":
      return labeled(counted);
    case "labeled_string":
      return labeled(text);
    case "timing_distribution":
    case "custom_distribution":
    case "memory_distribution":
      return `type: object, fields: { sum: { type: int }, values: { ${buckets} } }`;
    case "object":
      return createSchemaReader(map["structure"] ?? null, collector).type(map["structure"], id, id);
    default:
      collector.lose(id, `left out: no type here is like Glean's ${said(map["type"])}`);
      return undefined;
  }
}
