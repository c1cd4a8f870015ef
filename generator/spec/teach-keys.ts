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
];

const SAID: Readonly<Record<string, string>> = {
  required: "What isn't optional: true is required: leave it out.",
  mandatory: "What isn't optional: true is required: leave it out.",
  default: "Nothing is sent that wasn't given. Say optional: true, or give an enum an otherwise.",
  hash: "A hash is a type: { type: hashed, of: { type: version }, what: …, by: sha256, salt: machine, keep: 16 hex }.",
  hashed:
    "A hash is a type: { type: hashed, of: { type: version }, what: …, by: sha256, salt: machine, keep: 16 hex }.",
  anonymize:
    "The client sends what a type lets through: a bucket for a number, an enum for a text, hashed for what tells apart.",
  pii: "What can tell one from another is declared under identifiers.",
  sensitive: "What can tell one from another is declared under identifiers.",
  event_key: "The request is drawn: wire: { body: { event: $event, $common: , $fields: } }.",
  events_key: "The request is drawn: wire: { body: { $common: , events: $each }, each: { event: $event, $fields: } }.",
  fields_key: "The request is drawn: wire: { body: { event: $event, props: { $fields: } } }.",
  time_key: "The request is drawn: wire: { body: { event: $event, ts: $time, $fields: } }.",
};

const plain = (name: string) =>
  name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll("-", "_");

/** Returns what a key that is unknown was meant to be, among those that may stand there and don't. */
export function taughtKey(name: string, open: readonly string[]): Taught {
  const wanted = plain(name);
  const found = CALLED.find(
    ([names, key]) => open.includes(key) && names.some((one) => one === wanted || one === wanted.replaceAll("_", "")),
  );
  if (found !== undefined) return { key: found[1], hint: `Here it is called ${found[1]}.` };
  return Object.hasOwn(SAID, wanted) ? { hint: SAID[wanted] as string } : {};
}
