import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../support/temp-folder.js";

const top = join(import.meta.dirname, "../..");

/** The command as it is shipped: the run's own copy, so that nobody builds another in the middle of a test. */
export const binary = join(process.env["TMPDIR"] ?? "", "dist", "plainsight.mjs");

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for one test. */
export function emptyFolder(): string {
  return temporaryFolder();
}

/** A stranger's project with one small contract. */
export function smallProject(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "spec"));
  writeFileSync(join(folder, "spec/events.yaml"), smallSpec());
  return folder;
}

/** This project's five contracts in a folder of their own. */
export function fiveContracts(): string {
  const folder = emptyFolder();
  cpSync(join(top, "spec"), join(folder, "spec"), { recursive: true });
  return folder;
}

export function smallSpec(): string {
  return readFileSync(join(top, "spec/events.yaml"), "utf8");
}

/** Runs the command in a folder, as a process of its own. */
export function plainsight(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  script: string = binary,
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    encoding: "utf8",
    timeout: 150_000,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

/** Every file below some folders: path → text. The spec is left out, and what a run keeps for itself. */
export function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(
      (name) => !name.startsWith("spec") && !name.includes(".plainsight") && statSync(join(folder, name)).isFile(),
    )
    .sort();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

export function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
