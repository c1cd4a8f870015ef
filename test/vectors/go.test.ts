import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goPattern } from "../../generator/emit/go-pattern.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { buildRunner, hasGo, IN_GO, inGo, writeGo, writeWholeRuntime } from "../go/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { failures, type VectorFile } from "./drive.js";

const temporary = temporaryFolder("vectors-go");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Of what no contract has: single values. */
const OWN = ["patterns.json", "values.json"];
const cases = join(import.meta.dirname, "cases");

/**
 * Hand-written patterns are ECMAScript's: a target translates them, and so does a runner's driver; what RE2 can't say a rule refuses. Half of a
 * pair can stand in no text of Go's that is valid: bytes stand there that are none, and are refused.
 */
function translated({ cases, ...file }: VectorFile): VectorFile {
  const refused: Record<string, unknown>[] = [];
  const inGo = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const all = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inGo(one)]));
    if (!("pattern" in all)) return all;
    const go = goPattern(String(all["pattern"]));
    if (go === undefined) refused.push(all);
    return { ...all, go };
  };
  const all = cases.flatMap((one): typeof cases => {
    const before = refused.length;
    const given: Record<string, unknown> = { ...one.given, value: inGo(one.given["value"]) };
    if (refused.length > before) return [];
    if (typeof given["given"] !== "string" || !/\p{Cs}/u.test(given["given"])) return [{ ...one, given }];
    return [{ ...one, given: { ...given, given: { $invalid: true } }, expect: { refused: true } }];
  });
  return { ...file, cases: all };
}

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
      expect(await failures([runner, plan], JSON.parse(text) as VectorFile)).toEqual([]);
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
      expect(await failures([runner, join(folder, "plan.json")], translated(file))).toEqual([]);
    });
  });

  it("has no queue yet, of which the other files of cases are", () => {
    expect(readdirSync(cases).filter((name) => !OWN.includes(name))).toEqual(["append.json"]);
  });
});
