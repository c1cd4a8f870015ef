/** Other languages' words for a type, and how it is said here: a line to paste. */
const SAID: readonly (readonly [names: readonly string[], hint: string])[] = [
  [
    ["float", "double", "decimal", "real", "percent", "percentage", "fraction", "ratio"],
    "A fraction: { type: number, min: 0, max: 100, decimals: 1 }. The client rounds it before anything is kept.",
  ],
  [["integer", "long", "whole", "count", "uint", "int32", "int64"], "A whole number: { type: int, max: 1000 }."],
  [["boolean", "flag", "yesno"], "Yes or no: { type: bool }."],
  [
    ["dict", "dictionary", "record", "hashmap", "hash_map", "mapping"],
    "A map: { type: map, keys: { type: string, pattern: '^[a-z-]+$', max_length: 32 }, of: { type: int }, max_items: 64 }.",
  ],
  [
    ["array", "tuple", "set", "sequence", "vector"],
    "A list: { type: list, of: { type: enum, values: [a, b] }, max_items: 16 }.",
  ],
  [["struct", "nested", "json"], "Fields inside of a field: { type: object, fields: { ok: { type: bool } } }."],
  [
    ["date", "datetime", "date_time", "time", "epoch", "unix"],
    "A moment: { type: timestamp }; since 1970: { type: timestamp, form: unix-ms }.",
  ],
  [
    ["oneof", "union", "variant", "any_of", "anyof", "discriminated", "switch", "case"],
    "What another field decides: { type: one_of, by: kind, cases: { a: int, b: version } }; a field that is there for some of its values alone: only_when: { kind: [a, b] }.",
  ],
  [["choice", "literal", "option"], "One of some texts: { type: enum, values: [a, b, other], otherwise: other }."],
  [
    ["range", "histogram", "interval"],
    'A range in the place of a number: { type: bucket, unit: files, below: { "<10": 10, "10+": unlimited } }.',
  ],
  [
    ["str", "varchar", "char", "regex", "pattern"],
    "A text of a fixed form: { type: string, pattern: '^[a-z-]+$', max_length: 32 }.",
  ],
  [["semver"], "A version: { type: version }."],
  [["constant", "fixed"], "Always the same: { type: const, value: x }."],
  [
    ["hash", "sha256", "md5", "anonymized"],
    "A hash: { type: hashed, of: { type: version }, what: …, by: sha256, salt: machine, keep: 16 hex }.",
  ],
  [
    [
      "email",
      "url",
      "uri",
      "path",
      "file",
      "filename",
      "hostname",
      "host",
      "ip",
      "ip_address",
      "username",
      "user",
      "phone",
    ],
    "As it is it tells people apart. What of it answers the question? { type: enum, values: [a, b, other], otherwise: other }; or which ones are the same: { type: hashed, of: { type: text, max_length: 256 }, what: …, by: sha256, salt: machine, keep: 16 hex }.",
  ],
  [
    ["duration", "seconds", "ms", "milliseconds"],
    "A number with its unit: { type: int, unit: ms, max: 86400000 }; coarser: { type: bucket, unit: seconds, below: { fast: 1, slow: unlimited } }.",
  ],
  [
    ["size", "bytes", "filesize"],
    "A number with its unit: { type: int, unit: bytes, max: 1000000000 }; coarser: { type: bucket, unit: MiB, below: { small: 10, large: unlimited } }.",
  ],
  [
    ["counter", "gauge"],
    "A number: { type: int, max: 1000 }. Calls are counted by a rollup: { one_per: [day], combine: { calls: calls } }.",
  ],
  [
    ["any", "mixed", "unknown", "blob", "binary"],
    "What may travel is said: fields of an object, or a value for each case: { type: one_of, by: kind, cases: { a: int, b: version } }.",
  ],
  [
    ["null", "none", "nil", "optional", "nullable"],
    "What may be missing has optional: true, and what may be null nullable: true, beside its type.",
  ],
  [
    ["country", "locale", "language", "timezone", "region"],
    "One of a list: { type: enum, values: [de, en, other], otherwise: other }. A country of the sender's address: ingest: { derives: { country: { from: client-ip } } }.",
  ],
  [
    ["money", "price", "amount", "currency"],
    "A number with its unit: { type: number, min: 0, max: 10000, decimals: 2, unit: EUR }.",
  ],
  [["id", "guid"], "An identifier is declared under identifiers; the field is { type: identifier }."],
];

const taught = new Map(SAID.flatMap(([names, hint]) => names.map((name) => [name, hint] as const)));

/** Returns how what is called so elsewhere is said in this language; undefined if nothing is. */
export function taughtType(name: string): string | undefined {
  // `string[]`, `int?`, and a list of types, with null in it or not.
  if (/^\w+\[\]$/.test(name)) return taught.get("array");
  if (/^\w+\?$/.test(name)) return taught.get("null");
  if (!name.includes(",")) return taught.get(name.toLowerCase().replaceAll("-", "_"));
  const [one = "", ...others] = name.split(/,\s*/).filter((type) => type !== "null");
  if (others.length > 0) return taught.get("union");
  return `What may be null says so beside its type. ${nullable(one)}`;
}

/** A type of ours or of others that may be null, as a line to paste: with what else the type needs. */
function nullable(name: string): string {
  const own = SAID.find(([, hint]) => new RegExp(`^[^{]*\\{ type: ${name}\\b`).test(hint))?.[1];
  return (taught.get(name) ?? own ?? `Write { type: ${name} }.`).replace(/ \}(?=[.;])/, ", nullable: true }");
}
