import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { planOf } from "../../generator/plan/make-plan.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { buildRunner, hasGo, inGo, writeGo, writeWholeRuntime } from "../go/client.js";
import { cargo, hasRust, withRust, writeRust } from "../rust/client.js";
import { everyWord } from "../rust/every-word.js";
import { glueOf } from "../rust/glue.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";
import { failures, type VectorFile } from "./drive.js";
import { forGo } from "./for-go.js";

/** A fault that somebody could make in a runtime: what is written there, and what is written instead. */
type Mutant = readonly [file: string, from: string, to: string];

const GO: readonly Mutant[] = [
  ["texts.go", "units(value) > most", "units(value) >= most"],
  ["texts.go", "one > 0xFFFF {\n\t\treturn 2", "one > 0x10FFFF {\n\t\treturn 2"],
  ["numbers.go", "given < edge", "given <= edge"],
  ["numbers.go", "math.Floor(given) <= edge", "given <= edge"],
  ["numbers.go", "value < least || value > most", "value > most"],
  ["numbers.go", "value < least || value > most", "value < least"],
  ["texts.go", "one < 0x20 ||", "one < 0x09 ||"],
  ["numbers.go", "!math.IsNaN(number) && ", ""],
  ["numbers.go", "1e-6 <= size && size < 1e21", "1e-6 <= size && size < 1e22"],
  ["numbers.go", "if value == 0 {", "if value == 0.5 {"],
  ["texts.go", "!utf8.ValidString(value) || units(value) > most", "units(value) > most"],
  ["json.go", "one < 0x20", "one < 0x10"],
  ["consent.go", "return false, true\n\tcase !found:", "return false, false\n\tcase !found:"],
  ["consent.go", "return true, true", "return false, true"],
  ["report.go", 'before = ","', 'before = ";"'],
  ["report.go", "value == nil || !whole", "value == nil && !whole"],
  ["reporter.go", "r.contract.optOut)", "!r.contract.optOut)"],
];

const RUST: readonly Mutant[] = [
  ["runtime.rs", "text.len() <= most || ", "text.len() <= most + 1 || "],
  ["runtime.rs", "text.encode_utf16().count()", "text.chars().count()"],
  ["runtime.rs", "given < *edge", "given <= *edge"],
  ["runtime.rs", "given.floor() <= *edge", "given <= *edge"],
  ["runtime.rs", "one.is_control()", "one == '\\0'"],
  ["runtime.rs", "self.0.len() > 1", "self.0.len() > 20"],
  ["runtime.rs", "!text.is_empty() && ", ""],
];

const temporary = temporaryFolder("mutants");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));
const cases = join(import.meta.dirname, "cases");

function mutated(folder: string, [file, from, to]: Mutant): void {
  const name = readdirSync(folder).find((one) => one.endsWith(file)) ?? "";
  const text = readFileSync(join(folder, name), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, name), text.replace(from, to));
}

describe.runIf(isThere("Go", hasGo()))("a vector finds each fault in the Go runtime", () => {
  const model = inGo("cozystack");
  const plan = join(temporary, "cozystack.json");
  const files = [
    ...vectorsTarget.generate(model).map(({ text }) => JSON.parse(text) as VectorFile),
    ...["patterns.json", "values.json"].map((name) =>
      forGo(JSON.parse(readFileSync(join(cases, name), "utf8")) as VectorFile),
    ),
  ];

  it.each(GO)(
    "%s: %s → %s",
    async (...mutant) => {
      const folder = join(temporary, "go");
      writeFileSync(plan, JSON.stringify(planOf(model)));
      const place = writeGo(model, folder);
      writeWholeRuntime(place);
      mutated(place, mutant);
      const runner = buildRunner(folder, ["take.go"]);
      const found = await Promise.all(files.map((file) => failures([runner, plan], file)));
      expect(found.flat()).not.toEqual([]);
    },
    300_000,
  );
});

describe.runIf(isThere("Rust", hasRust()))("a vector finds each fault in the Rust runtime", () => {
  const model = withRust(read(everyWord, "spec/events.yaml"));
  const files = vectorsTarget.generate(model).map(({ text }) => JSON.parse(text) as VectorFile);

  it.each(RUST)(
    "%s: %s → %s",
    async (...mutant) => {
      const folder = join(temporary, "rust");
      writeRust(model, folder, "");
      for (const file of ["main.rs", "json.rs"])
        copyFileSync(join(import.meta.dirname, "runners/rust", file), join(folder, "src", file));
      writeFileSync(join(folder, "src/glue.rs"), glueOf(planOf(model)));
      mutated(join(folder, "src/telemetry"), mutant);
      expect(cargo(["build", "--release"], folder)).toBe("");
      const runner = [join(folder, "target/release/product")];
      const found = await Promise.all(files.map((file) => failures(runner, file)));
      expect(found.flat()).not.toEqual([]);
    },
    300_000,
  );
});
