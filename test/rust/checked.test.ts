import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillSpec } from "../../generator/init/fill.js";
import type { Model } from "../../generator/model/model.js";
import { rustTarget } from "../../generator/targets/rust/rust.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";
import { HOSTILE, withTexts } from "../targets/hostile-texts.js";
import { cargo, formatted, hasRust, inRust, QUICK, rustTemplates, withRust, writeRust } from "./client.js";
import { everyValue } from "./every-value.js";
import { everyWord } from "./every-word.js";

const folder = temporaryFolder("rust-checked");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contracts = join(import.meta.dirname, "../vectors/contracts");
const init = (name: string) => readFileSync(join(import.meta.dirname, "../../templates/init", name), "utf8");
/** The contract of `init` where reports are on by default. */
const optOut = fillSpec(init("events.yaml"), init("opt-out.yaml"), {
  product: "acme-cli",
  url: "https://telemetry.acme.example/v1",
  consent: "opt-out",
  language: "ts",
  client: { of: "typescript" },
});

const models: Readonly<Record<string, Model>> = {
  cocoindex: inRust("cocoindex"),
  "every-word": withRust(read(everyWord, "spec/events.yaml")),
  "every-value": withRust(read(everyValue, "spec/events.yaml")),
  answers: withRust(read(readFileSync(join(contracts, "plain.yaml"), "utf8"), "spec/events.yaml")),
  notice: withRust(read(optOut, "spec/events.yaml")),
};
const pedantic = ["clippy", "--all-targets"];
const strict = ["--", "-D", "warnings", "-W", "clippy::pedantic"];

describe.runIf(isThere("Rust", hasRust()))("the Rust client is what its tools call clean", () => {
  const all = Object.keys(models);
  beforeAll(() => {
    for (const [name, model] of Object.entries(models)) writeRust(model, join(folder, name));
  });

  it.each(all)("as rustfmt prints %s", (name) => expect(formatted(join(folder, name, "src/lib.rs"))).toBe(""));
  it("as rustfmt prints the runtime", () => {
    const runtime = join(import.meta.dirname, "../../templates/rust/runtime");
    expect(
      readdirSync(runtime)
        .map((name) => formatted(join(runtime, name)))
        .join(""),
    ).toBe("");
  });

  it.each(all)(
    "clippy pedantic, of %s with telemetry and without",
    (name) => {
      const place = join(folder, name);
      expect(cargo([...pedantic, "--release"], place, {}, strict)).toBe("");
      expect(cargo([...pedantic, "--release", "--no-default-features"], place, {}, strict)).toBe("");
      expect(cargo(pedantic, place, {}, strict)).toBe("");
    },
    300_000,
  );

  it.each(all)(
    "its own tests are green for %s",
    (name) => expect(cargo(["test", "--release"], join(folder, name), QUICK)).toBe(""),
    300_000,
  );

  it("its own tests are red where the client says something else", () => {
    const place = join(folder, "other");
    const model = models["cocoindex"] as Model;
    writeRust(model, place);
    const changed = { ...model, consent: { ...model.consent, order: [] } };
    const [contract] = rustTarget
      .generate(changed, rustTemplates)
      .flatMap(({ path, text }) => (path.endsWith("contract.rs") ? [text] : []));
    writeFileSync(join(place, "src/telemetry/contract.rs"), contract ?? "");
    expect(cargo(["test", "--release"], place, QUICK)).toContain("truth_table");
  }, 300_000);

  it("hostile texts compile", () => {
    for (const at of [0, 1, 10, 13, 26, 27]) {
      const place = join(folder, "hostile");
      const change = (before: string) => `${before} ${HOSTILE[at]}`;
      const except = ["pattern", "product", "url", "path", "source", "wireName", "of"];
      writeRust(withTexts(models["cocoindex"] as Model, change, except), place);
      expect(cargo(["check", "--release"], place)).toBe("");
    }
  }, 300_000);
});

/** Traces that a debug build must not hold: addresses, names of events and variables, functions. */
const TRACES = ["cocoindex.gateway.scarf.sh", "app_update", "COCOINDEX_DISABLE_USAGE_TRACKING", "hand_over"];

describe.runIf(isThere("Rust", hasRust()))("absent from builds that say so", () => {
  const place = join(folder, "absent");
  const program = `mod telemetry;

fn main() {
    let setup = telemetry::Setup {
        lang: "python3.11",
        package: telemetry::Package::Python,
        platform: "aarch64-macos",
        version: "1.0.0a1",
    };
    telemetry::setup(&setup, telemetry::Transport::new(|request| println!("{} {}", request.url, request.body)));
    telemetry::init();
    telemetry::app_update();
    println!("{}", telemetry::COMPILED_IN);
}
`;
  beforeAll(() => writeRust(inRust("cocoindex"), place, program));

  /** The program's bytes: its texts, and with them the names of its symbols. */
  const built = (args: readonly string[], kind: string) => {
    expect(cargo(["build", ...args], place)).toBe("");
    const bytes = readFileSync(join(place, "target", kind, "product"), "latin1");
    return TRACES.filter((text) => bytes.includes(text));
  };

  it("a release build has it", () => expect(built(["--release"], "release")).toEqual(TRACES), 300_000);
  it("a debug build has neither a text nor a function of it", () => {
    // The functions that the program calls are there, and empty.
    expect(built([], "debug")).toEqual(["app_update"]);
  }, 300_000);
  it("nor has a release build without the feature", () =>
    expect(built(["--release", "--no-default-features"], "release").filter((one) => one !== "app_update")).toEqual([]));
});

it("is built and checked by CI", () => {
  expect(readFileSync(join(import.meta.dirname, "../../.ci/run"), "utf8")).toContain("cargo");
});
