import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countVersions, schemasAt } from "../../generator/import/schema-versions.js";
import { emptyFolder, plainsight } from "../cli/project.js";

/** SchemaVer chains: of several versions of a schema the newest is drafted, and the older ones become released versions. */
const files = ["2-0-0", "1-0-0", "1-0-1"].map((version) => join(import.meta.dirname, `files/iglu-${version}.json`));
const freezeOlder = ["import", "--from", "iglu", "--freeze-older", ...files];

/** Fills in each TODO as a person would. */
function decided(draft: string): string {
  return draft
    .replace("product: TODO", "product: sample")
    .replace("env: TODO", "env: SAMPLE_TELEMETRY")
    .replace("TODO.invalid", "telemetry.example.com")
    .replaceAll("example: TODO", "example: 1")
    .replaceAll("TODO", "Decided by a person.");
}

function drafted(): { readonly folder: string; readonly spec: string; readonly out: string } {
  const folder = emptyFolder();
  const { out } = plainsight(folder, ["import", "--from", "iglu", ...files]);
  return { folder, spec: join(folder, "spec/events.yaml"), out };
}

function frozen(folder: string, version: number): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, `spec/frozen/v${version}.json`), "utf8")) as Record<string, unknown>;
}

/** The names of the fields. */
function namesIn(contract: Record<string, unknown>): readonly string[] {
  return [...JSON.stringify(contract).matchAll(/"wireName":"(\w+)"/g)].flatMap(([, name = ""]) =>
    name === "click" ? [] : [name],
  );
}

describe("the older versions of a schema", () => {
  it("are frozen once the draft is decided, and the contract goes on from them", () => {
    const { folder, out, spec } = drafted();
    expect(out).toContain("--freeze-older");
    writeFileSync(spec, decided(readFileSync(spec, "utf8")));
    expect(plainsight(folder, freezeOlder)).toEqual({
      code: 0,
      out: "+ spec/frozen/v1.json\n+ spec/frozen/v2.json\n",
      err: "",
    });
    expect(namesIn(frozen(folder, 1))).toEqual(["x"]);
    expect(namesIn(frozen(folder, 2))).toEqual(["x", "y"]);
    expect(frozen(folder, 2)).toMatchObject({ schemaVersion: 2, consentEpoch: 2, product: "sample" });
    // Nothing between them and the draft is left to raise: the newest can be frozen at once.
    expect(plainsight(folder, ["freeze"])).toMatchObject({ code: 0, out: "+ spec/frozen/v3.json\n" });
    expect(namesIn(frozen(folder, 3))).toEqual(["button", "y"]);
    const again = plainsight(folder, freezeOlder);
    expect(again).toMatchObject({ code: 2, out: "" });
    expect(again.err).toContain("frozen/v1.json is released already");
  });

  it("are not frozen from a draft that is still to be decided", () => {
    const { folder } = drafted();
    const { code, err } = plainsight(folder, freezeOlder);
    expect(code).toBe(1);
    expect(err).toContain("todo-left");
    expect(() => frozen(folder, 1)).toThrow(/ENOENT/);
  });

  it.each([
    [["--from", "iglu", "--freeze-older", ...files], "spec/events.yaml isn't there."],
    [["--from", "otel", "--freeze-older", ...files], "only iglu's schemas have versions"],
  ])("%j is refused in plain words", (args, words) => {
    const { code, err } = plainsight(emptyFolder(), ["import", ...args]);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });

  it("of several schemas end together, and a shorter chain stays with its oldest", () => {
    const documents = ["a 1-0-0", "b 1-0-9", "a 1-0-10", "a 1-0-9", "b 2-0-0"].map((file) => {
      const [name = "", version = ""] = file.split(" ");
      return { file, data: { self: { name, version } } };
    });
    expect(countVersions(documents)).toBe(3);
    const at = (version: number) => schemasAt(documents, version).map(({ file }) => file);
    expect([1, 2, 3].map(at)).toEqual([
      ["a 1-0-0", "b 1-0-9"],
      ["a 1-0-9", "b 1-0-9"],
      ["a 1-0-10", "b 2-0-0"],
    ]);
  });
});
