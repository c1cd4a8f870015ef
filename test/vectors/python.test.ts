import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { planOf } from "../../generator/plan/make-plan.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { inPython, writePython } from "../python/client.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { FIVE } from "../targets/five.js";
import { failuresByName, type VectorFile } from "./drive.js";
import { translated } from "./python-patterns.js";
import { describeInPython } from "./pythons.js";

const temporary = temporaryFolder("vectors-python");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** The client's package, and its plan's file. */
function client(product: string): readonly [folder: string, plan: string] {
  const model = inPython(product);
  const plan = join(temporary, `${product}.json`);
  writeFileSync(plan, JSON.stringify(planOf(model)));
  return [writePython(model, temporary), plan];
}

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as VectorFile;

describeInPython((_, python) => {
  describe.each(FIVE)("the client of %s", (product) => {
    const vectors = vectorsTarget
      .generate(inPython(product))
      .map(({ path, text }) => [basename(path), JSON.parse(text) as VectorFile] as const);
    const failures = failuresByName(
      () => [python, "-X", "utf8", join(import.meta.dirname, "runners/python.py"), ...client(product)],
      () => vectors,
    );

    it.each(vectors)("%s", async (name) => expect(await failures(name)).toEqual([]));
  });

  const cases = join(import.meta.dirname, "cases");
  const names = existsSync(cases) ? readdirSync(cases) : [];
  const failures = failuresByName(
    () => {
      const [own, plan] = client("codegraph");
      // Also what of the runtime that contract needs nothing of.
      cpSync(join(import.meta.dirname, "../../templates/python/runtime"), join(own, "_runtime"), { recursive: true });
      return [python, "-X", "utf8", join(import.meta.dirname, "runners/python.py"), own, plan];
    },
    () => names.map((name) => [name, translated(read(join(cases, name)))]),
  );
  it.each(names)("what no contract has: %s", async (name) => expect(await failures(name)).toEqual([]));
});
