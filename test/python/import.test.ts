import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { FIVE } from "../targets/five.js";
import { describeInPython } from "../vectors/pythons.js";
import { inPython, withPython, writePython } from "./client.js";
import { runPython } from "./program.js";

const folder = temporaryFolder("python-import");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const home = join(folder, "home");

describeInPython((_, python) => {
  /** The modules that importing a client loads, beside those that every program has. */
  async function loaded(product: string): Promise<readonly string[]> {
    mkdirSync(home, { recursive: true });
    writePython(inPython(product), folder);
    const { stdout } = await runPython(
      python,
      `
import sys
sys.path.insert(0, ${JSON.stringify(join(folder, "python"))})
before = set(sys.modules)
import ${product}_telemetry
print("\\n".join(sorted(set(sys.modules) - before)))`,
      { home },
    );
    return stdout.trim().split("\n");
  }

  /** Products that decide at the start load everything at once. */
  const late = FIVE.filter((product) => inPython(product).consent.evaluated !== "at-start");
  it.each(late)("importing %s's client loads its face alone", async (product) => {
    expect(await loaded(product)).toEqual([`${product}_telemetry`]);
  });

  it.each(FIVE)("importing %s's client loads neither a network nor a regular expression", async (product) => {
    const all = await loaded(product);
    const heavy = ["re", "socket", "ssl", "json", "threading", "typing", "uuid", "dataclasses", "hashlib", "urllib"];
    expect(all.filter((name) => heavy.includes(name))).toEqual([]);
  });

  it("what is called as Python's own words or types is imported all the same", async () => {
    const names = [
      "none",
      "true",
      "false",
      "class",
      "self",
      "match",
      "literal",
      "mapping",
      "optional",
      "typed dict",
      "print",
    ];
    const fields = (name: string) => ({ [name]: { type: "enum", values: [name, "b"], why: "Which." } });
    const events = Object.fromEntries(
      names.map((name) => [name, { when: "Now.", why: "How often.", fields: fields(name) }]),
    );
    const text = readFileSync(join(import.meta.dirname, "../../spec/systems/cocoindex/events.yaml"), "utf8");
    const { model } = readContract(JSON.stringify({ ...(parse(text) as object), events }), "spec/events.yaml");
    expect(model).toBeDefined();
    const folder_ = join(folder, "words");
    const package_ = writePython(withPython({ ...(model as Model), product: "words" }), folder_);
    const source = `import sys; sys.path.insert(0, ${JSON.stringify(dirname(package_))})
from words_telemetry import _types, testing
import words_telemetry
print(words_telemetry.setup is not None)`;
    mkdirSync(home, { recursive: true });
    expect((await runPython(python, source, { home })).stdout.trim()).toBe("True");
  });
});
