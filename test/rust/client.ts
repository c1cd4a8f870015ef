import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../generator/model/model.js";
import { readRuntime } from "../../generator/output/read-runtime.js";
import { rustTarget } from "../../generator/targets/rust/rust.js";
import { contract } from "../targets/five.js";

const root = join(import.meta.dirname, "../..");
export const rustTemplates = Object.fromEntries(
  readRuntime(join(root, "templates/rust")).map(({ path, text }) => [path, text]),
);

/** The same contract with a client in Rust. */
export function withRust(model: Model): Model {
  return { ...model, clients: { ...model.clients, rust: { at: model.at } } };
}

export function inRust(product: string): Model {
  return withRust(contract(product));
}

/** Makes a crate of this folder, of which the client is a module. @param program its `main.rs`; without one it is a library. */
export function writeRust(model: Model, folder: string, program?: string): void {
  const place = join(folder, "src/telemetry");
  mkdirSync(place, { recursive: true });
  // The oldest that is promised: what is newer in the language clippy finds.
  writeFileSync(
    join(folder, "Cargo.toml"),
    `[package]\nname = "product"\nversion = "0.1.0"\nedition = "2021"\nrust-version = "1.74"\n\n[features]\ndefault = ["telemetry"]\ntelemetry = []\n`,
  );
  writeFileSync(
    join(folder, program === undefined ? "src/lib.rs" : "src/main.rs"),
    program ?? "//! A product.\n\npub mod telemetry;\n",
  );
  for (const { path, text } of rustTarget.generate(model, rustTemplates))
    writeFileSync(join(place, path.replace(/^.*\//, "")), text);
}

/** A release build, in which telemetry is; nobody waits for it to be a fast one. */
export const QUICK = { CARGO_PROFILE_RELEASE_OPT_LEVEL: "0", CARGO_PROFILE_RELEASE_INCREMENTAL: "true" };

/** Runs `cargo` and returns what it says: nothing where all is well. */
export function cargo(
  [command = "", ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): string {
  const { stdout, stderr, status, error } = spawnSync("cargo", [command, "--offline", "--quiet", ...args, ...more], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CARGO_TARGET_DIR: join(cwd, "target"), ...env },
  });
  return status === 0 ? "" : `${error ?? ""}${stdout}${stderr}`;
}

/** Returns what rustfmt would change of a file and its modules. */
export function formatted(path: string): string {
  const { stdout, stderr, error } = spawnSync("rustfmt", ["--edition", "2021", "--check", path], { encoding: "utf8" });
  return `${error ?? ""}${stdout}${stderr}`;
}

/** Returns whether there is a Rust here; in CI there must be one. */
export function hasRust(): boolean {
  return ["cargo", "rustfmt", "cargo-clippy"].every(
    (program) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0,
  );
}
