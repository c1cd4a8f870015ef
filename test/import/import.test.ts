import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { importFiles } from "../../generator/import/import-files.js";
import type { Data } from "../../generator/import/imported.js";
import { printImported } from "../../generator/import/print.js";
import { type Source, sourceNames } from "../../generator/import/source-names.js";
import { parseDocument } from "../../generator/spec/parse-document.js";
import { emptyFolder, plainsight } from "../cli/project.js";
import { fc } from "../support/property.js";

const folder = join(import.meta.dirname, "files");

function document(file: string): { readonly file: string; readonly data: Data } {
  const parsed = parseDocument(readFileSync(join(folder, file), "utf8"));
  if ("problem" in parsed) throw new Error(parsed.problem);
  return { file, data: parsed.data as Data };
}

/** Each draft and what was lost on the way, as a person sees them. `npx vitest -u` writes them anew. */
const cases: readonly (readonly [Source, readonly string[]])[] = [
  ["glean", ["metrics.yaml", "pings.yaml"]],
  ["segment", ["segment.json"]],
  ["rudder", ["rudder.yaml"]],
  ["jsonschema", ["build.schema.json"]],
  ["iglu", ["iglu-1-0-0.json", "iglu-1-0-1.json", "iglu-2-0-0.json"]],
  ["otel", ["otel.yaml", "otel-2.yaml"]],
];

describe.each(cases)("%s", (from, files) => {
  it("is drafted, and what has no counterpart is listed", async () => {
    const imported = importFiles(from, files.map(document));
    const draft = printImported(imported);
    const lost = imported.lost.map(({ where, what }) => `# ${where}: ${what}\n`).join("");
    await expect(`${draft}\n# Lost:\n${lost}`).toMatchFileSnapshot(join(import.meta.dirname, `expected/${from}.yaml`));
    parse(draft);
  });

  it("whatever stands in a file, a draft is YAML, and every name that is not in it is listed", () => {
    const keys = fc.constantFrom(
      "rules",
      "events",
      "groups",
      "attributes",
      "type",
      "properties",
      "metrics",
      "name",
      "key",
      "a.b",
      'odd " name\n#',
      "$ref",
      "items",
      "enum",
      "anyOf",
      "const",
      "self",
      "version",
    );
    const leaf = fc.oneof(
      fc.constantFrom<Data>(
        "event",
        "string",
        "TRACK",
        "object",
        "array",
        "#/rules",
        "counter",
        "1-0-0",
        true,
        null,
        7,
      ),
      fc.string(),
    );
    const { tree } = fc.letrec<{ tree: Data }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(keys, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (data) => {
        parse(printImported(importFiles(from, [{ file: "x.yaml", data }])));
      }),
      { numRuns: 500 },
    );
  });
});

it("every source has its case", () => expect(cases.map(([from]) => from)).toEqual(sourceNames));

/** A few lines that stand for millions of schemas: each has ten of the next. */
const millions = Object.fromEntries(
  Array.from({ length: 8 }, (_, at) => [
    `x${at}`,
    { properties: Object.fromEntries([..."abcdefghij"].map((key) => [key, { $ref: `#/x${at + 1}` }])) },
  ]),
);

it.each<[string, Source, string, string]>([
  ["nothing", "jsonschema", "", "it is no object in JSON or YAML"],
  ["a list", "otel", "[1]", "it is no object in JSON or YAML"],
  ["brackets without end", "glean", "[".repeat(50_000), "The file nests deeper than anything can be read"],
  ["two documents", "glean", "a: 1\n---\nb: 2\n", "a second document begins in line 2; give each a file of its own"],
  ["a key twice", "segment", '{ "name": "a", "name": "b" }', '"name" stands in it twice as a key of one object'],
  ["a list as a key", "otel", "? [a, b]\n: 1\n", "a key of it is no text"],
  ["an alias in a circle", "jsonschema", "properties: &p\n  a: { properties: *p }\n", "an alias in it (`*name`) leads"],
  ["an alias of nothing", "jsonschema", "properties: *p\n", "an alias in it (`*name`) leads to nothing"],
  ["lines that end in CR", "jsonschema", "title: t\rproperties:\r  a: { type: integer }\r", "  t:\n"],
  ["a circle of allOf", "jsonschema", '{ "allOf": [{ "$ref": "#" }, { "$ref": "#" }] }', "round in a circle"],
  ["millions of schemas", "jsonschema", JSON.stringify({ ...millions.x0, ...millions }), "more than 250,000 schemas"],
  [
    "a word of every object as a type",
    "otel",
    "events: [{ name: e, attributes: [{ id: x, type: constructor }] }]",
    "e.x: ",
  ],
  [
    "a word of every object as an extra's type",
    "glean",
    "a: { b: { type: event, extra_keys: { x: { type: toString } } } }",
    "a.b.x: left out: no type here is like toString",
  ],
])("%s in a file is read or refused in words", (_, from, text, words) => {
  const parsed = parseDocument(text);
  if ("problem" in parsed) return expect(parsed.problem).toContain(words);
  const imported = importFiles(from, [{ file: "x.yaml", data: parsed.data as Data }]);
  const draft = printImported(imported);
  parse(draft);
  expect(draft + imported.lost.map(({ where, what }) => `${where}: ${what}\n`).join("")).toContain(words);
});

describe("the command", () => {
  const at = (name: string) => join(folder, name);
  it("writes a draft that check refuses until it is decided", () => {
    const project = emptyFolder();
    const { code, out } = plainsight(project, ["import", "--from", "glean", at("metrics.yaml"), at("pings.yaml")]);
    expect(out).toContain("shop.cart.referrer: left out: no type here is like Glean's url");
    expect(code).toBe(0);
    const checked = plainsight(project, ["check"]);
    expect(checked.out + checked.err).toContain("todo-left");
    expect(plainsight(project, ["import", "--from", "glean", at("metrics.yaml")]).err).toContain(
      "exists, and is left as it is",
    );
  });

  it.each([
    [["import", "--from", "glean", "none.yaml"], "can't be read"],
    [["import", "--from", "nothing", "x"], "--from nothing: it is one of glean,"],
    [["import", "--from", "otel", at("otel.yaml"), "--out", at("otel.yaml/x")], "has a file where a folder should be"],
    [["import", "--from", "otel", at("otel.yaml"), "--out", "x".repeat(300)], "has a name that is too long"],
    [["import", "--from", "otel", at("segment.json")], "There is nothing of otel in"],
  ])("%j is refused in plain words", (args, words) => {
    const { code, err } = plainsight(emptyFolder(), args);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });

  it.each(["import --from otel", "learn"])("%s says why a file can't be read", (command) => {
    const project = emptyFolder();
    symlinkSync("circle.json", join(project, "circle.json"));
    writeFileSync(join(project, "wide.json"), Buffer.from("\ufeff{}", "utf16le"));
    for (const [file, words] of [
      ["circle.json", "circle.json can't be read: its links go in a circle"],
      ["wide.json", "wide.json can't be read: it is not UTF-8 text; save it as UTF-8."],
    ] as const) {
      const { code, err } = plainsight(project, [...command.split(" "), file]);
      expect(err).toContain(words);
      expect(code).toBe(2);
    }
  });
});
