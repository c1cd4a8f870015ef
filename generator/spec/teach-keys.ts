/** Other languages' words for a key: the one that does it here, or what to do instead. */
interface Taught {
  readonly key?: string;
  readonly hint?: string;
}

const CALLED: readonly (readonly [names: readonly string[], key: string])[] = [
  [["description", "desc", "doc", "docs", "purpose", "reason", "rationale"], "why"],
  [["minimum", "lower", "from_value"], "min"],
  [["maximum", "upper", "to_value"], "max"],
  [["items", "item", "element", "elements", "items_type", "additional_properties"], "of"],
  [["properties", "props", "members", "children"], "fields"],
  [["regex", "regexp", "matches", "match"], "pattern"],
  [["maxlength", "max_len", "maxlen", "length", "max_size", "max"], "max_length"],
  [["maxitems", "max_length", "max_count", "max_entries", "max_properties", "max"], "max_items"],
  [["choices", "options", "enum", "allowed", "one_of", "any_of"], "values"],
  [["discriminator", "discriminated_by", "switch", "on", "tag"], "by"],
  [["variants", "mapping", "options", "types"], "cases"],
  [["fallback", "else", "default", "other"], "otherwise"],
  [["when", "if", "condition", "depends_on", "requires"], "only_when"],
  [["source", "value_from", "filled_by", "env"], "from"],
  [["deprecated", "obsolete", "retired"], "legacy"],
  [["alias", "identifier_name", "code"], "code_name"],
  [["examples", "sample"], "example"],
  [["precision", "round", "scale", "digits"], "decimals"],
  [["buckets", "ranges", "edges", "boundaries"], "below"],
  [["property_names", "key", "key_type"], "keys"],
  [["truncate", "trim", "shorten"], "cut"],
  [["null", "none"], "nullable"],
  [["algorithm", "hash"], "by"],
  [["mode", "strategy"], "mode"],
  [["name", "app", "application", "project", "package", "tool"], "product"],
  [["environment", "envvar", "env_var", "variable", "environment_variable"], "env"],
  [["file", "path", "configuration", "config_file"], "config"],
  [["cli", "option", "argument", "arg", "switch"], "flag"],
  [["state", "store", "saved"], "stored"],
  [["setting", "custom", "callback", "program"], "given"],
  [["condition", "environment_is"], "fact"],
  [["disable", "off", "deny", "disabled_when", "no"], "disable_when"],
  [["enable", "allow", "enabled_when", "yes"], "enable_when"],
  [["trigger", "occasion", "fired_when", "sent_when"], "when"],
  [["schedule", "interval", "frequency", "period", "cron"], "every"],
  [["throttle", "rate_limit", "once"], "limit"],
  [["sampling", "sample_rate", "probability"], "sample"],
  [["aggregate", "aggregation", "daily"], "rollup"],
  [["expiry", "expiration", "expires_on", "until"], "expires"],
  [["team", "maintainer", "contacts"], "owner"],
  [["batch_size", "max_batch", "batching"], "batch"],
  [["max_body", "max_size", "limit"], "limits"],
  [["sink", "forward", "storage", "store_in"], "forward_to"],
  [["type", "form", "shape"], "format"],
  [["kind", "subject", "scope"], "identifies"],
  [["origin", "made_of", "generated"], "made_from"],
];

const HASHED = "{ type: hashed, of: { type: version }, what: …, by: sha256, salt: machine, keep: 16 hex }";

/** Keys for what is said in another way here: how, and the key that makes the hint needless if it is there. */
const SAID: Readonly<Record<string, Taught>> = {
  required: { hint: "Remove it: a field is required unless it says optional: true." },
  mandatory: { hint: "Remove it: a field is required unless it says optional: true." },
  default: { hint: "A missing value isn't sent. Write optional: true, or give an enum an otherwise." },
  hash: { hint: `A hash is a type: ${HASHED}.` },
  hashed: { hint: `A hash is a type: ${HASHED}.` },
  anonymize: {
    hint: "The client only sends values of its type: use a bucket for a number, an enum for a text, hashed for something that identifies.",
  },
  pii: { hint: "Declare it under identifiers: it can identify a machine or a person." },
  sensitive: { hint: "Declare it under identifiers: it can identify a machine or a person." },
  event_key: { hint: "Write the request as it looks: wire: { body: { event: $event, $common: , $fields: } }." },
  events_key: {
    hint: "Write the request as it looks: wire: { body: { $common: , events: $each }, each: { event: $event, $fields: } }.",
  },
  fields_key: { hint: "Write the request as it looks: wire: { body: { event: $event, props: { $fields: } } }." },
  time_key: { hint: "Write the request as it looks: wire: { body: { event: $event, ts: $time, $fields: } }." },
  url_fields: { hint: "Write the field into the address: url: https://t.example.com/{common.os}/v1." },
  counters: { key: "combine", hint: "Write combine: { count: calls, errors: failed-calls }." },
  example: { hint: "The field that uses this type has the example." },
  used_for: { hint: "Say it with the address: client_ip: { is: discarded, used_for: rate limits }." },
};

/** Keys that belong elsewhere, by the key that it was written under. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "the spec": {
    name: "The name is product: my-product, and the page's heading title: Telemetry.",
    version:
      "The number of this list is schema_version: 1. The product's own version is a field: common: { version: { type: version, from: package-version, example: 1.2.3, why: … } }.",
    tags: "Whose something is, and what it is for, stands at each event or field: owner: core-team, class: technical, purpose: ….",
  },
  destination: {
    headers: 'Headers are drawn: wire: { headers: { User-Agent: "tool/{common.version}" } }.',
    format: "What travels is drawn under wire: wire: { format: json }.",
    timeout: "It belongs under delivery: delivery: { timeout: 5s }.",
    sink: "The store belongs under ingest: ingest: { forward_to: { sink: sqlite } }.",
  },
  retention: { "*": "Kinds of their own stand under tiers: retention: { raw: 90d, tiers: { backups: 30d } }." },
  delivery: {
    every: "Each event or metric has its own: every: 24h.",
    interval:
      "Each event or metric has its own: every: 24h. What waits in a queue is sent with flush: [{ at: interval, every: 5m }].",
    jitter: "Each event or metric has its own: every: 24h, jitter: 1h.",
    limit: "Each event has its own: limit: { once_per: day }.",
    sample: "Each event has its own: sample: { one_in: 100 }.",
    url: "The address belongs under destination: destination: { url: https://… }.",
  },
  wire: {
    url: "The address belongs under destination: destination: { url: https://… }.",
    method: "It belongs under destination: destination: { method: PUT }.",
  },
};

const plain = (name: string) =>
  name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll("-", "_");

/** Returns what a key that is unknown was meant to be, among those that may stand there and don't. */
export function taughtKey(name: string, open: readonly string[], owner: string): Taught {
  const wanted = plain(name);
  const found = CALLED.find(
    ([names, key]) => open.includes(key) && names.some((one) => one === wanted || one === wanted.replaceAll("_", "")),
  );
  if (found !== undefined) return { key: found[1], hint: `Rename it to ${found[1]}.` };
  const elsewhere = Object.hasOwn(ELSEWHERE, owner) ? ELSEWHERE[owner] : undefined;
  const there = elsewhere?.[Object.hasOwn(elsewhere, wanted) ? wanted : "*"];
  if (there !== undefined) return { hint: there };
  return Object.hasOwn(SAID, wanted) ? (SAID[wanted] as Taught) : {};
}
