import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planOf } from "../../generator/plan/make-plan.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { plainsight } from "../cli/project.js";
import { hasGo } from "../go/client.js";
import { hasRust } from "../rust/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { failuresByName, type VectorFile } from "./drive.js";
import { inValidText } from "./for-go.js";
import { buildGo } from "./gos.js";
import { asked } from "./known.js";
import { pythons } from "./pythons.js";
import { buildRust } from "./rusts.js";

/** Contracts with what none of the five has: what follows from each, and cases of our own about it, put to the clients of both languages. */
const folder = join(import.meta.dirname, "contracts");
const temporary = temporaryFolder("vectors-further");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));
const contracts = readdirSync(folder).flatMap((file) => {
  const name = basename(file, ".yaml");
  return name === file ? [] : [{ name, inGo: asked(join(folder, file), "go") }];
});

let inItsGo: (name: string) => readonly string[];
beforeAll(() => {
  const made = contracts.flatMap(({ name, inGo }) => (typeof inGo === "string" ? [] : [{ name, model: inGo }]));
  if (hasGo()) inItsGo = buildGo(join(temporary, "go"), made);
}, 300_000);

describe.each(contracts)("$name", ({ name, inGo }) => {
  const path = join(folder, `${name}.yaml`);
  const text = readFileSync(path, "utf8");
  const { model, diagnostics } = readContract(text, path);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join(" "));
  const project = join(temporary, name);
  const plan = join(project, "plan.json");
  const own = join(folder, `${name}.json`);
  const files = [
    ...vectorsTarget.generate(model).map((one) => [basename(one.path), one.text] as const),
    ...(existsSync(own) ? [["cases of our own", readFileSync(own, "utf8")] as const] : []),
  ];

  const inRust = asked(path, "rust");
  let program = "";
  beforeAll(() => {
    mkdirSync(join(project, "spec"), { recursive: true });
    writeFileSync(join(project, "spec/events.yaml"), text);
    writeFileSync(plan, JSON.stringify(planOf(model)));
    expect(plainsight(project, ["gen"])).toMatchObject({ code: 0 });
    if (hasRust() && typeof inRust !== "string") program = buildRust(inRust, join(temporary, `${name}-rust`));
  }, 300_000);

  const cases = (file: (one: VectorFile) => VectorFile = (one) => one) =>
    files.map(([name, text]) => [name, file(JSON.parse(text) as VectorFile)] as const);
  const inTypeScript = failuresByName(
    () => [
      process.execPath,
      "--import",
      "tsx",
      join(import.meta.dirname, "runners/typescript.ts"),
      join(project, "generated/client"),
      plan,
    ],
    cases,
  );
  it.each(files)("%s, in TypeScript", async (file) => expect(await inTypeScript(file)).toEqual([]));

  describe.runIf(isThere("Go", hasGo()))("Go", () => {
    if (typeof inGo === "string") {
      // Said by `gen` in these words; nothing is half done.
      it("is refused", () => expect(inGo).toMatch(/^The Go client can't /));
      return;
    }
    const failures = failuresByName(
      () => inItsGo(name),
      () => cases((file) => inValidText(file) as VectorFile),
    );
    it.each(files)("%s", async (file) => expect(await failures(file)).toEqual([]));
  });

  describe.runIf(isThere("Rust", hasRust()))("Rust", () => {
    if (typeof inRust === "string") {
      it("is refused", () => expect(inRust).toMatch(/^The Rust client can't /));
      return;
    }
    const failures = failuresByName(() => [program], cases);
    it.each(files)("%s", async (file) => expect(await failures(file)).toEqual([]));
  });

  describe.each(pythons())("Python %s", (_, python) => {
    const package_ = join(project, "generated/python/tool_telemetry");
    const failures = failuresByName(
      () => [python, "-X", "utf8", join(import.meta.dirname, "runners/python.py"), package_, plan],
      cases,
    );
    it.each(files)("%s", async (file) => expect(await failures(file)).toEqual([]));
  });
});
