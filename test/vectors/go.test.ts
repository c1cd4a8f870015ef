import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { hasGo, IN_GO, inGo } from "../go/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { failures, type VectorFile } from "./drive.js";
import { forGo, inValidText } from "./for-go.js";
import { buildGo } from "./gos.js";

const temporary = temporaryFolder("vectors-go");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Of what no contract has: single values. */
const OWN = ["patterns.json", "values.json"];
const cases = join(import.meta.dirname, "cases");

describe.runIf(isThere("Go", hasGo()))("Go", () => {
  const clients = IN_GO.map((product) => ({ name: product, model: inGo(product) }));
  let runner: (name: string) => readonly string[];
  beforeAll(() => {
    runner = buildGo(temporary, [...clients, { name: "whole", model: inGo("cozystack"), wholeRuntime: true }]);
  }, 300_000);

  describe.each(clients)("the client of $name", ({ name, model }) => {
    const vectors = vectorsTarget.generate(model).map(({ path, text }) => [basename(path), text] as const);
    it.each(vectors)("%s", async (_, text) => {
      expect(await failures(runner(name), inValidText(JSON.parse(text)) as VectorFile)).toEqual([]);
    });
  });

  const read = (name: string) => JSON.parse(readFileSync(join(cases, name), "utf8")) as VectorFile;
  it.each(OWN)("the whole runtime, what no contract has: %s", async (name) => {
    expect(await failures(runner("whole"), forGo(read(name)))).toEqual([]);
  });

  it("how a queue is appended to", async () => {
    expect(await failures(runner("codegraph"), read("append.json"))).toEqual([]);
    expect(readdirSync(cases).sort()).toEqual(["append.json", ...OWN].sort());
  });
});
