import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planOf } from "../../generator/plan/make-plan.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { contract, FIVE } from "../targets/five.js";
import { failuresByName, type VectorFile } from "./drive.js";

const root = join(import.meta.dirname, "../..");
const temporary = temporaryFolder("vectors");

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as VectorFile;

/** A runner of the TypeScript client of one of the five. */
function runner(product: string): readonly string[] {
  const plan = join(temporary, `${product}.json`);
  writeFileSync(plan, JSON.stringify(planOf(contract(product))));
  return [
    process.execPath,
    "--import",
    "tsx",
    join(import.meta.dirname, "runners/typescript.ts"),
    join(folderOf(product), "client"),
    plan,
  ];
}

function folderOf(product: string): string {
  return product === "codegraph" ? join(root, "generated") : join(root, "generated/systems", product);
}

describe.each(FIVE)("the TypeScript client of %s", (product) => {
  const vectors = join(folderOf(product), "vectors");
  const names = readdirSync(vectors);
  const failures = failuresByName(
    () => runner(product),
    () => names.map((name) => [name, read(join(vectors, name))]),
  );

  it.each(names)("%s", async (name) => {
    expect(read(join(vectors, name)).cases.length).toBeGreaterThan(0);
    expect(await failures(name)).toEqual([]);
  });
});

const cases = join(import.meta.dirname, "cases");
describe("what no contract has, in TypeScript", () => {
  const names = existsSync(cases) ? readdirSync(cases) : [];
  const failures = failuresByName(
    () => runner("codegraph"),
    () => names.map((name) => [name, read(join(cases, name))]),
  );

  it.each(names)("%s", async (name) => expect(await failures(name)).toEqual([]));
});
