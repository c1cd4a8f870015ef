import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { go, hasGo, writeGo } from "../go/client.js";
import { writePython } from "../python/client.js";
import { pythonTools } from "../python/tools.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { randomFrom } from "../worker/random.js";
import { drawContract, print, SOURCE } from "./contract.js";

/**
 * Random contracts that a language's client can carry out: what is generated for it is clean, and its generated tests are green. Few
 * contracts fit Rust, which the vectors have. PLAINSIGHT_BATCH=100 PLAINSIGHT_SEED=7 vitest run test/property/languages.test.ts.
 */
const size = Number(process.env["PLAINSIGHT_BATCH"] ?? 10);
const first = Number(process.env["PLAINSIGHT_SEED"] ?? 1);

const cases = join(import.meta.dirname, "cases");

/** Those that were found in a language, and as many random ones, each by a name. */
function* contracts(language: "go" | "python"): Generator<readonly [name: string, model: Model]> {
  for (const file of readdirSync(cases)) {
    const { model } = readContract(readFileSync(join(cases, file), "utf8"), SOURCE);
    if (model?.clients[language] !== undefined) yield [file.replace(/\W/g, "_"), model];
  }
  for (let [seed, left] = [first, size]; left > 0; seed++) {
    const drawn = drawContract(randomFrom(seed));
    const { model } = readContract(print({ ...drawn?.spec, clients: { [language]: {} } }), SOURCE);
    if (drawn === undefined || model === undefined) continue;
    left--;
    yield [`c${seed}`, model];
  }
}

it.runIf(isThere("Go", hasGo()))("Go", { timeout: 1_200_000 }, () => {
  const folder = temporaryFolder("property-go");
  for (const [name, model] of contracts("go")) {
    writeGo(model, join(folder, name));
    // One module, of which each client is a package.
    renameSync(join(folder, name, "go.mod"), join(folder, "go.mod"));
  }
  expect([go(["vet", "./..."], folder), go(["test", "./..."], folder)]).toEqual(["", ""]);
});

const tools = pythonTools();

it.runIf(isThere("pytest", tools !== undefined))("Python", { timeout: 1_200_000 }, () => {
  const folder = temporaryFolder("property-python");
  const red = [...contracts("python")].flatMap(([name, model]) => {
    for (const { path, text } of vectorsTarget.generate(model)) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true });
      writeFileSync(join(folder, name, path), text);
    }
    writePython(model, join(folder, name));
    const cwd = join(folder, name, "python");
    const pytest = join(tools ?? "", "pytest");
    const { status, stdout, stderr } = spawnSync(pytest, ["-q", "-p", "no:cacheprovider"], { cwd, encoding: "utf8" });
    return status === 0 ? [] : [`${name}: ${stdout}${stderr}`];
  });
  expect(red).toEqual([]);
});
