import { cpSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { openBase, readBase } from "../../generator/evolve/base.js";
import { digestOf } from "../../generator/model/published.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { check, codes, git, grown, raised, released, spec } from "./repository.js";

describe("check --base", () => {
  it("says what it checked, and is content with what was released", () => {
    const folder = released();
    const { out } = plainsight(folder, ["check", "--base", "main"]);
    expect(out).toMatch(/1 contract, 2 events, 7 fields, 2 versions, \d\d rules/);
    expect(codes(check(folder, "--base", "main").out)).toEqual([]);
  });

  it("refuses a value that was added quietly, with and without a base", () => {
    const folder = released();
    write(folder, "spec/events.yaml", grown);
    expect(codes(check(folder, "--base", "main").out)).toEqual(["epoch-not-raised", "version-not-raised"]);
    expect(codes(check(folder).out)).toEqual(["epoch-not-raised", "version-not-raised"]);
    expect(plainsight(folder, ["raise"]).out).toContain("schema_version 1 → 2, consent_epoch 1 → 2");
    expect(codes(check(folder, "--base", "main").out)).toEqual([]);
  });

  it("sees through an edited, a deleted and a forged release", () => {
    const folder = released();
    const frozen = join(folder, "spec/frozen/v1.json");
    write(folder, "spec/events.yaml", grown);
    const text = readFileSync(frozen, "utf8");
    const edited = text.replaceAll('["native", "wasm"]', '["native", "wasm", "remote"]');
    writeFileSync(frozen, edited);
    expect(codes(check(folder).out)).toEqual(["frozen-damaged"]);
    // With the digest of what it says now, too.
    const { $comment: _comment, format: _format, digest: _digest, ...written } = JSON.parse(edited);
    writeFileSync(frozen, edited.replace(/"digest": "[^"]*"/, `"digest": "${digestOf(written)}"`));
    expect(codes(check(folder).out)).not.toContain("frozen-edited");
    expect(codes(check(folder, "--base", "main").out)).toContain("frozen-edited");
    rmSync(frozen);
    expect(codes(check(folder, "--base", "main").out)).toEqual(
      expect.arrayContaining(["support-removed", "nothing-frozen", "version-not-raised"]),
    );
    git(folder, "checkout", "-q", "spec/events.yaml");
    const markdown = plainsight(folder, ["diff", "--base", "main", "--format", "markdown"]).out;
    expect(markdown).toContain("`support-removed`");
    expect(markdown).not.toContain("No contract changed");
    writeFileSync(frozen, "{}");
    expect(codes(check(folder).out)).toEqual(["frozen-damaged"]);
    expect(plainsight(folder, ["diff", "--base", "main"]).out).toMatch(
      /no changes\n\nerror frozen-damaged: spec\/frozen\/v1\.json can't be read: [^\n]*\n$/,
    );
    expect(plainsight(folder, ["diff"]).err).toContain("error frozen-damaged");
  });

  it.each([
    ["folder", "spec", "contract"],
    ["file", "spec/events.yaml", "contract.yaml"],
  ])("follows a link to the %s in the commit: behind it, too, what was released can't be edited", (_, link, target) => {
    const folder = released();
    renameSync(join(folder, link), join(folder, target));
    symlinkSync(relative(dirname(link), target), join(folder, link));
    git(folder, "add", "-A");
    git(folder, "commit", "-qm", "A link");
    write(folder, "spec/events.yaml", grown);
    rmSync(join(folder, "spec/frozen/v1.json"));
    expect(plainsight(folder, ["freeze"]).code).toBe(0);
    expect(codes(check(folder, "--base", "main").out)).toEqual([
      "epoch-not-raised",
      "version-not-raised",
      "frozen-edited",
    ]);
  });

  it("says so where the commit has only a link or a submodule in its place, and takes nothing for new", () => {
    const folder = released();
    const elsewhere = join(emptyFolder(), "spec");
    cpSync(join(folder, "spec"), elsewhere, { recursive: true });
    git(folder, "rm", "-rq", "spec");
    symlinkSync(elsewhere, join(folder, "spec"));
    git(folder, "add", "-A");
    git(folder, "commit", "-qm", "A link");
    expect(plainsight(folder, ["check", "--base", "main"]).out).toContain(
      `The base "main" can't be read: spec/events.yaml is behind a link that leads out of the repository, or nowhere.`,
    );
    git(folder, "rm", "-q", "--cached", "spec");
    git(folder, "update-index", "--add", "--cacheinfo", `160000,${git(folder, "rev-parse", "HEAD").trim()},spec`);
    git(folder, "commit", "-qm", "A submodule");
    expect(plainsight(folder, ["check", "--base", "main"]).out).toContain(
      `The base "main" can't be read: spec is a submodule: compare it in a repository of its own.`,
    );
  });

  it("sees a growth that was split into two steps", () => {
    const folder = released();
    write(folder, "spec/events.yaml", raised);
    git(folder, "commit", "-qam", "A second version, not released yet");
    write(folder, "spec/events.yaml", raised.replace("consent_epoch: 2", "consent_epoch: 1"));
    expect(codes(check(folder, "--base", "main").out)).toEqual(["epoch-not-raised"]);
  });

  it.each([
    ["no such commit", "nowhere"],
    ["an option of git's", "--upload-pack=touch pwned"],
    ["two names", "main\nmain"],
    ["a file", "main:spec/events.yaml"],
  ])("can't run against %s: exit code 2", (_what, ref) => {
    const { code, out } = check(released(), `--base=${ref}`);
    expect(code).toBe(2);
    expect(codes(out)).toEqual(["baseline-unreadable"]);
  });

  it("can't run where there is no repository: exit code 2", () => {
    const bare = emptyFolder();
    write(bare, "spec/events.yaml", spec);
    expect(check(bare, "--base", "main")).toMatchObject({ code: 2 });
  });

  it("compares with where the branch left, and with the tip only where that is asked for", () => {
    const folder = released();
    git(folder, "checkout", "-qb", "other");
    git(folder, "checkout", "-q", "main");
    write(folder, "spec/events.yaml", raised);
    plainsight(folder, ["freeze"]);
    git(folder, "add", ".");
    git(folder, "commit", "-qm", "A second version");
    git(folder, "checkout", "-q", "other");
    expect(codes(check(folder, "--base", "main").out)).toEqual([]);
    expect(plainsight(folder, ["diff", "--base", "main"]).out).toContain("no changes");
    expect(codes(check(folder, "--base-exact", "main").out)).toEqual(["support-removed"]);
    expect(plainsight(folder, ["diff", "--base-exact", "main"]).out).toMatch(/^COLLECTS MORE 0 · COLLECTS LESS 1/);
  });

  it("can't compare with a commit that nothing has in common with this one", () => {
    const folder = released();
    git(folder, "checkout", "-q", "--orphan", "alone");
    git(folder, "commit", "-qm", "Begun anew");
    const { code, out } = check(folder, "--base", "main");
    expect([code, codes(out)]).toEqual([2, ["baseline-unreadable"]]);
    expect(out).toContain("--base-exact");
    expect(codes(check(folder, "--base-exact", "main").out)).toEqual([]);
  });

  describe("a base that this version can't read", () => {
    /** Its spec is no contract to us; what was released of it is, unless it is given. */
    function broken(frozen?: string): string {
      const folder = released();
      write(folder, "spec/events.yaml", spec.replace("telemetry_spec: 1", "telemetry_spec: 1\nevent_key: event"));
      if (frozen !== undefined) write(folder, "spec/frozen/v1.json", frozen);
      git(folder, "commit", "-qam", "As an older version wrote it");
      write(folder, "spec/events.yaml", spec);
      rmSync(join(folder, "spec/frozen/v1.json"));
      plainsight(folder, ["freeze"]);
      plainsight(folder, ["gen"]);
      return folder;
    }

    it("is said to be so, and its releases still count: who mends it is green", () => {
      const folder = broken();
      const { out } = check(folder, "--base", "main");
      // Warnings of the contract itself apart.
      expect(codes(out)).toEqual([]);
      expect(JSON.parse(out).notes[0]).toMatch(
        /^spec\/events.yaml on main can't be read by this version of plainsight \(unknown-key: .*\)\. It was held against what was released: v1\.$/,
      );
      const told = plainsight(folder, ["diff", "--base", "main"]).out;
      expect(told).toMatch(/^COLLECTS MORE 1 /);
      expect(told).toContain("base-not-understood: COLLECTS MORE: spec/events.yaml on main can't be read");
      write(folder, "spec/events.yaml", grown);
      expect(codes(check(folder, "--base", "main").out)).toEqual(["epoch-not-raised", "version-not-raised"]);
    });

    it("all counts as new where its releases can't be read either; but none may be left out", () => {
      const folder = broken("{}");
      expect(codes(check(folder, "--base", "main").out)).toEqual([]);
      const told = plainsight(folder, ["diff", "--base", "main"]).out;
      expect(told).toContain("all of it is shown as new");
      expect(told).toContain('"index" will be reported');
      rmSync(join(folder, "spec/frozen/v1.json"));
      expect(codes(check(folder, "--base", "main").out)).toEqual(["nothing-frozen", "support-removed"]);
    });
  });

  it("takes a contract that the base has not for new as a whole", () => {
    const folder = released();
    write(folder, "spec/systems/other/events.yaml", spec.replaceAll("~/.tool/", "~/.other/"));
    const { out } = plainsight(folder, ["diff", "--base", "main"]);
    expect(out).toMatch(/^COLLECTS MORE [4-9]/);
    expect(out).toContain("event-added: COLLECTS MORE");
    expect(out).toContain(`This contract is new:
    On until somebody says no; turned off by "tool telemetry off", DO_NOT_TRACK, TOOL_TELEMETRY and stored.
    Sent to https://telemetry.tool.example/v1/events, run by Tool (first party); the sender's address is discarded.
    machine_id tells one machine from another.
    Kept for 90d.
    2 events and 7 fields; open text in none.
    One of them can carry `);
    expect(codes(check(folder, "--base", "main").out)).toEqual([]);
    git(folder, "add", ".");
    git(folder, "commit", "-qm", "Another contract");
    expect(codes(check(folder, "--base", "main").out)).toEqual(["nothing-frozen"]);
  });

  it.each([
    ["HEAD", 1],
    ["main", 2],
  ])("reads all of %s with %i git processes", (ref, processes) => {
    const folder = released();
    const trace = join(folder, "trace");
    process.env["GIT_TRACE2_EVENT"] = trace;
    try {
      const request = { source: "spec/events.yaml", highest: 1 };
      const opened = openBase({ ref, exact: false }, folder, [request, request, request]);
      const bases = "code" in opened ? [] : opened.files.map(readBase);
      expect(bases.map(({ model, frozen }) => [model?.schemaVersion, frozen.length])).toEqual([
        [1, 1],
        [1, 1],
        [1, 1],
      ]);
    } finally {
      delete process.env["GIT_TRACE2_EVENT"];
    }
    expect(readFileSync(trace, "utf8").match(/"event":"start"/g)).toHaveLength(processes);
  });

  it.each(["spec/old", "spec/systems/gone", "spec/frozen/inner", "spec/ä b/c"])(
    "misses what was released in %s, whose folder is here no more",
    (place) => {
      const folder = released();
      write(folder, `${place}/frozen/v1.json`, readFileSync(join(folder, "spec/frozen/v1.json"), "utf8"));
      git(folder, "add", ".");
      git(folder, "commit", "-qm", "Another");
      rmSync(join(folder, place), { recursive: true });
      const { out } = check(folder, "--base", "main");
      expect(codes(out)).toEqual(["support-removed"]);
      expect(out).toContain(`${place}/events.yaml has released versions on main, and is not here.`);
    },
  );
});

it("a contract under another name doesn't begin anew: what was released is missed", () => {
  const folder = released();
  write(folder, "spec/systems/other/events.yaml", grown);
  rmSync(join(folder, "spec/events.yaml"));
  rmSync(join(folder, "spec/frozen"), { recursive: true });
  plainsight(folder, ["freeze"]);
  plainsight(folder, ["gen"]);
  const { code, out } = check(folder, "--base", "main");
  expect(code).toBe(1);
  expect(codes(out)).toEqual(["support-removed"]);
  expect(out).toContain("spec/events.yaml has released versions on main, and is not here.");
  const told = plainsight(folder, ["diff", "--base", "main"]);
  expect(told.code).toBe(0);
  expect(told.out).toMatch(/^COLLECTS MORE \d+ · COLLECTS LESS \d+ · SAME DATA \d+ · DOCS \d+ · REFUSED 1\n/);
  expect(told.out).toContain(`spec/events.yaml  v1 (main) → nothing, consent epoch 1 → 0

spec/events.yaml: support-removed: REFUSED: spec/events.yaml has released versions on main, and is not here. What clients ≤ v1 send would no longer be accepted.
    before  v1
    after   gone
    who     everybody who has not turned telemetry off
`);
});
