import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import { hasGo, inGo, withGo } from "../go/client.js";
import { hasRust, withRust } from "../rust/client.js";
import { everyValue } from "../rust/every-value.js";
import { everyWord } from "../rust/every-word.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";
import { failures, type VectorFile } from "./drive.js";
import { forGo, inValidText } from "./for-go.js";
import { buildGo } from "./gos.js";
import { type Mutant, RUST, RUST_ANSWERS, RUST_VALUES } from "./rust-mutants.js";
import { buildRust } from "./rusts.js";

const GO: readonly Mutant[] = [
  ["texts.go", "units(value) > most", "units(value) >= most"],
  ["texts.go", "one > 0xFFFF {\n\t\treturn 2", "one > 0x10FFFF {\n\t\treturn 2"],
  ["numbers.go", "given < edge", "given <= edge"],
  ["numbers.go", "math.Floor(given) <= edge", "given <= edge"],
  ["numbers.go", "value < least || value > most", "value > most"],
  ["numbers.go", "value < least || value > most", "value < least"],
  ["texts.go", "one < 0x20 ||", "one < 0x09 ||"],
  ["numbers.go", "1e-6 <= size && size < 1e21", "1e-6 <= size && size < 1e22"],
  ["numbers.go", "if value == 0 {", "if value == 0.5 {"],
  ["texts.go", "!utf8.ValidString(value) || units(value) > most", "units(value) > most"],
  ["numbers.go", "!math.IsNaN(number) && ", ""],
  ["json.go", "one < 0x20", "one < 0x10"],
  ["consent.go", "return false, true\n\tcase !found:", "return false, false\n\tcase !found:"],
  ["consent.go", "return true, true", "return false, true"],
  ["report.go", 'before = ","', 'before = ";"'],
  ["report.go", "value == nil || !whole", "value == nil && !whole"],
  ["reporter.go", "r.contract.optOut)", "!r.contract.optOut)"],
  ["patterns.go", "return at == len(text)", "return true"],
  ["patterns.go", "count >= least", "count > least"],
  ["patterns.go", "count < most && at+count", "at+count"],
  ["patterns.go", "for ; count >= least; count-- {", "if count >= least {"],
  ["patterns.go", "(next > at || least > 0)", "next > at"],
  ["patterns.go", "most > 0 && form(", "form("],
  ["patterns.go", "last = r.unit()", "_ = r.unit()"],
  ["patterns.go", "if isRange {", "if !isRange {"],
  ["patterns.go", "return 0, 1", "return 1, 1"],
  ["patterns.go", "for _, way := range ways {", "for _, way := range ways[:1] {"],
  ["patterns.go", "utf16.Encode([]rune(value))", "utf16.Encode([]rune(value))[:min(2, len(value))]"],
];

/** The same of what a variable says. */
const GO_PLAIN: readonly Mutant[] = [
  ["spaces.go", "one != 0x85 && ", ""],
  ["spaces.go", " || one == 0xFEFF", ""],
  ["spaces.go", '"\\u0130"', '"\\u0131"'],
  ["endpoint.go", '"@:[]%<>^|"', '":[]%<>^|"'],
  ["endpoint.go", "!slices.Contains(httpAllowed, host)", "slices.Contains(httpAllowed, host)"],
  ["endpoint.go", '(scheme != "https" || port != ":443") && ', ""],
  ["endpoint.go", "strings.ContainsFunc(behind, isSpace) || ", ""],
  ["endpoint.go", ' || strings.Contains(behind, "\\\\")', ""],
  ["endpoint.go", 'strings.HasSuffix(text, "]") || ', ""],
  ["endpoint.go", "is && err == nil && ", "is && (err == nil || true) && "],
];

/** The same of what sends events, and the questions that see it. */
const GO_EVENTS: readonly (readonly [...Mutant, question: string])[] = [
  ["stored.go", "err != nil && offAnyway", "err != nil", "consent"],
  ["consent.go", "step.disable != nil && step.disable(value)", "false", "consent"],
  ["fields.go", "else if !field.optional && !field.hanging && props", "else if props", "values"],
  ["identity.go", "kept := c.updateState(false,", "kept := true || c.updateState(false,", "identifiers"],
  ["identity.go", "%s-%s-4%s-%c%s-%s", "%s-%s-3%s-%c%s-%s", "identifiers"],
  ["send.go", "debug.payloads != isPayload", "debug.payloads == isPayload", "debug"],
  ["send.go", "case handedOver:", "case handedOver && false:", "queue"],
  ["claims.go", 'one.file.turn == "" && os.Link', 'one.file.turn == "x" && os.Link', "queue"],
  ["claims.go", 'if one.file.turn == "seal" && ', "if ", "queue"],
  [
    "claims.go",
    'one.file.turn == "seal" && max(now-one.file.since, one.file.since-now) >= lateBy',
    'one.file.turn == "seal"',
    "queue",
  ],
  ["claims.go", "!mayLive(file.path, reclaimAfter)", "true", "queue"],
  ["owner_linux.go", "runs(pid)\n}\n\n// age", "runs(pid) || true\n}\n\n// age", "queue"],
  ["owner_linux.go", "age < 0 || ", "", "queue"],
  ["items.go", "min(sum+amount, counter.most)", "sum+amount", "rollup"],
  ["items.go", "; is && amount > 0 && ", "; is && ", "rollup"],
  ["items.go", "now-lineTime(line) < 30*aDay", "true", "queue"],
  ["items.go", "one.at = rfc3339(min(int64(ts), now))", "one.at = rfc3339(int64(ts))", "queue"],
  ["flush.go", "case file.day == today && !counts:", "case false:", "rollup"],
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

/** A program with a package for each mutant. @returns the command that answers with one, by its place in the list. */
function buildMutants(
  folder: string,
  model: Model,
  mutants: readonly Mutant[],
  wholeRuntime = false,
): (at: number) => readonly string[] {
  const all = mutants.map((mutant, at) => ({
    name: `m${at}`,
    model,
    wholeRuntime,
    change: (place: string) => mutated(place, mutant),
  }));
  const answer = buildGo(folder, all);
  return (at) => answer(`m${at}`);
}

describe.runIf(isThere("Go", hasGo()))("a vector finds each fault in the Go runtime", () => {
  const folder = join(temporary, "reports");
  const files = [
    ...vectorsTarget.generate(inGo("cozystack")).map(({ text }) => JSON.parse(text) as VectorFile),
    ...["patterns.json", "values.json"].map((name) =>
      forGo(JSON.parse(readFileSync(join(cases, name), "utf8")) as VectorFile),
    ),
  ];
  let runner: (at: number) => readonly string[];
  beforeAll(() => {
    runner = buildMutants(folder, inGo("cozystack"), GO, true);
  }, 300_000);

  it.each(GO.map((mutant, at) => [...mutant, at] as const))(
    "%s: %s → %s",
    async (...mutant) => {
      expect(await failures(runner(mutant[3]), ...files)).not.toEqual([]);
    },
    180_000,
  );
});

describe.runIf(isThere("Go", hasGo()))("a vector finds each fault in what sends events in Go", () => {
  const vectors = new Map(
    vectorsTarget.generate(inGo("codegraph")).map(({ path, text }) => [basename(path, ".json"), text] as const),
  );
  let runner: (at: number) => readonly string[];
  beforeAll(() => {
    const mutants = GO_EVENTS.map(([file, from, to]) => [file, from, to] as const);
    runner = buildMutants(join(temporary, "events"), inGo("codegraph"), mutants);
  }, 300_000);

  it.each(GO_EVENTS.map((mutant, at) => [...mutant, at] as const))(
    "%s: %s → %s, by %s",
    async (_file, _from, _to, question, at) => {
      const file = inValidText(JSON.parse(vectors.get(question) ?? "")) as VectorFile;
      expect(await failures(runner(at), file)).not.toEqual([]);
    },
    180_000,
  );
});

describe.runIf(isThere("Go", hasGo()))("a vector finds each fault in what reads variables in Go", () => {
  const about = (name: string) => readFileSync(join(import.meta.dirname, "contracts", name), "utf8");
  const cases = inValidText(JSON.parse(about("plain.json"))) as VectorFile;
  let runner: (at: number) => readonly string[];
  beforeAll(() => {
    const model = withGo(read(about("plain.yaml"), "spec/events.yaml"));
    runner = buildMutants(join(temporary, "variables"), model, GO_PLAIN);
  }, 300_000);

  it.each(GO_PLAIN.map((mutant, at) => [...mutant, at] as const))(
    "%s: %s → %s",
    async (...mutant) => {
      expect(await failures(runner(mutant[3]), cases)).not.toEqual([]);
    },
    180_000,
  );
});

describe.runIf(isThere("Rust", hasRust()))("a vector finds each fault in the Rust runtime", () => {
  const model = withRust(read(everyWord, "spec/events.yaml"));
  const files = vectorsTarget.generate(model).map(({ text }) => JSON.parse(text) as VectorFile);

  const about = (name: string) => readFileSync(join(import.meta.dirname, "contracts", name), "utf8");
  const answers = withRust(read(about("plain.yaml"), "spec/events.yaml"));
  const asked = [JSON.parse(about("plain.json")) as VectorFile];
  const values = withRust(read(everyValue, "spec/events.yaml"));
  const ofValues = [
    ...vectorsTarget.generate(values).map(({ text }) => JSON.parse(text) as VectorFile),
    JSON.parse(about("every-value.json")) as VectorFile,
  ];
  const all = [
    ...RUST.map((mutant) => [...mutant, model, files] as const),
    ...RUST_ANSWERS.map((mutant) => [...mutant, answers, asked] as const),
    ...RUST_VALUES.map((mutant) => [...mutant, values, ofValues] as const),
  ];

  it.each(all)(
    "%s: %s → %s",
    async (file, from, to, contract, questions) => {
      const folder = join(temporary, "rust");
      const source = join(folder, "src/telemetry");
      const runner = [buildRust(contract, folder, () => mutated(source, [file, from, to]))];
      expect(await failures(runner, ...questions)).not.toEqual([]);
    },
    300_000,
  );
});
