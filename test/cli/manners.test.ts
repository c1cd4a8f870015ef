import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../generator/cli/commands/index.js";
import { emptyFolder, plainsight, smallProject } from "./project.js";

const names = commands.map(({ name }) => name);

describe("at 40 columns", () => {
  const narrow = (args: readonly string[]) => plainsight(emptyFolder(), args, { COLUMNS: "40" }).out;
  const tooLong = (out: string) =>
    out
      .split("\n")
      .filter((line) => line.length > 40 && line.trim().includes(" ") && !/^(?: {2}|Usage: )plainsight /.test(line));

  test.each([[["--help"]], ...names.map((name) => [[name, "--help"]])])(
    "%j is readable: only command lines are longer",
    (args) => {
      const out = narrow(args);
      expect(out).toMatch(/^Usage: plainsight/);
      expect(tooLong(out)).toEqual([]);
    },
  );
});

// Each costs a command more than reading a small contract does.
test("a command loads no part of Node that it doesn't need", () => {
  const folder = smallProject();
  const file = join(folder, "loaded.cjs");
  writeFileSync(
    file,
    'const { writeFileSync } = require("node:fs"); process.on("exit", () => writeFileSync(process.env.LOADED, JSON.stringify(process.moduleLoadList)));',
  );
  const loaded = (args: readonly string[]) => {
    const list = join(folder, "loaded.json");
    expect(plainsight(folder, args, { NODE_OPTIONS: `--require=${file}`, LOADED: list }).code).toBe(0);
    const modules = JSON.parse(readFileSync(list, "utf8")) as readonly string[];
    return ["child_process", "crypto", "http", "net", "readline", "worker_threads", "zlib"].filter((name) =>
      modules.includes(`NativeModule ${name}`),
    );
  };
  expect(loaded(["--version"])).toEqual([]);
  expect(loaded(["diff", "--from", "spec/events.yaml", "--to", "spec/events.yaml"])).toEqual([]);
  expect(loaded(["gen"])).toEqual(["crypto"]);
});

describe("completion", () => {
  const offered = (words: readonly string[]) => {
    const script = plainsight(emptyFolder(), ["completion", "bash"]).out;
    const typed = ["plainsight", ...words];
    const run = `${script}\nCOMP_WORDS=(${typed.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${typed.length - 1}; _plainsight; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync("bash", ["-c", run], { encoding: "utf8" }).stdout.trim().split("\n");
  };

  test.each<[string[], string[]]>([
    [[""], [...names, "--help", "--version"]],
    [["ra"], ["raise"]],
    [
      ["check", "--b"],
      ["--base", "--base-exact"],
    ],
    [["check", "--format", "s"], ["sarif"]],
    [
      ["gen", "--language", ""],
      ["ts", "js", "cjs"],
    ],
    [["completion", "f"], ["fish", "--help"].slice(0, 1)],
    [["gen", "zzz"], [""]],
  ])("bash offers for %j: %j", (typed, words) => expect(offered(typed)).toEqual(words));

  test.each(["bash", "zsh", "fish"])("%s: every command and every flag of it", (shell) => {
    const { code, out } = plainsight(emptyFolder(), ["completion", shell]);
    for (const name of names) {
      const flags = plainsight(emptyFolder(), [name, "--help"]).out.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm);
      for (const [, flag] of flags) expect(out).toContain(shell === "fish" ? `from ${name}' -l ${flag}` : `--${flag}`);
    }
    expect(code).toBe(0);
  });
});

test.each([
  ["gen", "--format", "json"],
  ["check", "--format", "json"],
  ["check", "--json"],
])("%s %s is one JSON text and nothing else", (name, ...flags) => {
  const { out, err } = plainsight(smallProject(), [name, ...flags]);
  expect(JSON.parse(out)).toMatchObject({ format: 1, command: name });
  expect(err).toBe("");
});

test("what the client is written in need not be said twice", () => {
  const folder = smallProject();
  expect(plainsight(folder, ["gen", "--language", "cjs"]).code).toBe(0);
  for (const args of [["check"], ["gen"], ["check", "--language", "cjs"]])
    expect(plainsight(folder, args), args.join(" ")).toMatchObject({
      code: 0,
      out: expect.not.stringContaining(" written, 0 unch") as string,
    });
  expect(existsSync(join(folder, "generated/client/telemetry.ts"))).toBe(false);
  expect(plainsight(folder, ["gen", "--language", "ts"]).code).toBe(0);
  expect(existsSync(join(folder, "generated/client/telemetry.js"))).toBe(false);
});

test.each([
  ["pnpm/10.1.0 npm/? node/v24", "pnpm run telemetry:gen"],
  ["npm/11.0.0 node/v24", "npm run telemetry:gen"],
])("what mends a drift is said as %s would run it", (agent, mend) => {
  const env = { npm_lifecycle_event: "telemetry:check", npm_config_user_agent: agent };
  expect(plainsight(smallProject(), ["check"], env).out).toContain(`fix it with: ${mend}\n`);
});
