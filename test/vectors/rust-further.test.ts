import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cargo, hasRust } from "../rust/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { failures } from "./drive.js";
import { asked, casesOf, KNOWN } from "./known.js";
import { buildRust } from "./rusts.js";

const temporary = temporaryFolder("vectors-rust-further");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const models = KNOWN.map(([name, path]) => [name, asked(path, "rust")] as const);

it("carries out these contracts of other products", () => {
  expect(models.flatMap(([name, model]) => (typeof model === "string" ? [] : [name]))).toEqual([
    "aws-sam",
    "azure-cli",
    "burrow",
    "cocoindex-1.0",
    "docglow-0.9",
    "jcode",
    "rtk",
    "strapi",
    "wasp",
    "yarn-berry",
  ]);
});

it.each(models)("is refused, or made, for %s", (_, model) => {
  // Said by `gen` in these words; nothing is half done.
  if (typeof model === "string") expect(model).toMatch(/^The Rust client can't /);
});

describe.runIf(isThere("Rust", hasRust()))("Rust", () => {
  const made = models.flatMap(([name, model]) => (typeof model === "string" ? [] : [[name, model] as const]));
  it.each(made)("answers as the contract of %s does", { timeout: 300_000 }, async (name, model) => {
    const folder = join(temporary, name);
    const program = buildRust(model, folder);
    const cases = casesOf(model);
    // What is built with debug assertions answers for builds without telemetry, where the contract knows such.
    if (cases.some(({ given }) => given["build"] === "debug")) expect(cargo(["build"], folder)).toBe("");
    const command = ["env", `OTHER_BUILD=${join(folder, "target/debug/product")}`, program];
    expect(await failures(command, { cases })).toEqual([]);
  });
});
