import { expect, test } from "vitest";
import { compareTypes } from "../../generator/language/types/compare-types.js";
import { sampleOf } from "../targets/five.js";

function typeOf(parameters: string) {
  const [event] = sampleOf(`\n  one: { when: Now., why: To see., fields: { a: { ${parameters}, why: W. } } }`).events;
  const type = event?.fields[0]?.type;
  if (type === undefined) throw new Error(parameters);
  return type;
}

const number = (more: string) => `type: number, example: 1, ${more}`;
const map = (keys: string, of: string, most = 9) =>
  `type: map, keys: { ${keys} }, of: { ${of} }, max_items: ${most}, example: {}`;
const list = "type: enum, values: [a, b]";
const text = (more: string) =>
  `type: text, max_length: 9, justification: Only in this test here., example: a${more && ", "}${more}`;
const form = (more: string) => `type: string, pattern: '^[a-z]+$', max_length: 9, example: a${more && ", "}${more}`;
const int = "type: int, max: 9";
const hash = (more: string, of = list, keep = "16 hex", salt = "machine") =>
  `type: hashed, of: { ${of} }, what: the name of a project, by: sha256, salt: ${salt}, keep: ${keep}, justification: Only in this test here.${more && ", "}${more}`;
const three = "type: enum, values: [a, b, c]";

test.each([
  ["more decimals", number("min: 0, max: 9, decimals: 1"), number("min: 0, max: 9, decimals: 2"), ["precision-raised"]],
  [
    "fewer decimals",
    number("min: 0, max: 9, decimals: 2"),
    number("min: 0, max: 9, decimals: 1"),
    ["precision-lowered"],
  ],
  ["a larger range", number("min: 0, max: 9, decimals: 1"), number("min: 0, max: 10, decimals: 1"), ["type-widened"]],
  [
    "a smaller range",
    number("min: 0, max: 9, decimals: 1"),
    number("min: 0, max: 8, decimals: 1"),
    ["precision-lowered"],
  ],
  [
    "another unit",
    number("min: 0, max: 9, decimals: 1, unit: s"),
    number("min: 0, max: 9, decimals: 1, unit: ms"),
    ["meaning-changed"],
  ],
  [
    "a fraction in the place of a whole number",
    "type: int, max: 9, example: 1",
    number("min: 0, max: 9, decimals: 1"),
    ["type-widened"],
  ],
  [
    "another unit of whole numbers",
    "type: int, example: 1, unit: files",
    "type: int, example: 1, unit: lines",
    ["meaning-changed"],
  ],
  ["the same map", map(list, int), map(list, int), []],
  ["one key more", map(list, int), map("type: enum, values: [a, b, c]", int), ["value-added"]],
  ["one key less", map("type: enum, values: [a, b, c]", int), map(list, int), ["value-removed"]],
  [
    "wider keys",
    map("type: string, pattern: '^[a-z]+$', max_length: 8", int),
    map("type: string, pattern: '^[a-z0-9]+$', max_length: 8", int),
    ["type-widened"],
  ],
  ["wider values", map(list, int), map(list, "type: int, max: 10"), ["type-widened"]],
  ["more entries", map(list, int, 1), map(list, int, 2), ["type-widened"]],
  ["a text that is cut", text(""), text("cut: true"), ["type-widened"]],
  ["a text that is no longer cut", text("cut: true"), text(""), ["precision-lowered"]],
  ["a text in the place of others", form(""), form("otherwise: other"), ["type-widened"]],
  ["no text in the place of others", form("otherwise: other"), form(""), ["precision-lowered"]],
  ["another text in their place", form("otherwise: other"), form("otherwise: rest"), ["meaning-changed"]],
  ["the same hash", hash(""), hash(""), []],
  ["a hash of more texts", hash(""), hash("", three), ["value-added"]],
  ["a hash of fewer texts", hash("", three), hash(""), ["value-removed"]],
  [
    "a hash of texts of a wider form",
    hash("", "type: string, pattern: '^[a-z]+$', max_length: 9"),
    hash("", "type: string, pattern: '^[a-z0-9]+$', max_length: 9"),
    ["type-widened"],
  ],
  [
    "a hash of any text, and of a list before",
    hash(""),
    hash("", text("").replace(/, example.*/, "")),
    ["type-widened"],
  ],
  ["a hash of the same texts in another order", hash(""), hash("", "type: enum, values: [b, a]"), []],
  ["more of a hash", hash("", list, "16 hex"), hash("", list, "32 hex"), ["precision-raised"]],
  ["less of a hash", hash("", list, "uuid"), hash("", list, "48 bits"), ["precision-lowered"]],
  ["as much of a hash in another form", hash("", list, "12 hex"), hash("", list, "48 bits"), ["rendering-changed"]],
  ["a hash without a salt", hash(""), hash("", list, "16 hex", "none"), ["precision-raised"]],
  ["a hash that is salted", hash("", list, "16 hex", "none"), hash(""), ["meaning-changed"]],
  ["a hash of something else", hash(""), hash("").replace("a project", "a branch"), ["meaning-changed"]],
  ["a text that stays in clear", hash(""), hash("clear: { type: enum, values: [a] }"), ["type-widened"]],
  ["no text in clear any more", hash("clear: { type: enum, values: [a] }"), hash(""), ["precision-lowered"]],
  [
    "one more text in clear",
    hash("clear: { type: enum, values: [a] }"),
    hash("clear: { type: enum, values: [a, b] }"),
    ["value-added"],
  ],
  [
    "one text less in clear",
    hash("clear: { type: enum, values: [a, b] }"),
    hash("clear: { type: enum, values: [a] }"),
    ["value-removed"],
  ],
  ["a text in the place of its hash", hash(""), form(""), ["type-widened"]],
  ["a hash in the place of a text", form(""), hash(""), ["meaning-changed"]],
  ["fewer entries", map(list, int, 2), map(list, int, 1), ["precision-lowered"]],
])("%s", (_, before, after, classes) => {
  expect(compareTypes(typeOf(before), typeOf(after)).map(({ id }) => id)).toEqual(classes);
});
