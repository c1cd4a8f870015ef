import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { pythonTarget } from "../../generator/targets/python/python.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { FIVE } from "../targets/five.js";
import { HOSTILE, withTexts } from "../targets/hostile-texts.js";
import { inPython, templates, withPython, writePython } from "./client.js";
import { pythonTools } from "./tools.js";

/** Contracts with what none of the five has. */
const FURTHER = ["immediate", "carried", "answered", "described", "queued", "bare"];
const OTHERS = [...FURTHER, "angular-cli", "aws-sam", "homebrew", "longhorn", "meltano", "yarn-berry"];

function load(path: string): Model {
  const { model } = readContract(readFileSync(path, "utf8"), path);
  if (model === undefined) throw new Error(`${path} doesn't load`);
  return model;
}

function further(name: string): Model {
  const model = load(join(import.meta.dirname, `../vectors/contracts/${name}.yaml`));
  return { ...model, product: name };
}

const tools = pythonTools();
const root = join(import.meta.dirname, "../..");
const folder = temporaryFolder("python-checked");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** They share what mypy has read of the standard library. */
const MYPY = ["--strict", "--python-version", "3.10", "--cache-dir", join(folder, ".mypy_cache")];

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
      for (const name of FURTHER) writePython(further(name), join(folder, name));
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
    it.each([...FIVE, ...FURTHER])("as mypy --strict reads %s", (product) =>
      expect(run("mypy", [...MYPY, "."], join(folder, product, "python"))).toBe(""),
    );
    it("as pyright reads it for the oldest Python", { timeout: 300_000 }, () =>
      expect(
        run("pyright", ["--pythonpath", join(tools ?? "", "python"), "--pythonversion", "3.9", ...FIVE, ...FURTHER]),
      ).toBe(""),
    );

    it("what a test records is typed event by event", { timeout: 120_000 }, () => {
      const program = (said: string) => `from codegraph_telemetry import testing

with testing.recorder() as recorded:
    for one in recorded.events:
        if one["event"] == "install":
            ${said}
`;
      const place = join(folder, "codegraph/python");
      const told = (said: string) => {
        writeFileSync(join(place, "recorded.py"), program(said));
        const checked = run("mypy", [...MYPY, "recorded.py"], place);
        rmSync(join(place, "recorded.py"));
        return checked;
      };
      expect(told('print(one["props"]["targets"][0].upper(), one["props"]["kind"] == "fresh")')).toBe("");
      expect(told('print(one["props"]["target"])')).toContain('TypedDict "InstallProps" has no key "target"');
      expect(told('print(one["props"]["kind"] == "old")')).toContain("Non-overlapping equality check");
    });
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

    it.each(OTHERS)("are green for %s, whose requests are of another form", (name) => {
      const own = join(folder, "others", name);
      const model = FURTHER.includes(name)
        ? further(name)
        : withPython(load(join(root, "test/contracts", name, "spec/events.yaml")));
      writePython(model, own);
      for (const { path, text } of vectorsTarget.generate(model)) {
        mkdirSync(join(own, "vectors"), { recursive: true });
        writeFileSync(join(own, path), text);
      }
      expect(run("pytest", ["-q", "-p", "no:cacheprovider"], join(own, "python"))).toBe("");
    });

    it.each(["src/docglow/telemetry", "docglow/telemetry"])("find a package in %s that isn't installed", (to) => {
      const own = join(folder, "placed", to);
      const model = inPython("docglow");
      const placed = { ...model, clients: { python: { at: model.at, to } } };
      for (const { path, text } of [...pythonTarget.generate(placed, templates), ...vectorsTarget.generate(model)]) {
        const file = join(own, path.startsWith("~/") ? path.slice(2) : `generated/${path}`);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      expect(run("pytest", ["-q", "-p", "no:cacheprovider", "-k", "payload or same_face"], own)).toBe("");
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
