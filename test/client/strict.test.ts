import { describe, expect, it } from "vitest";
import { program, run, temporary } from "./program.js";

const programs = {
  codegraph: `import * as telemetry from "./generated/client/telemetry.js";
    const good = { targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" };
    const give = (more) => telemetry.install(Object.defineProperties({ ...good }, Object.getOwnPropertyDescriptors(more)));`,
  docglow: `import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
    const give = (more) => telemetry.commandRun(more);`,
};

/** The program's end, and what it said, with an event given and a strictness. */
async function given(of: keyof typeof programs, more: string, strict: string, env: Record<string, string> = {}) {
  const file = await program(`${programs[of]}
    telemetry.setup({ strict: ${strict}, host: { send: async () => 200 } });
    give(${more});
    process.stdout.write("went on");`);
  return run(file, { home: temporary(), env });
}

describe("setup({ strict: true })", () => {
  it.each([
    [
      "a wrong field",
      '{ scope: "planet" }',
      'The event "install" is not as its contract says: "scope" may not be "planet".',
    ],
    ["a missing field", "{ targets: undefined }", '"targets" is missing'],
    ["a field that the contract doesn't have", '{ path: "/home/ann" }', '"path" is not in the contract'],
    ["a function that returns what is wrong", '{ kind: () => "old" }', '"kind" may not be'],
  ])("ends the program on %s, after its emitter returned", async (_, more, says) => {
    const { code, stdout, stderr } = await given("codegraph", more, "true");
    expect([code === 0, stdout]).toEqual([false, "went on"]);
    expect(stderr).toContain(says);
  });

  it("says so while telemetry is off, too", async () => {
    const { code, stderr } = await given("codegraph", '{ scope: "planet" }', "true", { DO_NOT_TRACK: "1" });
    expect(code).not.toBe(0);
    expect(stderr).toContain('"scope" may not be "planet"');
  });

  it("goes for what is sent at once", async () => {
    const { code, stderr } = await given("docglow", '{ path: "/home/ann" }', "true");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(
      /The event "command_run" is not as its contract says: .* is missing; .*"path" is not in the contract/,
    );
  });

  it.each([
    ["a wrong group", 'telemetry.count("planet", "index", true);', '"kind" may not be "planet"'],
    ["a missing one", 'telemetry.count("mcp_tool", undefined, true);', '"name" is missing'],
    ["a wrong part of one", 'telemetry.count("mcp_tool", "x", true, { name: 7 });', '"client_name" may not be 7'],
  ])("goes for what a rollup counts: %s", async (_, call, says) => {
    const file = await program(`${programs.codegraph}
      telemetry.setup({ strict: true, host: { send: async () => 200 } });
      ${call}
      process.stdout.write("went on");`);
    const { code, stdout, stderr } = await run(file, { home: temporary(), env: {} });
    expect([code === 0, stdout]).toEqual([false, "went on"]);
    expect(stderr).toContain(`The event "usage_rollup" is not as its contract says: ${says}`);
  });

  it("calls a function and reads a getter once, as without it", async () => {
    const file = await program(`${programs.codegraph}
      telemetry.setup({ strict: true, host: { send: async () => 200 } });
      const asked = [];
      give({ kind: () => (asked.push("kind"), "fresh"), get scope() { asked.push("scope"); return "local"; } });
      telemetry.count("mcp_tool", "explore", true, { name: undefined });
      setTimeout(() => process.stdout.write(asked.sort().join()), 50);`);
    const { stdout, stderr } = await run(file, { home: temporary(), env: {} });
    expect([stdout, stderr]).toEqual(["kind,scope", ""]);
  });

  it.each([
    ["a good event", "{}", "true"],
    ["a wrong one, in the field", '{ scope: "planet" }', "undefined"],
    ["a wrong one, not strictly", '{ scope: "planet" }', "false"],
  ])("leaves the program alone with %s", async (_, more, strict) => {
    const { code, stdout, stderr } = await given("codegraph", more, strict, { PLAINSIGHT_STRICT: "1" });
    expect([code, stdout, stderr]).toEqual([0, "went on", ""]);
  });
});
