import { expect, test } from "vitest";
import { plainPattern } from "../../generator/language/types/plain-pattern.js";

test.each([
  ["^[a-z]+$", "[a-z]+"],
  ["^a.b$", "a[\\u0000-\\u0009\\u000b-\\u000c\\u000e-\\u2027\\u202a-\\uffff]b"],
  ["^\\d{2,3}$", "[0-9]{2,3}"],
  ["^[\\w.-]+$", "[\\--\\.0-9A-Z_a-z]+"],
  ["^(?<year>[0-9]{4})-[0-9]$", "([0-9]{4})\\-[0-9]"],
  ["^a{x$", "a\\{x"],
  ["^(ab|cd){2,}$", "(ab|cd){2,}"],
  ["^(?:ab|)?$", "(ab|)?"],
  ["^\\ud83d\\ude00$", "\\ud83d\\ude00"],
  ["^['\\\\\\]]*$", "['\\\\-\\]]*"],
  ["^v\\d", "v[0-9][\\u0000-\\uffff]*"],
  ["^$", ""],
  ["^a{1001}$", "a{1001}"],
])("%s is %s", (pattern, expected) => {
  expect(plainPattern(pattern)).toBe(expected);
});

test.each(["^(?=a)a$", "^(?!a)b$", "^(?<=a)b$", "^(a)\\1$", "^a\\b$", "^(a$|b)$"])("%s can't be said", (pattern) => {
  expect(plainPattern(pattern)).toBeUndefined();
});

const TEXTS = [
  ...["", "a", "ab", "a b", "aB", "b", "ba", "abab", "a\n", "\u00e9", "\u2028", "1.2.3", "v1", "a-1_b"],
  ...["\ud83d\ude00", "\\", "'", "]", "^", "-", "[", "\u0000", "\u00a0", "\ufeff"],
];

test.each([
  ...["^[^a]+$", "^[a-b]*$", "^(a|ab)(b|)$", "^(?:ab)+$", "^[\\s\\S]{2}$", "^\\S+$", "^[^\\n]$", "^[\\]'\\\\^[-]$"],
  ...["^a?b?$", "^(a(b(a)?)?)?$", "^\\w+(?:[.-]\\w+){0,2}$", "^v?\\d+", "a$", "^a$|^b$", "^[\\b]$", "^.{2}$"],
  ...["^\\x61\\u0062$", "^(|a)$", "^[^\\s\\S]?$", "^\\W$", "^[^\\w\\s]+$", "^\\0$", "^\\cJ?a$"],
])("%s means the same as before", (pattern) => {
  const plain = new RegExp(`^(?:${plainPattern(pattern)})$`);
  expect(TEXTS.filter((text) => plain.test(text))).toEqual(TEXTS.filter((text) => new RegExp(pattern).test(text)));
});
