import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { casesFolder } from "./read-case.js";

const spec = readFileSync(join(casesFolder, "promise-added/base.yaml"), "utf8");
const workflow =
  "name: telemetry\non: pull_request\njobs: { c: { steps: [{ run: npx plainsight check --base main }] } }\n";

function project(): string {
  const folder = emptyFolder();
  write(folder, "spec/events.yaml", spec);
  plainsight(folder, ["freeze"]);
  write(folder, ".gitattributes", "* text=auto\n");
  write(folder, ".github/CODEOWNERS", "/spec/ @privacy\n");
  write(folder, ".github/workflows/telemetry.yml", workflow);
  write(folder, ".github/workflows/docs.yml", "name: docs\n");
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "."],
    ["commit", "-qm", "Released"],
  ])
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: folder });
  return folder;
}

interface Diff {
  readonly contracts: readonly {
    readonly findings: readonly { readonly id: string; readonly sentence: string; readonly after: string }[];
  }[];
}
const guards = (folder: string) =>
  (JSON.parse(plainsight(folder, ["diff", "--base", "main", "--json"]).out) as Diff).contracts
    .flatMap(({ findings }) => findings)
    .filter(({ id }) => id === "guard-changed")
    .map(({ sentence }) => sentence);

it("nothing is said while nothing guards less", () => expect(guards(project())).toEqual([]));

it.each<readonly [string, (folder: string) => void, string]>([
  [
    "what Git shows",
    (folder) => write(folder, ".gitattributes", "* text=auto\nspec/** -diff\n"),
    ".gitattributes, which guards the contract, changed.",
  ],
  [
    "whom it asks",
    (folder) => rmSync(join(folder, ".github/CODEOWNERS")),
    ".github/CODEOWNERS, which guards the contract, is gone.",
  ],
  [
    "what CI runs",
    (folder) => write(folder, ".github/workflows/telemetry.yml", "name: telemetry\njobs: {}\n"),
    ".github/workflows/telemetry.yml, which guards the contract, changed.",
  ],
  [
    "a second file of owners, which Git reads first",
    (folder) => write(folder, "CODEOWNERS", "* @nobody\n"),
    "CODEOWNERS, which guards the contract, is new.",
  ],
])("%s", (_, change, sentence) => {
  const folder = project();
  change(folder);
  expect(guards(folder)).toEqual([sentence]);
});

it("what guards a repository lies at its top, of which the project may be a folder", () => {
  const top = emptyFolder();
  const folder = join(top, "tools/a b");
  write(folder, "spec/events.yaml", spec);
  plainsight(folder, ["freeze"]);
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "."],
    ["commit", "-qm", "Released"],
  ])
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: top });
  expect(guards(folder)).toEqual([]);
  write(top, "docs/CODEOWNERS", "* @nobody\n");
  expect(guards(folder)).toEqual(["docs/CODEOWNERS, which guards the contract, is new."]);
});

it("a workflow that has nothing to do with it is none", () => {
  const folder = project();
  write(folder, ".github/workflows/docs.yml", "name: documents\n");
  expect(guards(folder)).toEqual([]);
});

it("what is being released must be frozen", () => {
  const folder = project();
  expect(plainsight(folder, ["freeze", "--check"])).toMatchObject({ code: 0 });
  write(folder, "spec/events.yaml", spec.replace("values: [native, wasm]", "values: [native, wasm, remote]"));
  const { code, err, out } = plainsight(folder, ["freeze", "--check"]);
  expect(err + out).toContain("spec/events.yaml is not what spec/frozen/v1.json says");
  expect(code).toBe(1);
  rmSync(join(folder, "spec/frozen"), { recursive: true });
  write(folder, "spec/events.yaml", spec);
  const unfrozen = plainsight(folder, ["freeze", "--check"]);
  expect(unfrozen.err + unfrozen.out).toContain("version 1 of spec/events.yaml is not frozen: run plainsight freeze");
  expect(unfrozen.code).toBe(1);
});
