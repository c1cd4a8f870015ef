import { format } from "prettier";
import { expect, test } from "vitest";
import { printJson } from "../../generator/emit/print-json.js";
import { fc } from "../support/property.js";

const inPrettiersForm = async (value: unknown): Promise<void> => {
  const printed = printJson(value);
  expect(await format(printed, { parser: "json", printWidth: 120 })).toBe(printed);
  expect(JSON.parse(printed)).toEqual(value);
};

test("any JSON is printed as prettier would print it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      inPrettiersForm,
    ),
    { numRuns: 300 },
  );
});

test.each([
  [
    "a list that just fits, and one that doesn't",
    { k: ["a".repeat(55), "b".repeat(51)], l: ["a".repeat(55), "b".repeat(52)] },
  ],
  ["numbers over several lines", { k: Array.from({ length: 90 }, (_, index) => index * 37) }],
  [
    "lists of lists",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ["lists of short lists", [[1], [2, 3]]],
  ["empty things", { a: {}, b: [], c: [{}, []] }],
])("%s", async (_, value) => {
  await inPrettiersForm(value);
});
