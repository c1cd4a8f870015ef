import { readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { cargo, hasRust, inRust, withRust } from "../rust/client.js";
import { everyValue } from "../rust/every-value.js";
import { everyWord } from "../rust/every-word.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";
import { failures, type VectorFile } from "./drive.js";
import { buildRust } from "./rusts.js";

const temporary = temporaryFolder("vectors-rust");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const models: readonly (readonly [string, Model])[] = [
  ["cocoindex", inRust("cocoindex")],
  ["a contract with every word", withRust(read(everyWord, "spec/events.yaml"))],
  ["a contract with every value", withRust(read(everyValue, "spec/events.yaml"))],
];

describe.runIf(isThere("Rust", hasRust())).each(models)("the Rust client of %s", (name, model) => {
  const folder = join(temporary, name.replaceAll(" ", "-"));
  const vectors = vectorsTarget.generate(model).map(({ path, text }) => [basename(path), text] as const);
  beforeAll(() => {
    buildRust(model, folder);
    // What is built with debug assertions answers for builds without telemetry.
    expect(cargo(["build"], folder)).toBe("");
    process.env["OTHER_BUILD"] = join(folder, "target/debug/product");
  }, 300_000);

  // What no contract's own examples ask.
  const further = join(import.meta.dirname, "contracts/every-value.json");
  if (name.endsWith("value")) vectors.push(["cases of our own", readFileSync(further, "utf8")]);
  it.each(vectors)("%s", async (_, text) => {
    expect(await failures([join(folder, "target/release/product")], JSON.parse(text) as VectorFile)).toEqual([]);
  });
});
