import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files", "generator", "templates"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => /\.(ts|mjs)$/.test(file))
  .map((file) => [file, readFileSync(join(root, file), "utf8")] as const);

describe("what a reader has to keep in mind at once", () => {
  it("no more functions of over 60 lines than there are", () => {
    const long = files.flatMap(([file, text]) => longFunctions(file, text, 60));
    expect(long.length, long.sort().join("\n")).toBeLessThanOrEqual(MOST_LONG);
  });

  it("a value is said to be of a type that it isn't only where the type can't tell", () => {
    const found = files.flatMap(([file, text]) => Array(text.split("as unknown as").length - 1).fill(file));
    const over = [...new Set(found)].filter(
      (file) => found.filter((one) => one === file).length > (CASTS[file]?.[0] ?? 0),
    );
    expect(over).toEqual([]);
  });
});

/** It only gets less. */
const MOST_LONG = 13;

const kinds = "a table by kind gives the one whose kind it is, which TypeScript can't follow";
const json = "an interface is JSON, too, and TypeScript wants an index signature";

/** File → the number of double casts that it may have, and why. It only gets less. */
const CASTS: Readonly<Record<string, readonly [most: number, why: string]>> = {
  "generator/evolve/consent-places.ts": [1, "a released consent has no places in a YAML, and nobody asks for them"],
  "generator/evolve/frozen-text.ts": [1, "its shape was checked in the line before"],
  "generator/export/tracking-plan.ts": [1, json],
  "generator/language/consent/matches/index.ts": [1, kinds],
  "generator/language/consent/places/index.ts": [1, kinds],
  "generator/model/cases.ts": [
    1,
    "a case's type is of the kind that its field's is: of a model, or of a released version",
  ],
  "generator/targets/go/choices.ts": [1, "two of a field's properties are all that is asked for"],
  "generator/targets/tests/consent-tables.ts": [1, json],
  "generator/targets/tests/tests.ts": [1, "the text of generated code"],
  "templates/tests/runtime/agreement/places.ts": [1, "a list is written into by its index"],
  "templates/worker/node/stores/connect.ts": [1, "Node's streams and the web's are the same at run time"],
};

function longFunctions(file: string, text: string, most: number): string[] {
  if (text.split("\n").length <= most) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const lineOf = (at: number) => source.getLineAndCharacterOfPosition(at).line;
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const lines = lineOf(node.end) - lineOf(node.getStart(source)) + 1;
      if (lines > most)
        found.push(`${file}:${lineOf(node.getStart(source)) + 1} ${node.name?.getText(source) ?? ""} ${lines}`);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}
