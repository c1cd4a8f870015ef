import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { cargo, writeRust } from "../rust/client.js";
import { glueOf } from "../rust/glue.js";

/** Builds the program that answers with a contract's Rust client, and returns its path. @param change: what is done to its sources before. */
export function buildRust(model: Model, folder: string, change: () => void = () => undefined): string {
  writeRust(model, folder, "");
  for (const file of ["main.rs", "json.rs"])
    copyFileSync(join(import.meta.dirname, "runners/rust", file), join(folder, "src", file));
  writeFileSync(join(folder, "src/glue.rs"), glueOf(planOf(model)));
  change();
  expect(cargo(["build", "--release"], folder)).toBe("");
  return join(folder, "target/release/product");
}
