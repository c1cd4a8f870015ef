import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attachReleases } from "../../generator/evolve/attach-releases.js";
import { freeze, parseFrozen, printFrozen } from "../../generator/evolve/frozen-text.js";
import { neededNumbers } from "../../generator/evolve/raise.js";
import { raiseNumbers } from "../../generator/evolve/raise-text.js";
import { findingsPage } from "../../generator/findings.js";
import { loadContract } from "../../generator/spec/load-contract.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { casesFolder, modelOf, readCase } from "./read-case.js";

const five = ["spec", ...["cocoindex", "cozystack", "docglow", "jina"].map((name) => `spec/systems/${name}`)];
const spec = readFileSync(join(casesFolder, "promise-added/base.yaml"), "utf8");

describe("a frozen version", () => {
  it.each(five)("%s/frozen/v1.json is the contract as it stands", (folder) => {
    const { model } = loadContract(`${folder}/events.yaml`, `${folder}/events.yaml`);
    expect(readFileSync(`${folder}/frozen/v1.json`, "utf8")).toBe(model && printFrozen(freeze(model)));
  });

  it.each(five)("%s reads back as the value that it was, with a field per line", (folder) => {
    const text = readFileSync(`${folder}/frozen/v1.json`, "utf8");
    const contract = parseFrozen(text);
    if (typeof contract === "string") throw new Error(contract);
    expect(printFrozen(contract)).toBe(text);
    const fields = [
      contract.common,
      ...contract.events.map((event) => event.fields),
      ...contract.metrics.map(({ labels }) => labels),
    ].flat();
    for (const { wireName } of fields)
      expect(text.split("\n").some((line) => line.includes(`{ "wireName": ${JSON.stringify(wireName)}, `))).toBe(true);
  });

  it("that is damaged anywhere is named, and never a crash", () => {
    const text = readFileSync("spec/frozen/v1.json", "utf8");
    const value = JSON.parse(text) as Record<string, unknown>;
    for (const key of Object.keys(value).filter(
      (one) => !["$comment", "title", "summary", "contact", "policy", "maxBits"].includes(one),
    )) {
      for (const damage of [undefined, null, 7, {}, [null]]) {
        const { diagnostics } = attachReleases(readCase("promise-added").head, [
          { version: 1, source: "frozen/v1.json", text: JSON.stringify({ ...value, [key]: damage }) },
        ]);
        if (key !== "consentEpoch" || damage !== 7) expect([key, damage, diagnostics.length]).toEqual([key, damage, 1]);
      }
    }
    for (const broken of ["", "{", "[]", "null", text.slice(0, 999)]) expect(typeof parseFrozen(broken)).toBe("string");
  });

  it("is never written over, unless it says the same", () => {
    const folder = emptyFolder();
    write(folder, "spec/events.yaml", spec);
    expect(plainsight(folder, ["freeze"])).toMatchObject({ code: 0, out: "+ spec/frozen/v1.json\n" });
    expect(plainsight(folder, ["freeze"])).toMatchObject({ code: 0, out: "= spec/frozen/v1.json  frozen already\n" });
    const before = readFileSync(join(folder, "spec/frozen/v1.json"), "utf8");
    write(folder, "spec/events.yaml", spec.replace("why: Rough size.", "why: Rough project size."));
    expect(plainsight(folder, ["freeze"])).toMatchObject({ code: 0 });
    write(folder, "spec/events.yaml", spec.replace("[native, wasm]", "[native]"));
    const refused = plainsight(folder, ["freeze"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("frozen-edited");
    expect(readFileSync(join(folder, "spec/frozen/v1.json"), "utf8")).toBe(before);
    expect(plainsight(folder, ["raise"]).code).toBe(0);
    expect(plainsight(folder, ["freeze"])).toMatchObject({ code: 0, out: "+ spec/frozen/v2.json\n" });
    writeFileSync(join(folder, "spec/frozen/v4.json"), before.replace('"schemaVersion": 1', '"schemaVersion": 4'));
    expect(plainsight(folder, ["check"]).out).toContain("support-removed");
  });
});

describe("raise", () => {
  it.each(["version-not-raised", "epoch-not-raised"])("mends %s by itself, and is then content", (name) => {
    const { head, headText } = readCase(name);
    const needed = neededNumbers(head);
    if (needed === undefined) throw new Error("nothing needed");
    const text = raiseNumbers(headText, head, needed);
    const again = { ...modelOf(text, "events.yaml"), frozen: head.frozen };
    expect([again.schemaVersion, again.consentEpoch, again.history.length]).toEqual([2, 2, 2]);
    expect(neededNumbers(again)).toBeUndefined();
    expect(again.common.find(({ from }) => from.kind === "schema-version")?.type.schema).toEqual({ const: 2 });
  });

  it("keeps line ends and every other line", () => {
    const { head, headText } = readCase("version-not-raised");
    const needed = neededNumbers(head);
    const raised = raiseNumbers(headText.replaceAll("\n", "\r\n"), head, needed as NonNullable<typeof needed>).split(
      "\r\n",
    );
    expect(raised.join("").includes("\n")).toBe(false);
    expect(headText.split("\n").filter((line) => !raised.includes(line))).toHaveLength(3);
  });
});

it("the reference page tells of every finding as `explain` does", () => {
  expect(readFileSync("docs/findings.md", "utf8")).toBe(findingsPage());
});
