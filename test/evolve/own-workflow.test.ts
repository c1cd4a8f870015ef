import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "../support/temp-folder.js";

const clone = temporaryFolder("workflow");
afterAll(() => rmSync(clone, { recursive: true, force: true }));

test("the project's own workflow does in a fresh clone what it says", () => {
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", process.cwd(), clone]);
  // What `npm ci` brings; nothing that a build leaves.
  symlinkSync(join(process.cwd(), "node_modules"), join(clone, "node_modules"));
  const { jobs } = parse(readFileSync(join(process.cwd(), ".github/workflows/telemetry.yml"), "utf8")) as {
    jobs: { contract: { steps: { run?: string }[] } };
  };
  const runs = jobs.contract.steps.flatMap(({ run }) => (run === undefined || run === "npm ci" ? [] : run));
  expect(runs.length).toBeGreaterThan(2);
  const summary = join(clone, "summary.md");
  for (const run of runs) {
    const { status, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", run], {
      cwd: clone,
      encoding: "utf8",
      env: { ...process.env, BASE: "HEAD", GITHUB_STEP_SUMMARY: summary },
    });
    expect({ run, status, stderr }).toEqual({ run, status: 0, stderr: "" });
  }
  expect(readFileSync(summary, "utf8")).toContain("COLLECTS MORE 0");
});
