import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planOf } from "../../generator/plan/make-plan.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { buildRunner, hasGo, IN_GO, inGo, writeGo, writeWholeRuntime } from "../go/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { failures, type VectorFile } from "./drive.js";
import { forGo, inValidText } from "./for-go.js";

const temporary = temporaryFolder("vectors-go");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Of what no contract has: single values. */
const OWN = ["patterns.json", "values.json"];
const cases = join(import.meta.dirname, "cases");

describe.runIf(isThere("Go", hasGo()))("Go", () => {
  describe.each(IN_GO)("the client of %s", (product) => {
    const model = inGo(product);
    const folder = join(temporary, product);
    const plan = join(temporary, `${product}.json`);
    let runner = "";
    beforeAll(() => {
      writeGo(model, folder);
      writeFileSync(plan, JSON.stringify(planOf(model)));
      runner = buildRunner(folder);
    }, 300_000);

    const vectors = vectorsTarget.generate(model).map(({ path, text }) => [basename(path), text] as const);
    it.each(vectors)("%s", async (_, text) => {
      expect(await failures([runner, plan], inValidText(JSON.parse(text)) as VectorFile)).toEqual([]);
    });
  });

  describe("the whole runtime", () => {
    const folder = join(temporary, "whole");
    let runner = "";
    beforeAll(() => {
      writeWholeRuntime(writeGo(inGo("cozystack"), folder));
      writeFileSync(join(folder, "plan.json"), "{}");
      runner = buildRunner(folder, ["take.go"]);
    }, 300_000);

    it.each(OWN)("what no contract has: %s", async (name) => {
      const file = JSON.parse(readFileSync(join(cases, name), "utf8")) as VectorFile;
      expect(await failures([runner, join(folder, "plan.json")], forGo(file))).toEqual([]);
    });
  });

  it("how a queue is appended to", async () => {
    const folder = join(temporary, "append");
    writeGo(inGo("codegraph"), folder);
    writeFileSync(join(folder, "plan.json"), "{}");
    const runner = buildRunner(folder);
    const file = JSON.parse(readFileSync(join(cases, "append.json"), "utf8")) as VectorFile;
    expect(await failures([runner, join(folder, "plan.json")], file)).toEqual([]);
    expect(readdirSync(cases).sort()).toEqual(["append.json", ...OWN].sort());
  }, 300_000);
});
