import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { allFields, typesWithin } from "../../generator/spec/rules/rule.js";
import { copyRunner, go, hasGo, listed, QUICK, withGo, writeGo } from "../go/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";
import { type Case, failures, type VectorFile } from "./drive.js";
import { inValidText } from "./for-go.js";
import { asked, casesOf, KNOWN } from "./known.js";

const temporary = temporaryFolder("vectors-go-further");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Docglow's, whose state file calls the identifier otherwise. */
const docglow = join(import.meta.dirname, "../../spec/systems/docglow/events.yaml");
const text = readFileSync(docglow, "utf8")
  .replace("      instance_id: { type: identifier }", "      install.id: { type: identifier, of: instance_id }")
  .replace(/\nclients: .*\n/, "\n");
const otherwise = withGo(read(text, docglow));

const models = [
  ...KNOWN.map(([name, path], at) => [name, `c${at}`, asked(path, "go")] as const),
  ["an identifier under another key", "other", otherwise] as const,
];
const made = models.flatMap(([, place, model]) => (typeof model === "string" ? [] : [[place, model] as const]));

/** One module with a package for each contract, built once: the program takes the one that CONTRACT names. */
function build(all: readonly (readonly [place: string, model: Model])[]): string {
  for (const [place, model] of all) {
    const sample = join(temporary, "samples", place);
    const written = writeGo(model, sample);
    copyRunner(sample);
    cpSync(written, join(temporary, place), { recursive: true, filter: (path) => !path.endsWith("_test.go") });
    writeFileSync(join(temporary, `${place}.json`), JSON.stringify(planOf(model)));
  }
  expect(listed("gofmt", ["-l", join(temporary, "samples")])).toBe("");
  rmSync(join(temporary, "samples"), { recursive: true });
  mkdirSync(join(temporary, "runner"));
  writeFileSync(join(temporary, "go.mod"), "module example.test/product\n\ngo 1.22\n");
  const imports = all.map(([place]) => `\t${place} "example.test/product/${place}"\n`).join("");
  const cases = all.map(([place]) => `\tcase "${place}":\n\t\t${place}.RunVectors()\n`).join("");
  writeFileSync(
    join(temporary, "runner/main.go"),
    `package main\n\nimport (\n\t"os"\n${imports})\n\nfunc main() {\n\tswitch os.Getenv("CONTRACT") {\n${cases}\t}\n}\n`,
  );
  expect(go(["build", ...QUICK, "-o", "run", "./runner"], temporary)).toBe("");
  return join(temporary, "run");
}

/** Maps have no order in Go: their entries are sorted, and nobody promises another one. */
function hasMap(model: Model): boolean {
  return allFields(model).some(({ type }) => typesWithin(type).some(({ keys }) => keys !== undefined));
}

function inAnyOrder({ expect: expected, ...one }: Case): Case {
  const requests = (expected["requests"] ?? []) as readonly Record<string, unknown>[];
  const anyOrder = requests.map(({ body, ...rest }) =>
    typeof body !== "string" ? { ...rest } : /^[[{]/.test(body) ? { ...rest, json: body } : rest,
  );
  return { ...one, expect: "requests" in expected ? { ...expected, requests: anyOrder } : expected };
}

describe.runIf(isThere("Go", hasGo()))("Go", () => {
  let runner = "";
  beforeAll(() => {
    runner = build(made);
  }, 300_000);

  it.each(models)("answers as the contract of %s does", { timeout: 300_000 }, async (name, place, model) => {
    if (typeof model === "string") {
      // Said by `gen` in these words; nothing is half done.
      expect(model).toMatch(/^The Go client can't /);
      console.warn(`${name}: ${model}`);
      return;
    }
    const all = casesOf(model).map((one) => (hasMap(model) ? inAnyOrder(one) : one));
    const cases = inValidText({ cases: all }) as VectorFile;
    const plan = join(temporary, `${place}.json`);
    expect(await failures(["env", `CONTRACT=${place}`, runner, plan], cases)).toEqual([]);
  });
});
