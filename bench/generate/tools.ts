import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const top = join(import.meta.dirname, "../..");
const modules = join(top, "bench/node_modules");

/** Everything of the bench lies below it, and goes with it. */
export const home = mkdtempSync(join(tmpdir(), "plainsight-bench-"));
process.on("exit", () => rmSync(home, { recursive: true, force: true }));

/** V8's compiled code of the tool's scripts. */
const COMPILED = /^(analyze|command|draft|generate)-/;

/** The command as it is shipped, in a copy of one's own: what it keeps for the next run is ours to take away. */
export interface Tool {
  readonly command: readonly string[];
  /** Takes away what earlier runs left. V8's compiled code is no work on contracts: it goes only with `everything`. */
  readonly forget: (everything?: boolean) => void;
}

export function shipped(): Tool {
  const dist = join(mkdtempSync(join(home, "tool-")), "dist");
  cpSync(join(top, "dist"), dist, { recursive: true, filter: (name) => !name.endsWith(".cache") });
  return toolIn(dist);
}

/** The same tool with the five targets that a contract began with: no telemetry.html, no dashboards. */
export function withFiveTargets(): Tool {
  const copy = mkdtempSync(join(home, "tool-"));
  for (const name of ["generator", "templates", "package.json", "package-lock.json"])
    cpSync(join(top, name), join(copy, name), { recursive: true });
  symlinkSync(join(top, "node_modules"), join(copy, "node_modules"));
  const list = join(copy, "generator/targets/index.ts");
  const lines = readFileSync(list, "utf8").split("\n");
  const kept = lines.filter((line) => !/\b(html|dashboards)Target\b/.test(line));
  if (lines.length - kept.length !== 4) throw new Error("The list of targets is not what this bench knows.");
  writeFileSync(list, kept.join("\n"));
  execFileSync(process.execPath, [join(copy, "generator/build.mjs")], { stdio: "pipe" });
  return toolIn(join(copy, "dist"));
}

function toolIn(dist: string): Tool {
  const cache = join(dist, ".cache");
  return {
    command: [process.execPath, join(dist, "plainsight.mjs")],
    forget: (everything = false) => {
      if (!existsSync(cache)) return;
      for (const name of readdirSync(cache))
        if (everything || !COMPILED.test(name)) rmSync(join(cache, name), { recursive: true });
    },
  };
}

/** A project of one contract. */
export function project(yaml: string): string {
  const folder = mkdtempSync(join(home, "project-"));
  mkdirSync(join(folder, "spec"));
  writeSpec(folder, yaml);
  return folder;
}

export function writeSpec(folder: string, yaml: string): void {
  writeFileSync(join(folder, "spec/events.yaml"), yaml);
}

/** Takes away what was generated. */
export function clear(folder: string): void {
  for (const name of ["generated", "TELEMETRY.md"]) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Peers' own commands, started as their packages' scripts start them: by Node, and never through `npx`, which costs half a second. */
export const node = (path: string, ...words: readonly string[]) => [process.execPath, join(modules, path), ...words];

/** buf's own program, without the script around it, which is a Node start of its own. */
export function buf(...words: readonly string[]): readonly string[] {
  const platform = `${process.platform}-${process.arch === "arm64" && process.platform === "linux" ? "aarch64" : process.arch}`;
  return [join(modules, `@bufbuild/buf-${platform}/bin/buf`), ...words];
}
