import { expect, test } from "vitest";
import { compareTypes } from "../../generator/language/types/compare-types.js";
import { sampleOf } from "../targets/five.js";

function typeOf(parameters: string) {
  const [event] = sampleOf(
    `\n  one: { when: Now., why: To see., fields: { a: { ${parameters}, example: abc, why: W. } } }`,
  ).events;
  const type = event?.fields[0]?.type;
  if (type === undefined) throw new Error(parameters);
  return type;
}

const text = (pattern: string, longest: number) => `type: string, pattern: '${pattern}', max_length: ${longest}`;

test.each([
  ["equal, written in another way", text("^[a-z-]+$", 8), text("^[-a-z]{1,8}$", 8), ["rendering-changed"], ""],
  ["narrower", text("^[a-z0-9]+$", 8), text("^[a-z]+$", 8), ["precision-lowered"], ""],
  ["shorter", text("^[a-z]+$", 8), text("^[a-z]+$", 7), ["precision-lowered"], ""],
  ["wider", text("^[a-z]+$", 8), text("^[a-z]+(-[0-9])?$", 8), ["type-widened"], 'new is, for one, "a-0"'],
  ["longer", text("^[a-z]+$", 3), text("^[a-z]+$", 4), ["type-widened"], 'new is, for one, "aaaa"'],
  ["another", text("^[a-z]+$", 8), text("^[a-c0]+$", 9), ["type-widened"], 'new is, for one, "0"'],
])("a pattern that is %s", (_, before, after, classes, says) => {
  const changes = compareTypes(typeOf(before), typeOf(after));
  expect(changes.map(({ id }) => id)).toEqual(classes);
  expect(changes.map((change) => change.says).join()).toContain(says);
});
