import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mergeHunks } from "../../generator/evolve/merge-hunks.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { baseText, changed, type Edit } from "./sneak.js";

const spec = "spec/events.yaml";

function git(folder: string, ...args: string[]): { status: number | null; out: string } {
  const done = spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status: done.status, out: `${done.stdout}${done.stderr}` };
}

const read = (folder: string) => readFileSync(join(folder, spec), "utf8");

/** A branch on which somebody changed the contract and raised its numbers, saying what for. */
function branch(folder: string, name: string, edits: readonly Edit[], ...raise: string[]): void {
  git(folder, "checkout", "-qb", name, "main");
  write(folder, spec, changed(read(folder), edits));
  plainsight(folder, ["raise", ...raise]);
  git(folder, "commit", "-qam", name);
}

/** A released contract, and a merge of two branches that stops in it. */
function merged(ours: readonly Edit[], theirs: readonly Edit[], released = true): string {
  const folder = emptyFolder();
  write(folder, spec, baseText);
  if (released) plainsight(folder, ["freeze"]);
  git(folder, "init", "-q", "-b", "main");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "Released");
  branch(folder, "theirs", theirs, ...(released ? [] : ["--base-exact", "main"]));
  branch(folder, "ours", ours, ...(released ? [] : ["--base-exact", "main"]));
  expect(git(folder, "merge", "theirs").status).toBe(1);
  return folder;
}

const remote: Edit = ["[native, wasm]", "[native, wasm, remote]"];
const cloud: Edit = ["[native, wasm]", "[native, wasm, cloud]"];
const field = (name: string): Edit => [
  "      full: {",
  `      ${name}: { type: bool, optional: true, why: Whether ${name}. }\n      full: {`,
];
const codes = (folder: string) =>
  (
    JSON.parse(plainsight(folder, ["check", "--json"]).out) as { findings: { code: string; severity: string }[] }
  ).findings.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));

describe("two pull requests that both add", () => {
  it.each<[string, Edit, Edit, readonly string[]]>([
    ["at different places", remote, field("deep"), ["[native, wasm, remote]", "deep: {"]],
    ["at the same place", field("deep"), field("wide"), ["deep: {", "wide: {"]],
    ["to the same list", remote, cloud, ["[native, wasm, remote, cloud]"]],
  ])("%s are one version with both lines of history", (_name, ours, theirs, there) => {
    const folder = merged([ours], [theirs]);
    const { code, out } = plainsight(folder, ["resolve"]);
    expect([code, out]).toEqual([
      0,
      expect.stringContaining("~ spec/events.yaml  schema_version 2, consent_epoch 2: "),
    ]);
    const text = read(folder);
    for (const one of [...there, "schema_version: 2\n", "consent_epoch: 2\n", "value: 2, from"])
      expect(text).toContain(one);
    expect(text.match(/version: 2, change: .*/g)).toHaveLength(1);
    const entry = /version: 2, change: (".*") }/.exec(text)?.[1] ?? '""';
    for (const one of there) expect(JSON.parse(entry)).toContain(/deep|wide|remote|cloud/.exec(one)?.[0]);
    expect(text).not.toMatch(/^[<=>|]{7}/m);
    expect(codes(folder)).toEqual([]);
    git(folder, "add", ".");
    expect(git(folder, "commit", "-qm", "Merged").status).toBe(0);
  });

  it("of which one is released meanwhile are two versions", () => {
    const folder = emptyFolder();
    write(folder, spec, baseText);
    plainsight(folder, ["freeze"]);
    git(folder, "init", "-q", "-b", "main");
    git(folder, "add", ".");
    git(folder, "commit", "-qm", "Released");
    branch(folder, "theirs", [cloud]);
    plainsight(folder, ["freeze"]);
    git(folder, "add", ".");
    git(folder, "commit", "-qm", "Released again");
    branch(folder, "ours", [remote]);
    expect(git(folder, "merge", "theirs").status).toBe(1);
    expect(plainsight(folder, ["resolve"])).toMatchObject({ code: 0 });
    const text = read(folder);
    expect(text).toMatch(/version: 2, change: .*cloud.*\n.*version: 3, change: .*remote/);
    for (const one of ["schema_version: 3\n", "consent_epoch: 3\n", "value: 3, from", "[native, wasm, remote, cloud]"])
      expect(text).toContain(one);
    expect(codes(folder)).toEqual([]);
  });

  it("before anything is released are one draft", () => {
    const folder = merged([remote], [cloud], false);
    expect(plainsight(folder, ["resolve"])).toMatchObject({ code: 0 });
    expect(read(folder)).toContain("[native, wasm, remote, cloud]");
    expect(read(folder).match(/version: 2, change: .*/g)).toHaveLength(1);
  });

  it("leave to a person what both changed", () => {
    const folder = merged(
      [["max: 10, example: 3", "max: 5, example: 3"], remote],
      [["max: 10, example: 3", "max: 8, example: 3"], cloud],
    );
    const { code, err } = plainsight(folder, ["resolve"]);
    expect(code).toBe(1);
    expect(err).toContain("1 place is changed on both sides and not only added to");
    const text = read(folder);
    expect(text).toMatch(
      /^<{7} ours\n.*max: 5[\s\S]*^\|{7} base\n.*max: 10[\s\S]*^={7}\n.*max: 8[\s\S]*^>{7} theirs$/m,
    );
    expect(text).toContain("[native, wasm, remote, cloud]");
    write(folder, spec, text.replace(/<{7} ours\n(.*\n)\|{7}[\s\S]*?>{7} theirs\n/, "$1"));
    expect(plainsight(folder, ["resolve", "--decided"])).toMatchObject({ code: 0 });
    expect(read(folder)).toMatch(/version: 2, change: .*remote.*cloud/);
    expect(codes(folder)).toEqual([]);
  });

  it("that both froze their version say so", () => {
    const folder = emptyFolder();
    write(folder, spec, baseText);
    git(folder, "init", "-q", "-b", "main");
    git(folder, "add", ".");
    git(folder, "commit", "-qm", "A draft");
    for (const [name, edit] of [
      ["theirs", cloud],
      ["ours", remote],
    ] as const) {
      git(folder, "checkout", "-qb", name, "main");
      write(folder, spec, changed(read(folder), [edit]));
      plainsight(folder, ["freeze"]);
      git(folder, "add", ".");
      git(folder, "commit", "-qm", name);
    }
    expect(git(folder, "merge", "theirs").status).toBe(1);
    const { code, err } = plainsight(folder, ["resolve"]);
    expect([code, err]).toEqual([1, expect.stringContaining("spec/frozen/v1.json was frozen on both sides.")]);
  });

  it("are nothing to resolve where there is no conflict, and no repository is none either", () => {
    const folder = emptyFolder();
    write(folder, spec, baseText);
    expect(plainsight(folder, ["resolve"])).toMatchObject({ code: 2 });
    git(folder, "init", "-q");
    expect(plainsight(folder, ["resolve"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("No contract is in conflict."),
    });
    rmSync(folder, { recursive: true });
  });
});

describe("a conflict", () => {
  const mark = (sign: string) => sign.repeat(41);
  const of = (base: string, ours: string, theirs: string) =>
    `a\n${mark("<")} o\n${ours}${mark("|")} b\n${base}${mark("=")}\n${theirs}${mark(">")} t\nz\n`;
  it.each([
    ["two lines", of("", "x\n", "y\n"), "a\nx\ny\nz\n", 0],
    ["the same line", of("", "x\n", "x\n"), "a\nx\nz\n", 0],
    ["a line before and one behind", of("m\n", "x\nm\n", "m\ny\n"), "a\nx\nm\ny\nz\n", 0],
    ["words of one line", of("[p, q]\n", "[p, q, r]\n", "[o, p, q]\n"), "a\n[o, p, q, r]\nz\n", 0],
    [
      "a line that is gone",
      of("m\n", "", "m\ny\n"),
      `a\n${"<".repeat(7)} ours\n${"|".repeat(7)} base\nm\n=======\nm\ny\n>>>>>>> theirs\nz\n`,
      1,
    ],
  ])("of %s", (_name, text, expected, conflicts) => expect(mergeHunks(text)).toEqual({ text: expected, conflicts }));
});
