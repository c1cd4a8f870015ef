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
import { SchemaReader } from "./json-schema.js";

/** Glean's own limits. */
const longestText = 100;
const labelPattern = "'^[a-z_][a-z0-9_.-]*$'";

/** Reads Glean's metrics.yaml and pings.yaml, together. */
export function readGlean(documents: readonly GleanFile[], collector: Collector): Drafted {
  const pings = new Map<string, Ping>();
  const events: ImportedEvent[] = [];
  for (const { data } of documents.filter(isPings))
    for (const [name, ping] of entriesOf(data)) pings.set(name, pingOf(name, mapIn(ping), collector));
  for (const { data } of documents.filter((document) => !isPings(document)))
    for (const [category, metrics] of entriesOf(data).filter(([key]) => key !== "no_lint"))
      for (const [name, metric] of Object.entries(mapIn(metrics)))
        readMetric(`${category}.${name}`, mapIn(metric), pings, events, collector);
  const fromPings = [...pings].map(([name, ping]) => ({ name, ...ping }));
  return { events: [...fromPings, ...events], common: [] };
}

interface GleanFile {
  readonly file: string;
  readonly data: Data;
}

/** What is sent together. */
interface Ping {
  readonly description: string | undefined;
  readonly fields: ImportedField[];
  readonly notes: string[];
}

/** A file's entries, without what it says about itself. */
function entriesOf(data: Data): readonly (readonly [string, Data])[] {
  return Object.entries(mapIn(data)).filter(([key]) => !key.startsWith("$"));
}

function pingOf(name: string, map: DataMap, collector: Collector): Ping {
  const identified = map["include_client_id"] === true;
  if (identified) collector.identifier("client_id", "{ type: uuid }");
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
  return { description: textIn(map["description"]), fields: identified ? [clientId] : [], notes: owners(map) };
}

/** An event is one of its own, and so is what is retired; anything else is a field of each ping that it is sent in. */
function readMetric(
  name: string,
  map: DataMap,
  pings: Map<string, Ping>,
  events: ImportedEvent[],
  collector: Collector,
): void {
  const description = textIn(map["description"]);
  const retired = map["disabled"] === true || map["expires"] === "expired";
  const notes = [...owners(map), ...endOf(map)];
  if (map["type"] === "event" || retired) {
    const fields = map["type"] === "event" ? extrasOf(map, name, collector) : [];
    events.push({ name, description, fields, notes, retired });
    return;
  }
  // A metric that was never recorded is not in its ping.
  const field: ImportedField = { name, type: typeOf(map, name, collector), description, optional: true, notes };
  const targets = listIn(map["send_in_pings"]);
  for (const target of targets.length > 0 ? targets : ["metrics"]) {
    const called = target === "default" ? "metrics" : said(target);
    const ping = pings.get(called) ?? { description: undefined, fields: [], notes: [] };
    pings.set(called, ping);
    ping.fields.push(field);
  }
}

const clientId: ImportedField = {
  name: "client_id",
  type: "type: identifier",
  optional: false,
  description: undefined,
};

function isPings({ file, data }: GleanFile): boolean {
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
    const type = worded(
      { boolean: "type: bool", quantity: "type: int", string: text },
      said(extra["type"] ?? "string"),
    );
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
      return new SchemaReader(map["structure"] ?? null, collector).type(map["structure"], id, id);
    default:
      collector.lose(id, `left out: no type here is like Glean's ${said(map["type"])}`);
      return undefined;
  }
}
