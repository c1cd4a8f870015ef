import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { hasRealPart } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";

const folder = import.meta.dirname;
const recipes = ["plain", "commander", "yargs", "citty", "oclif"];
// Inside a folder from which the packages are found.
const out = join(process.cwd(), "node_modules/.cache/plainsight-recipes");

const built = (recipe: string) => join(out, recipe, "main.js");

beforeAll(async () => {
  await Promise.all(
    [...recipes, "clack"].map(async (recipe) => {
      const sources = readdirSync(join(folder, recipe)).filter((name) => name.endsWith(".ts"));
      await build({
        entryPoints: sources.map((name) => join(folder, recipe, name)),
        bundle: true,
        packages: "external",
        platform: "node",
        format: "esm",
        target: "node20",
        outdir: join(out, recipe),
        logLevel: "error",
      });
      const own = join(folder, recipe, "package.json");
      if (existsSync(own)) copyFileSync(own, join(out, recipe, "package.json"));
      else writeFileSync(join(out, recipe, "package.json"), '{ "type": "module" }');
    }),
  );
});

/** Runs a program in a home of its own. */
function run(recipe: string, args: readonly string[], home = temporaryFolder("recipe")) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [built(recipe), ...args], {
    env: { HOME: home, PATH: process.env["PATH"] },
    encoding: "utf8",
    input: "",
  });
  return { status, stdout, stderr };
}

describe.each(recipes)("mounted in one line: %s", (recipe) => {
  test("the words and flags behind it arrive, and so does the exit code", () => {
    const home = temporaryFolder("recipe");
    const status = run(recipe, ["telemetry", "status", "--json"], home);
    expect(status.stderr).toBe("");
    expect(JSON.parse(status.stdout)).toMatchObject({ product: "codegraph", enabled: true, decided_by: "default" });
    expect(existsSync(join(home, ".codegraph"))).toBe(false);
    expect(run(recipe, ["telemetry", "off"], home)).toEqual({
      status: 0,
      stdout: "Telemetry is off. Everything queued was deleted.\n",
      stderr: "",
    });
    expect(JSON.parse(readFileSync(join(home, ".codegraph/telemetry.json"), "utf8"))).toMatchObject({
      enabled: false,
      consent_source: "cli",
    });
    expect(run(recipe, ["telemetry", "of"], home)).toEqual({
      status: 2,
      stdout: "",
      stderr: 'Unknown command "of". Did you mean "off"?\n',
    });
  });

  test("the program itself is as it was", () => {
    // oclif has no command without a name.
    expect(run(recipe, recipe === "oclif" ? ["run"] : [])).toEqual({ status: 0, stdout: "the program\n", stderr: "" });
  });
});

test("a prompt library of the program's own is not called where nobody can answer", () => {
  expect(run("clack", [])).toEqual({ status: 0, stdout: "telemetry on\n", stderr: "" });
});

test.runIf(hasRealPart("script"))("a prompt library of the program's own puts the question", async () => {
  const home = temporaryFolder("recipe");
  // A terminal on which somebody waits until the question stands there, and says no.
  const command = `stty cols 100; '${process.execPath}' '${built("clack")}'`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { HOME: home, PATH: process.env["PATH"], TERM: "xterm" },
    timeout: 120_000,
  });
  let output = "";
  await new Promise((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      const before = output;
      output += chunk.toString();
      if (!before.includes("TELEMETRY.md") && output.includes("TELEMETRY.md")) child.stdin.end("n");
    });
    child.on("close", resolve);
  });
  expect(output).toContain("Share anonymous usage data?");
  expect(output).toContain("telemetry off");
  expect(JSON.parse(readFileSync(join(home, ".codegraph/telemetry.json"), "utf8"))).toMatchObject({
    enabled: false,
    consent_source: "installer",
  });
});
