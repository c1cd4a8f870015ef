import type { Told } from "./meanings.js";
import { type Random, some } from "./random.js";

type Map = Record<string, unknown>;

/** Keys of a picture beside its sets: what the envelope of some product has. */
const KEYS = ["event", "what", "type", "props", "properties", "context", "data", "user data", "id", "sent_at"];

/** How false and true are spelt: also as what a number is, or an empty text. */
const BOOLS = [
  ["False", "True"],
  ["0", "1"],
  ["", "1"],
  ["no way", "true"],
];

/** A request drawn: where name, time, common and own fields stand. What can't be read back is for `gen` to refuse. */
export function wireOf(told: Told, random: Random): Map {
  const headers = headersOf(told, random);
  if (told.metrics) return { format: "prometheus-text", ...headers };
  const bools = random.chance(0.3) ? { bools: random.pick(BOOLS) } : {};
  // What has no body is drawn in its address.
  if (told.method === "GET" || told.method === "HEAD") {
    const query = { e: "$event", ...(random.chance(0.5) ? { t: "$time.unix-ms" } : {}), $common: null, $fields: null };
    return { format: "query", ...headers, query, ...bools };
  }
  const format = random.pick(["json", "json", "json", "json", "form", "query"]);
  const query = random.chance(0.15) ? { query: { v: "1", sent: "$sent.unix-ms" } } : {};
  if (format === "form") return { format, ...query, ...headers, body: texts(told, random), ...bools };
  if (format === "query") return { format, ...query, ...headers, each: texts(told, random), ...bools };
  const batch = random.chance(told.mode === "queued" ? 0.7 : 0.3);
  if (!batch)
    return {
      format,
      ...query,
      ...headers,
      body: encoded({ ...envelope(["event", "time", "common", "fields"], random), ...insideOf(told, random) }, random),
      ...bools,
    };
  const beside = random.chance(0.6);
  const body = {
    ...(beside ? envelope(["common"], random) : {}),
    [random.pick(["events", "batch", "all of them"])]: "$each",
  };
  const each = {
    ...envelope(["event", "time", ...(beside ? [] : (["common"] as const)), "fields"], random),
    ...insideOf(told, random),
  };
  return { format, ...query, ...headers, body: encoded(body, random), each, ...bools };
}

/** A field inside an object, in a place of its own. */
function insideOf({ reported }: Told, random: Random): Map {
  const fields = Object.values(reported).flatMap((one) => Object.entries(one));
  const paths = fields.flatMap(([name, { fields }]) => Object.keys(fields ?? {}).map((inner) => `${name}.${inner}`));
  return paths.length === 0 || random.chance(0.4) ? {} : { "from inside": `$fields.${random.pick(paths)}` };
}

/** A wire that any contract can use: in the place of what was drawn and is refused. */
export function plainWire(metrics: boolean): Map {
  return metrics
    ? { format: "prometheus-text" }
    : { format: "json", body: { event: "$event", $common: null, $fields: null } };
}

type Part = "event" | "time" | "common" | "fields";

/** The parts under random keys, some of them one level deeper. */
function envelope(parts: readonly Part[], random: Random): Map {
  const keys = [...KEYS];
  const key = () => keys.splice(random.below(keys.length), 1)[0] ?? "more";
  const inner: Map = {};
  const outer: Map = {};
  for (const part of parts) {
    const into = random.chance(0.35) ? inner : outer;
    switch (part) {
      case "event":
        // Without a name, only where there is one event.
        if (!random.chance(0.08)) into[key()] = "$event";
        break;
      case "time":
        if (random.chance(0.6)) into[key()] = random.pick(["$time", "$time.unix-ms", "$time.unix-s"]);
        break;
      case "common":
      case "fields":
        setInto(into, part, key, random);
        break;
      default:
        part satisfies never;
    }
  }
  if (random.chance(0.2)) into(random, outer, inner)[`$$${key()}`] = random.pick<unknown>(["a constant", 1, false]);
  if (Object.keys(inner).length === 0) return outer;
  const held = random.chance(0.15) ? { $json: inner } : inner;
  return { ...outer, [key()]: held };
}

function into(random: Random, one: Map, other: Map): Map {
  return random.chance(0.5) ? one : other;
}

/** A set of fields: spread, under a key of its own, or repeated as pairs. */
function setInto(place: Map, part: "common" | "fields", key: () => string, random: Random): void {
  const set = `$${part}`;
  switch (random.below(6)) {
    case 0:
      place[key()] = { [set]: null };
      return;
    case 1:
      place[key()] = [{ [set]: { Key: "$name", Value: random.pick(["$value", "$text"]) } }];
      return;
    case 2:
      place[key()] = { [set]: { $name: { value: "$value" } } };
      return;
    default:
      place[set] = null;
  }
}

function encoded(body: Map, random: Random): Map {
  return random.chance(0.1) ? { [random.pick(["$base64", "$base64url"])]: body } : body;
}

/** A form or a query: one level of texts. */
function texts(told: Told, random: Random): Map {
  const common =
    told.common.length === 0 ? {} : random.chance(0.5) ? { $common: null } : { common: { $json: { $common: null } } };
  return {
    e: "$event",
    ...(random.chance(0.5) ? { t: random.pick(["$time", "$time.unix-ms"]) } : {}),
    ...common,
    ...(random.chance(0.5) ? { $fields: null } : { f: { $json: { $fields: null } } }),
  };
}

function headersOf({ always }: Told, random: Random): Map {
  if (random.chance(0.7)) return {};
  const [name] = some(random, always, 1);
  const text = name === undefined ? "tool/1" : `tool/{common.${name}}`;
  const all: Map = {
    "x-tool-version": text,
    "x-tool-key": { env: "TOOL_KEY", secret: true },
    "user-agent": { $line: ["tool/1", text], by: " " },
    "x-tool-form": { [random.pick(["$json", "$base64", "$base64url"])]: { v: 1, of: ["tool"] } },
  };
  const chosen = some(random, Object.keys(all), 2);
  return chosen.length === 0 ? {} : { headers: Object.fromEntries(chosen.map((header) => [header, all[header]])) };
}
