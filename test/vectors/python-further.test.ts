import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { writePython } from "../python/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { type Case, failures, type VectorFile } from "./drive.js";
import { pythons } from "./pythons.js";

const temporary = temporaryFolder("vectors-python-further");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** What other products are known to send: each of these contracts, as if it asked for a client in Python. */
const contracts = join(import.meta.dirname, "../contracts");
const specs = readdirSync(contracts, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .flatMap(({ name }) => {
    const spec = join(contracts, name, "spec");
    const systems = join(spec, "systems");
    const further = existsSync(systems) ? readdirSync(systems).map((one) => join(systems, one, "events.yaml")) : [];
    return [join(spec, "events.yaml"), ...further].filter(existsSync);
  });

/** The contract with a client in Python; or why there can be none. */
function asked(path: string): Model | string {
  const text = readFileSync(path, "utf8").replaceAll("from: node-major", "from: setup");
  // Whether it loads at all is another test's.
  if (readContract(text, path).model === undefined) return "The Python client can't be made of what doesn't load.";
  const { model, diagnostics } = readContract(`${text}\nclients: { python: {} }\n`, path);
  const refused = diagnostics.filter(({ code }) => code === "client-cannot").map(({ message }) => message);
  if (refused.length > 0) return refused.join(" ");
  if (model === undefined) throw new Error(`${path}: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return model;
}

/** All that a contract's clients are asked, with the world of each. */
function casesOf(model: Model): readonly Case[] {
  return vectorsTarget.generate(model).flatMap(({ path, text }) => {
    const { world, cases } = JSON.parse(text) as VectorFile;
    return cases.map((one) => ({ ...one, id: `${path} ${one.id}`, given: { ...world, ...one.given } }));
  });
}

const named = specs.map(
  (path) =>
    [
      path
        .slice(contracts.length + 1)
        .replace(/\/?(spec|events\.yaml)\/?/g, " ")
        .trim(),
      path,
    ] as const,
);
const found = pythons();

describe.runIf(isThere("a Python of 3.9 or newer", found.length > 0)).each(found.slice(0, 1))(
  "Python %s",
  (_, python) => {
    it.each(named)("answers as the contract of %s does", { timeout: 300_000 }, async (name, path) => {
      const model = asked(path);
      if (typeof model === "string") {
        // Said by `gen` in these words; nothing is half done.
        expect(model).toMatch(/^The Python client can't /);
        console.warn(`${name}: ${model}`);
        return;
      }
      const folder = join(temporary, name.replaceAll(" ", "-"));
      const package_ = writePython(model, folder);
      const plan = join(folder, "plan.json");
      writeFileSync(plan, JSON.stringify(planOf(model)));
      const runner = [python, "-X", "utf8", join(import.meta.dirname, "runners/python.py"), package_, plan];
      expect(await failures(runner, { cases: casesOf(model) })).toEqual([]);
    });
  },
);
