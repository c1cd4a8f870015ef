import { readFileSync } from "node:fs";
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
    [["import", "--from", "otel", at("segment.json")], "There is nothing of otel in"],
  ])("%j is refused in plain words", (args, words) => {
    const { code, err } = plainsight(emptyFolder(), args);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });
});
