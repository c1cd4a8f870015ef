import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { inPython, withPython, writePython } from "../python/client.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { sampleOf } from "../targets/five.js";
import { failures, type VectorFile } from "./drive.js";
import { MUTANTS, type Mutant } from "./python-mutants.js";
import { AT_ONCE } from "./python-mutants-at-once.js";
import { FURTHER } from "./python-mutants-further.js";
import { translated } from "./python-patterns.js";
import { describeInPython, pythons } from "./pythons.js";

const temporary = temporaryFolder("python-mutants");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const templates = join(import.meta.dirname, "../../templates/python/runtime");

/** A contract that the five don't have: a value that both sides of a step name. */
const both = sampleOf(`
  ran: { when: Each run., why: To see., fields: { ok: { type: bool, why: To see. } } }`);
const [step] = both.consent.order;
Object.assign(step as object, { enableWhen: { kind: "present" } });

/** Returns a model that none of the five has. */
function further(name: string): Model {
  const path = join(import.meta.dirname, `contracts/${name}.yaml`);
  const { model } = readContract(readFileSync(path, "utf8"), path);
  if (model === undefined) throw new Error("it doesn't load");
  return model;
}

/** The answers that a client gives otherwise, with a runtime in which this is changed. */
function wrong(python: string, { seenBy, file, from, to }: Mutant, at: number): Promise<readonly string[]> {
  const [product = "", question = ""] = seenBy.split(" ");
  const model = existsSync(join(import.meta.dirname, `contracts/${product}.yaml`))
    ? further(product)
    : product === "both"
      ? withPython(both)
      : inPython(product === "cases" ? "codegraph" : product);
  const folder = join(temporary, String(at));
  const own = writePython(model, folder);
  cpSync(templates, join(own, "_runtime"), { recursive: true });
  const text = readFileSync(join(templates, file), "utf8");
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(
    join(own, "_runtime", file),
    text.replace(from, () => to),
  );
  const plan = join(folder, "plan.json");
  writeFileSync(plan, JSON.stringify(planOf(model)));
  const vectors =
    product === "cases" || question === "own"
      ? readFileSync(
          join(import.meta.dirname, product === "cases" ? `cases/${question}.json` : `contracts/${product}.json`),
          "utf8",
        )
      : vectorsTarget.generate(model).find(({ path }) => path.endsWith(`/${question}.json`))?.text;
  const runner = [python, "-X", "utf8", join(import.meta.dirname, "runners/python.py"), own, plan];
  return failures(runner, translated(JSON.parse(vectors ?? "") as VectorFile));
}

describeInPython(
  (_, python) => {
    mkdirSync(temporary, { recursive: true });
    it.each([...MUTANTS, ...FURTHER, ...AT_ONCE].map((mutant, at) => [mutant.says, mutant, at] as const))(
      "%s",
      { timeout: 120_000 },
      async (_, mutant, at) => {
        expect(await wrong(python, mutant, at)).not.toEqual([]);
      },
    );
  },
  { title: "vectors see a Python runtime in which %s", found: pythons().slice(0, 1) },
);
