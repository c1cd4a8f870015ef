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
  [["id", "guid"], "An identifier is declared under identifiers; the field is { type: identifier }."],
];

const taught = new Map(SAID.flatMap(([names, hint]) => names.map((name) => [name, hint] as const)));

/** Returns how what is called so elsewhere is said in this language; undefined if nothing is. */
export function taughtType(name: string): string | undefined {
  return taught.get(name.toLowerCase().replaceAll("-", "_"));
}
