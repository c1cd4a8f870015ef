import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../generator/model/model.js";
import { readRuntime } from "../../generator/output/read-runtime.js";
import { goTarget } from "../../generator/targets/go/go.js";
import { read } from "../targets/five.js";

const root = join(import.meta.dirname, "../..");
const goTemplates = Object.fromEntries(readRuntime(join(root, "templates/go")).map(({ path, text }) => [path, text]));

/** Those of the five whose contracts the Go client can carry out. */
export const IN_GO = ["codegraph", "cozystack", "cocoindex", "docglow", "jina"] as const;

/** The same contract with a client in Go. */
export function withGo(model: Model): Model {
  return { ...model, clients: { ...model.clients, go: { at: model.at } } };
}

/** CodeGraph's asks for Node's version, which no program in Go has: here its program gives it. */
export function inGo(product: string): Model {
  const path = product === "codegraph" ? "spec/events.yaml" : `spec/systems/${product}/events.yaml`;
  return withGo(read(readFileSync(join(root, path), "utf8").replace("from: node-major", "from: setup"), path));
}

/** Makes a module of this folder, of which the client is a package. @returns the package's folder. */
export function writeGo(model: Model, folder: string): string {
  const place = join(folder, "telemetry");
  mkdirSync(place, { recursive: true });
  // The oldest that is promised: what is newer in the language is refused.
  writeFileSync(join(folder, "go.mod"), "module example.test/product\n\ngo 1.22\n");
  for (const { path, text } of goTarget.generate(model, goTemplates))
    writeFileSync(join(place, path.replace(/^.*\//, "")), text);
  return place;
}

/** The whole runtime beside a client, of which no contract needs everything. */
export function writeWholeRuntime(place: string): void {
  for (const [path, text] of Object.entries(goTemplates))
    if (path.startsWith("runtime/")) writeFileSync(join(place, `zz_plainsight_${path.slice("runtime/".length)}`), text);
}

/** A program that answers vectors is built in less time than a fast one. */
export const QUICK = ["-gcflags=example.test/...=-N -l", "-ldflags=-w"] as const;

/** Runs `go` and returns what it says: nothing where all is well. */
export function go(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): string {
  return run("go", args, cwd, env);
}

export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const { stdout, stderr, status, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    // Built for the module's own Go, never with one that would have to be fetched.
    env: { ...process.env, GOTOOLCHAIN: "local", GOFLAGS: "-mod=mod", ...env },
  });
  return status === 0 ? "" : `${error ?? ""}${stdout}${stderr}`;
}

/** Runs a program and returns its lines. */
export function listed(program: string, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  return `${error ?? ""}${stdout}${stderr}`;
}

/** Returns whether there is a Go here; in CI there must be one. */
export function hasGo(): boolean {
  return spawnSync("go", ["version"], { stdio: "ignore" }).status === 0;
}

/** Returns the folder where `.ci/run` puts staticcheck; PLAINSIGHT_GO_TOOLS names another folder. */
export function staticcheck(): string | undefined {
  const folder = process.env["PLAINSIGHT_GO_TOOLS"] ?? join(root, ".go/bin");
  const path = join(folder, "staticcheck");
  return existsSync(path) ? path : undefined;
}

/** A generated file without its marker: tools look away from what is generated. */
export function withoutMarker(path: string): void {
  writeFileSync(path, readFileSync(path, "utf8").replace(/^\/\/ Code generated .*\n\n/, ""));
}
