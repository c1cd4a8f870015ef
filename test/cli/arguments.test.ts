import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { commands } from "../../generator/cli/commands/index.js";
import { targets } from "../../generator/targets/index.js";
import { onRequest, targetNames } from "../../generator/targets/names.js";
import { binary, emptyFolder, plainsight, smallProject, tree } from "./project.js";

test("the command line knows just the targets that there are", () => {
  expect([...targetNames].sort()).toEqual(targets.map(({ name }) => name).sort());
  expect(onRequest).toEqual(
    Object.fromEntries(targets.flatMap((target) => ("onRequest" in target ? [[target.name, target.onRequest]] : []))),
  );
});

test.each([
  [["chek"], /unknown command 'chek'\n\(Did you mean check\?\)/],
  [["check", "--frmat", "json"], /unknown option '--frmat'\n\(Did you mean --format\?\)/],
  [["check", "--format", "xml"], /Allowed choices are text, json, github, sarif/],
  [["gen", "--only", "clients"], /Allowed choices are/],
  [["gen", "more"], /too many arguments/],
  [["gen", "--spec"], /argument missing/],
])("%j is answered with what was meant", (args, said) => {
  const { code, out, err } = plainsight(emptyFolder(), args);
  expect(err).toMatch(said);
  expect(out).toBe("");
  expect(code).toBe(2);
});

test.each([[["--help"]], [["-h"]], [[]]])("%j lists every command", (args) => {
  const { code, out } = plainsight(emptyFolder(), args);
  for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`${name}.*\\s${summary.slice(0, 20)}`));
  expect(code).toBe(0);
});

test.each(commands.map(({ name }) => name))("%s has help with examples that are commands of ours", (name) => {
  const { code, out } = plainsight(emptyFolder(), [name, "--help"]);
  const examples = [...out.matchAll(/^ {2}plainsight (.*)$/gm)].map((match) => match[1] ?? "");
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(commands.map((command) => command.name)).toContain(example.split(" ")[0]);
  expect(code).toBe(0);
});

test.each(["--version", "-v"])("%s is the package's", (flag) => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    version: string;
  };
  expect(plainsight(emptyFolder(), [flag])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test.each<[string, string[], NodeJS.ProcessEnv, boolean]>([
  ["a pipe has no colours", [], {}, false],
  ["unless they are asked for", ["--color"], {}, true],
  ["or forced", [], { FORCE_COLOR: "1" }, true],
  ["NO_COLOR wins over forcing", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ["what was typed wins over both", ["--color"], { NO_COLOR: "1" }, true],
  ["in either direction", ["--no-color"], { FORCE_COLOR: "1" }, false],
])("%s", (_, args, env, colored) => {
  const { out } = plainsight(emptyFolder(), ["check", ...args], env);
  expect(out.includes("\x1b[")).toBe(colored);
});

test("a reader that leaves early is no error", async () => {
  const child = spawn(
    "bash",
    ["-c", `"${process.execPath}" "${binary}" --help | head -n 1; echo "\${PIPESTATUS[0]}"`],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (text.out += String(chunk)));
  child.stderr.on("data", (chunk) => (text.err += String(chunk)));
  await new Promise((done) => child.once("exit", done));
  expect(text).toEqual({ out: expect.stringMatching(/^Usage: plainsight.*\n0\n$/) as string, err: "" });
});

test("--watch writes again at every change, and no mistake ends it", async () => {
  const folder = smallProject();
  const file = join(folder, "spec/events.yaml");
  const spec = readFileSync(file, "utf8");
  const child = spawn(process.execPath, [binary, "gen", "--watch"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  let out = "";
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  const says = async (pattern: RegExp) => {
    for (let waited = 0; !pattern.test(out); waited += 20) {
      if (waited > 40_000) throw new Error(`It never said ${pattern}, but: ${out}`);
      await pause(20);
    }
    out = "";
  };
  await says(/^--- gen starts\n[\s\S]* written[\s\S]*\n--- gen ended with 0; watching spec, Ctrl-C ends it\n$/);
  appendFileSync(file, "\nnonsense: 1\n");
  await says(/^--- gen starts\n[\s\S]*nonsense[\s\S]*1 error[\s\S]*\n--- gen ended with 1; watching/);
  rmSync(file);
  await says(/spec-folder[\s\S]*watching/);
  writeFileSync(file, spec.replace(/^title:.*$/m, 'title: "Another title"'));
  await says(/ written[\s\S]*watching/);
  expect(Object.values(tree(folder)).some((text) => text.includes("Another title"))).toBe(true);
  expect(child.exitCode).toBeNull();
  child.kill("SIGINT");
  expect(await new Promise((done) => child.once("exit", done))).toBe(130);
});

test("what few projects need is made where it was asked for once, and from then on with all others", () => {
  const folder = smallProject();
  const vectors = () => Object.keys(tree(folder)).filter((path) => path.startsWith("generated/vectors/")).length;
  expect(plainsight(folder, ["gen"]).code).toBe(0);
  expect(vectors()).toBe(0);
  expect(plainsight(folder, ["gen", "--only", "vectors"]).code).toBe(0);
  const made = vectors();
  expect(made).toBeGreaterThan(0);
  expect(plainsight(folder, ["check"]).code).toBe(0);
  rmSync(join(folder, "generated/vectors/consent.json"));
  expect(plainsight(folder, ["check"]).code).toBe(1);
  expect(plainsight(folder, ["gen"]).code).toBe(0);
  expect(vectors()).toBe(made);
});

test("help is a command too", () => {
  const folder = emptyFolder();
  expect(plainsight(folder, ["help"])).toEqual(plainsight(folder, ["--help"]));
  expect(plainsight(folder, ["help", "gen"]).out).toBe(plainsight(folder, ["gen", "--help"]).out);
});

test("editors complete by a file of the package", () => {
  const schema = JSON.parse(readFileSync(join(dirname(binary), "events.schema.json"), "utf8")) as {
    allOf: { required?: string[] }[];
  };
  expect(schema.allOf.flatMap(({ required = [] }) => required)).toContain("telemetry_spec");
});
