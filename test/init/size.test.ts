import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";

const root = temporaryFolder("size");
const plainsight = (...args: readonly string[]) =>
  execFileSync(process.execPath, [join(process.cwd(), "dist/plainsight.mjs"), ...args], {
    cwd: root,
    encoding: "utf8",
  });

/** Every file of the project, by path. */
function files(): ReadonlyMap<string, string> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

it("a contract brings only what it uses: the one that init writes is a small change to review", () => {
  const url = "https://telemetry.example.com/v1/events";
  plainsight("init", "--yes", "--product", "my-tool", "--url", url, "--consent", "opt-in");
  plainsight("gen", "--language", "js");
  const all = files();
  const lines = [...all.values()].reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  console.log(`init's contract: ${all.size} files, ${lines} lines`);
  expect(all.size).toBeLessThanOrEqual(70);
  expect(lines).toBeLessThanOrEqual(5_000);
  // Read by strangers, and not made small by long lines: what is long is data.
  const long = [...all].flatMap(([path, text]) =>
    /runtime\/.*\.js$/.test(path) ? text.split("\n").filter((line) => line.length > 200) : [],
  );
  expect(long).toEqual([]);
});

it("one more field is ten files to review at most, whatever type it has", () => {
  const before = files();
  const spec = before.get("spec/events.yaml") ?? "";
  const field =
    "      shell: { type: enum, values: [bash, zsh, other], otherwise: other, why: Which shells to test in. }\n";
  writeFileSync(
    join(root, "spec/events.yaml"),
    spec.replace(/^ {6}ok: .*\n/m, (line) => line + field),
  );
  plainsight("gen", "--language", "js");
  const touched = [...files()].flatMap(([path, text]) => (before.get(path) === text ? [] : [path]));
  expect(touched.filter((path) => path !== "spec/events.yaml").sort()).toEqual([
    "TELEMETRY.md",
    "generated/client/telemetry.d.ts",
    "generated/client/telemetry.js",
    "generated/client/types.d.ts",
    "generated/dashboards/views.sqlite.sql",
    "generated/schema/command_run.schema.json",
    "generated/test/golden.js",
    "generated/worker/allowlist.js",
    "generated/worker/pages.js",
    "generated/worker/validators.js",
  ]);
});
