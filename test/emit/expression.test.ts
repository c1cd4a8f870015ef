import { expect, test } from "vitest";
import { literal } from "../../generator/emit/literal.js";
import { fc } from "../support/property.js";

/** Reads a value of a generated file back as JavaScript reads it. */
const readBack = (expression: RegExp) => new Function(`return ${literal(expression)};`)() as RegExp;

test.each([
  ["^[a-z]+/[0-9]+$", "/^[a-z]+\\/[0-9]+$/"],
  ["^a\u202eb$", "/^a\\u202eb$/"],
  ["^a\\\u202eb$", "/^a\\u202eb$/"],
  ["^a\\\\\u202eb$", "/^a\\\\\\u202eb$/"],
  ["^a\u0000\n\u2028b$", "/^a\\u0000\\n\\u2028b$/"],
])("the pattern %j as an expression: nothing unseen, and the same meaning", (pattern, text) => {
  expect(literal(new RegExp(pattern))).toBe(text);
});

test("a pattern means what it meant, whatever stands in it", () => {
  const characters = fc.constantFrom("a", "/", "\\", "\n", "\u2028", "\u0000", "\u202e", "[", "]", "u", "0", "*/", "`");
  const patterns = fc.array(characters, { maxLength: 8 }).map((all) => all.join(""));
  fc.assert(
    fc.property(patterns, patterns, (pattern, text) => {
      let expression: RegExp;
      try {
        expression = new RegExp(pattern);
      } catch {
        return;
      }
      const again = readBack(expression);
      for (const one of [text, pattern, pattern.replaceAll("\\", "")])
        expect(again.test(one)).toBe(expression.test(one));
      expect(literal(expression)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    }),
  );
});
