import { describe, expect, it } from "vitest";
import { program, run, temporary } from "./program.js";

const programs = {
  codegraph: `import * as telemetry from "./generated/client/telemetry.js";
    const good = { targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" };
    const give = (more) => telemetry.install({ ...good, ...more });`,
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
    ["a good event", "{}", "true"],
    ["a wrong one, in the field", '{ scope: "planet" }', "undefined"],
    ["a wrong one, not strictly", '{ scope: "planet" }', "false"],
  ])("leaves the program alone with %s", async (_, more, strict) => {
    const { code, stdout, stderr } = await given("codegraph", more, strict, { PLAINSIGHT_STRICT: "1" });
    expect([code, stdout, stderr]).toEqual([0, "went on", ""]);
  });
});
