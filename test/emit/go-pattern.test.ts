import { expect, test } from "vitest";
import { goPattern } from "../../generator/emit/go-pattern.js";

test.each([
  ["^[a-z]+$", "^[a-z]+\\z"],
  ["^a.b$", "^a[^\\n\\r\\x{2028}\\x{2029}]b\\z"],
  ["^\\d{2,3}$", "^\\d{2,3}\\z"],
  ["^[\\w.-]+$", "^[\\w.\\-]+\\z"],
  ["^(?<year>[0-9]{4})-[0-9]$", "^([0-9]{4})-[0-9]\\z"],
  ["^a{x$", "^a\\{x\\z"],
  ["^[\\u0000-\\uffff]$", "^[\\x{0}-\\x{d7ff}\\x{10d800}-\\x{10dfff}\\x{e000}-\\x{ffff}]\\z"],
  ["^\\ud83d\\ude00$", "^\\x{10d83d}\\x{10de00}\\z"],
  ["^[^[&~]$", "^[^\\[&~]\\z"],
  ["^a{1001}$", undefined],
  ["^a{2,1001}$", undefined],
  ["^(?=a)a$", undefined],
  ["^(?!a)b$", undefined],
  ["^(?<=a)b$", undefined],
  ["^(a)\\1$", undefined],
  ["^\\p$", undefined],
  ["^[\\S]$", undefined],
])("%s: %s", (pattern, expected) => {
  expect(goPattern(pattern)).toBe(expected);
});
