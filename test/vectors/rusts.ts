import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { distinct } from "../../generator/targets/rust/distinct.js";
import { cargo, QUICK, writeRust } from "../rust/client.js";
import { glueOf, identifyOf } from "../rust/glue.js";

/** Builds the program that answers with a contract's Rust client, and returns its path. @param change: what is done to its sources before. */
export function buildRust(model: Model, folder: string, change: () => void = () => undefined): string {
  writeRust(model, folder, "");
  for (const file of ["main.rs", "json.rs"])
    copyFileSync(join(import.meta.dirname, "runners/rust", file), join(folder, "src", file));
  const plan = distinct(planOf(model));
  writeFileSync(join(folder, "src/glue.rs"), glueOf(plan));
  // A question that no program can ask.
  for (const [file, code] of Object.entries(identifyOf(plan)))
    appendFileSync(join(folder, "src/telemetry", file), code);
  // A clock that stands where a case says.
  const runtime = join(folder, "src/telemetry/runtime.rs");
  const clock = "fn clock() -> u64 {\n";
  const set = `${clock}    if let Some(now) = std::env::var("TEST_CLOCK").ok().and_then(|now| now.parse().ok()) {\n        return now;\n    }\n`;
  writeFileSync(runtime, readFileSync(runtime, "utf8").replace(clock, set));
  change();
  expect(cargo(["build", "--release"], folder, QUICK)).toBe("");
  return join(folder, "target/release/product");
}
