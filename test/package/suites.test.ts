import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { GUARANTEES } from "../../generator/language/guarantees.js";
import { suites } from "../../templates/tests/runtime/guarantees/guarantees.js";

/** The names of an interface's members, as its source has them. */
function membersOf(path: string, name: string): readonly string[] {
  const [, body = ""] =
    new RegExp(`^export interface ${name} \\{\\n([\\s\\S]*?)^\\}`, "m").exec(readFileSync(path, "utf8")) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+\??):/gm)].map(([, member = ""]) => member).sort();
}

test.each(["Product", "Golden", "ConsentRow"])("what the package says of %s is what its suites take", (name) => {
  const inside = membersOf("templates/tests/runtime/product.ts", name);
  expect(inside.length).toBeGreaterThan(5);
  expect(membersOf("templates/tests/tests.d.mts", name)).toEqual(inside);
});

test("each promise of the language has a suite that holds it", () => {
  expect(Object.keys(suites).sort()).toEqual(Object.keys(GUARANTEES).sort());
});
