import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { ask } from "../../../templates/client/runtime/consent/prompt.js";
import type { Host } from "../../../templates/client/runtime/host/host.js";
import { hasRealPart } from "../../support/real-part.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { contracts, machine } from "./machine.js";

const installer = "installer";
const generate = "first `docglow generate`";
const person: Partial<Host> = { terminal: true, stdinIsTerminal: true };
const says = (answer: unknown) => vi.fn(async () => answer as boolean);

describe("what was answered is kept, with its source, and not asked again", () => {
  test.each([
    [true, { enabled: true, consent_source: "installer" }],
    [false, { enabled: false, consent_source: "installer" }],
  ])("%s", async (answer, stored) => {
    const one = machine(contracts.codegraph, person);
    const prompt = says(answer);
    expect(await ask(one.client, installer, { prompt })).toEqual({
      enabled: answer,
      decidedBy: "stored",
    });
    expect(prompt).toHaveBeenCalledWith(
      "Share anonymous usage data? (no code, paths, or names — see TELEMETRY.md)",
      true,
    );
    expect(one.state()).toMatchObject(stored);
    await ask(one.again().client, installer, { prompt });
    expect(prompt).toHaveBeenCalledTimes(1);
    expect([one.stdout, one.stderr]).toEqual([[], []]);
  });

  test("opting in makes the identifier", async () => {
    const one = machine(contracts.docglow, person);
    const prompt = says(true);
    expect(await ask(one.client, generate, { prompt })).toEqual({ enabled: true, decidedBy: "stored" });
    expect(prompt).toHaveBeenCalledWith("Enable anonymous telemetry?", false);
    expect(one.state()).toEqual({ consent: "yes", instance_id: expect.any(String) });
  });
});

describe("nobody is asked", () => {
  test.each<[string, Partial<Host>, unknown]>([
    ["without a terminal", { ...person, terminal: false }, undefined],
    ["when stdin is redirected", { ...person, stdinIsTerminal: false }, undefined],
    ["in CI", { ...person, env: { CI: "true" } }, undefined],
    ["in another CI", { ...person, env: { GITHUB_ACTIONS: "true" } }, undefined],
    ["when a variable says no", { ...person, env: { DOCGLOW_NO_TELEMETRY: "1" } }, undefined],
    ["when a variable says yes", { ...person, env: { DOCGLOW_TELEMETRY: "1" } }, undefined],
    ["when a configuration decides", { ...person, config: () => ({ telemetry: { enabled: false } }) }, undefined],
    [
      "when a configuration can't be read",
      {
        ...person,
        config: () => {
          throw new Error("?");
        },
      },
      undefined,
    ],
    ["who said no", person, { consent: "no" }],
    ["who said yes", person, { consent: "yes" }],
  ])("%s", async (_, host, stored) => {
    const one = machine(contracts.docglow, host);
    if (stored !== undefined) one.writeState(stored);
    const prompt = says(true);
    await ask(one.client, generate, { prompt });
    expect(prompt).not.toHaveBeenCalled();
    expect(one.state()).toEqual(stored);
  });

  test("where the contract has no question", async () => {
    const one = machine(contracts.docglow, person);
    const prompt = says(true);
    await ask(one.client, "elsewhere", { prompt });
    expect(prompt).not.toHaveBeenCalled();
  });

  test("in a build that can't send, and nothing is kept", async () => {
    const one = machine(contracts.codegraph, { ...person, build: "codegraph-pro" });
    const prompt = says(true);
    expect(await ask(one.client, installer, { prompt })).toEqual({ enabled: false, decidedBy: "build" });
    expect(prompt).not.toHaveBeenCalled();
    expect(one.state()).toBeUndefined();
  });

  test("CI=false is no CI", async () => {
    const one = machine(contracts.docglow, { ...person, env: { CI: "false" } });
    const prompt = says(false);
    await ask(one.client, generate, { prompt });
    expect(prompt).toHaveBeenCalledTimes(1);
  });
});

describe("no answer", () => {
  test.each([
    ["undefined", async () => undefined],
    ["a library's mark for cancelled", async () => Symbol("cancel")],
    ["a text", async () => "yes" as never],
    ["a rejection", async () => Promise.reject(new Error("closed"))],
    [
      "a throw",
      () => {
        throw new Error("no terminal");
      },
    ],
  ])("%s leaves it undecided, and the question open", async (_, prompt) => {
    const one = machine(contracts.docglow, person);
    expect(await ask(one.client, generate, { prompt })).toEqual({ enabled: false, decidedBy: "default" });
    expect(existsSync(one.place)).toBe(false);
    const again = says(false);
    await ask(one.client, generate, { prompt: again });
    expect(again).toHaveBeenCalledTimes(1);
  });

  test("counts as a no where the contract says so, also when nobody could be asked", async () => {
    const asks = (contracts.docglow.asks ?? []).map((one) => ({ ...one, whenSkipped: "decline" as const }));
    const one = machine({ ...contracts.docglow, asks }, { ...person, terminal: false, config: () => undefined }, {});
    await ask(one.client, generate, { prompt: says(true) });
    expect(one.state()).toEqual({ consent: "no" });
  });
});

test("first in CI, then on a terminal: a skipped question is not a declined one", async () => {
  const prompt = says(false);
  const one = machine(contracts.docglow, { ...person, env: { CI: "1" } });
  await ask(one.client, generate, { prompt });
  await ask(one.again({ env: {} }).client, generate, { prompt });
  expect(prompt).toHaveBeenCalledTimes(1);
});

test("a notice that was shown is no answer: the installer still asks", async () => {
  const one = machine(contracts.codegraph, person);
  one.writeState({ enabled: true, consent_source: "default-notice", first_run_notice_shown: true });
  const prompt = says(false);
  expect(await ask(one.client, installer, { prompt })).toEqual({ enabled: false, decidedBy: "stored" });
  expect(one.state()).toMatchObject({ enabled: false, consent_source: "installer" });
});

test("a no that can't be kept holds for this process, and the person is told", async () => {
  const one = machine(contracts.codegraph, { ...person, home: undefined });
  expect(await ask(one.client, installer, { prompt: says(false) })).toEqual({
    enabled: false,
    decidedBy: "stored",
  });
  expect(one.stderr).toEqual([
    "Your answer could not be kept. It holds for this run only; DO_NOT_TRACK=1 turns telemetry off for good.",
  ]);
});

describe("on a real terminal", () => {
  const program = join(temporaryFolder("prompt"), "program.mjs");
  const pty = hasRealPart("script");

  beforeAll(async () => {
    const contents = `
      import { ask, setup } from "./generated/systems/docglow/client/telemetry.js";
      const { enabled, decidedBy } = await ask(${JSON.stringify(generate)});
      console.log("=" + enabled + " " + decidedBy);
    `;
    await build({
      stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      outfile: program,
      logLevel: "error",
    });
  });

  /** Types on a pseudo terminal once the question stands there; or gives stdin a pipe. */
  function run(typed: string, terminal = true): Promise<string> {
    const home = temporaryFolder("home");
    const node = `'${process.execPath}' '${program}'`;
    const child = spawn("script", ["-qec", terminal ? node : `echo y | ${node}`, "/dev/null"], {
      env: { HOME: home, PATH: process.env["PATH"] },
      timeout: 120_000,
    });
    // Without a question nothing is typed: the terminal hangs up.
    if (!terminal) child.stdin.end();
    let output = "";
    return new Promise((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        const before = output;
        output += chunk.toString();
        if (!before.includes("[y/N]") && output.includes("[y/N]")) child.stdin.end(typed);
      });
      child.on("close", () => resolve(output));
    });
  }

  test.runIf(pty).each([
    ["enter takes what is preselected", "\r", "=false stored"],
    ["a yes", "y\r", "=true stored"],
    ["a no in full", "NO\r", "=false stored"],
    ["nonsense, then a yes", "maybe\ryes\r", "=true stored"],
    ["nonsense three times", "a\rb\rc\r", "=false default"],
    ["the end of the input", "\u0004", "=false default"],
  ])("%s", async (_, typed, result) => {
    const output = await run(typed);
    expect(output).toContain("Enable anonymous telemetry? [y/N] ");
    expect(output).toContain(result);
  });

  test.runIf(pty)("an interruption ends the program as it always does", async () => {
    const output = await run("\u0003");
    expect(output).toContain("[y/N]");
    expect(output).not.toContain("=");
  });

  test.runIf(pty)("with stdin redirected nothing is asked and nothing hangs", async () => {
    const output = await run("", false);
    expect(output).not.toContain("[y/N]");
    expect(output).toContain("=false default");
  });
});
