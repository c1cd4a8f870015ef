import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { FIVE } from "../targets/five.js";
import { HOSTILE, withTexts } from "../targets/hostile-texts.js";
import { inPython, writePython } from "./client.js";
import { pythonTools } from "./tools.js";

const tools = pythonTools();
const root = join(import.meta.dirname, "../..");
const folder = temporaryFolder("python-checked");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: readonly string[], cwd = folder): string {
  const { stdout, stderr, status } = spawnSync(join(tools ?? "", program), args, { cwd, encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

const config = join(root, "templates/python/ruff.toml");

describe.runIf(isThere("the tools of test/python/requirements.txt", tools !== undefined))(
  "the Python client is what its tools call clean",
  () => {
    beforeAll(() => {
      for (const product of FIVE) writePython(inPython(product), join(folder, product));
      for (const [at, text] of HOSTILE.entries()) {
        const model = withTexts(inPython("docglow"), (before) => `${before} ${text}`, [
          "pattern",
          "product",
          "url",
          "path",
          "source",
        ]);
        writePython({ ...model, product: `hostile${at}` }, join(folder, "hostile", String(at)));
      }
    });

    it("as ruff prints it", () => expect(run("ruff", ["format", "--check", "--config", config, "."])).toBe(""));
    it("as ruff checks it", () => expect(run("ruff", ["check", "--config", config, "."])).toBe(""));
    it.each(FIVE)("as mypy --strict reads %s", (product) =>
      expect(run("mypy", ["--strict", "--python-version", "3.10", "."], join(folder, product, "python"))).toBe(""),
    );
    it("as pyright reads it for the oldest Python", { timeout: 300_000 }, () =>
      expect(run("pyright", ["--pythonpath", join(tools ?? "", "python"), "--pythonversion", "3.9", ...FIVE])).toBe(""),
    );
  },
);

describe.runIf(isThere("the tools of test/python/requirements.txt", tools !== undefined))(
  "the tests that a product runs",
  () => {
    it.each(["docglow", "jina", "cocoindex"])("are green for %s", (product) => {
      const own = join(folder, "own", product);
      cpSync(join(root, "generated/systems", product, "python"), join(own, "python"), { recursive: true });
      cpSync(join(root, "generated/systems", product, "vectors"), join(own, "vectors"), { recursive: true });
      expect(run("pytest", ["-q", "-p", "no:cacheprovider"], join(own, "python"))).toBe("");
    });

    it("are red where the client says something else", () => {
      const own = join(folder, "other");
      const model = inPython("docglow");
      const changed = {
        ...model,
        destination: { ...model.destination },
        consent: { ...model.consent, model: "opt-out" },
      } as Model;
      writePython(changed, own);
      const vectors = vectorsTarget.generate(model);
      expect(vectors.length).toBeGreaterThan(0);
      cpSync(join(root, "generated/systems/docglow/vectors"), join(own, "vectors"), { recursive: true });
      expect(run("pytest", ["-q", "-p", "no:cacheprovider"], join(own, "python"))).toContain("failed");
    });
  },
);

it("what is left out here is what CI installs", () => {
  expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain("test/python/requirements.txt");
});
