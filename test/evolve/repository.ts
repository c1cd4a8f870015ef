import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { casesFolder } from "./read-case.js";

export const spec = readFileSync(join(casesFolder, "promise-added/base.yaml"), "utf8");
export const grown = spec.replace("values: [native, wasm]", "values: [native, wasm, remote]");
export const raised = grown
  .replace("schema_version: 1\nconsent", "schema_version: 2\nconsent")
  .replace("consent_epoch: 1", "consent_epoch: 2")
  .replace("value: 1, from", "value: 2, from")
  .replace("First version. }", "First version. }\n  - { version: 2, change: Remote backends. }");

export function git(folder: string, ...args: string[]): string {
  const done = spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

/** A project whose first commit is released and clean. */
export function released(): string {
  const folder = emptyFolder();
  write(folder, "spec/events.yaml", spec);
  plainsight(folder, ["freeze"]);
  git(folder, "init", "-q", "-b", "main");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "Released");
  return folder;
}

export const check = (folder: string, ...more: string[]) => plainsight(folder, ["check", "--format", "json", ...more]);
export const codes = (out: string) =>
  (JSON.parse(out) as { findings: { code: string; severity: string }[] }).findings
    .map(({ code }) => code)
    .filter((code) => !/^file-|-not-stated$|^output/.test(code));
