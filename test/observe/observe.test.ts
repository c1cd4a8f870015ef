import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canTrace } from "../../generator/observe/observe.js";
import { fiveContracts, plainsight } from "../cli/project.js";
import { program } from "../client/program.js";
import { programs } from "../client/proof/five-programs.js";
import { isThere } from "../support/real-part.js";

interface Report {
  readonly saw: "all" | "node";
  readonly exit_code: number;
  readonly undeclared: number;
  readonly connections: readonly {
    readonly host: string;
    readonly port: number;
    readonly by: readonly string[];
    readonly known?: string;
  }[];
  readonly lookups: readonly { readonly name: string; readonly known?: string }[];
}

/** Nobody listens there. Whoever asks has opened a connection all the same. */
const port = 9;

/** Runs `plainsight observe --json` beside the five contracts. */
function observe(args: readonly string[], env: NodeJS.ProcessEnv = {}, folder = fiveContracts()) {
  const ran = plainsight(folder, ["observe", "--json", ...args], env);
  // The program's own output comes first.
  const at = ran.out.indexOf('{\n  "format"');
  return { ...ran, report: at < 0 ? undefined : (JSON.parse(ran.out.slice(at)) as Report) };
}

/** A program with a second client in it that no contract declares. */
function sneaky(): string {
  const folder = fiveContracts();
  mkdirSync(join(folder, "node_modules/@vendor/analytics"), { recursive: true });
  writeFileSync(
    join(folder, "node_modules/@vendor/analytics/index.js"),
    `require("node:http").get("http://localhost:${port}/collect").on("error", () => {});`,
  );
  writeFileSync(join(folder, "tool.js"), `require("@vendor/analytics");`);
  return folder;
}

const ways = [["--node-only", true] as const, ...(canTrace() ? [["strace", false] as const] : [])];

describe.each(ways)("by %s", (_, nodeOnly) => {
  const how = nodeOnly ? ["--node-only"] : [];

  it("a second client is found, with the package that it is in", () => {
    const { code, report } = observe([...how, "--", process.execPath, "tool.js"], {}, sneaky());
    expect(report?.saw).toBe(nodeOnly ? "node" : "all");
    expect(report?.connections.filter((one) => one.port === port)).toMatchObject([{ host: "localhost" }]);
    expect(report?.connections.find((one) => one.port === port)?.known).toBeUndefined();
    expect(JSON.stringify(report?.connections)).toContain("package @vendor/analytics");
    expect(code).toBe(1);
  });

  it("what the product itself may reach is allowed by name", () => {
    const { code, report } = observe(
      [...how, "--allow", `localhost:${port}`, "--", process.execPath, "tool.js"],
      {},
      sneaky(),
    );
    expect(report?.connections.find((one) => one.port === port)?.known).toBe("allowed");
    expect(code).toBe(0);
  });

  it("another port of an allowed host is not", () =>
    expect(observe([...how, "--allow", "localhost:1", "--", process.execPath, "tool.js"], {}, sneaky()).code).toBe(1));

  it.each(["codegraph", "cocoindex", "cozystack", "docglow", "jina"] as const)(
    "%s: its client opens what its contract says, and nothing else",
    async (system) => {
      const file = await program(programs[system]);
      const { report } = observe([...how, "--", process.execPath, file], { HOME: join(file, "..") });
      expect(report?.undeclared).toBe(0);
      expect(report?.exit_code).toBe(0);
    },
  );

  it("codegraph that is off opens nothing", async () => {
    const file = await program(programs.codegraph);
    const env = { HOME: join(file, ".."), DO_NOT_TRACK: "1" };
    const { code, report } = observe([...how, "--nothing", "--", process.execPath, file], env);
    expect(report?.connections).toEqual([]);
    expect(code).toBe(0);
  });
});

it.runIf(isThere("strace, with the right to use it", canTrace()))("a child that is no program of Node is seen", () => {
  const { code, report } = observe(["--", "bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${port}`]);
  expect(report?.connections).toMatchObject([{ host: "127.0.0.1", port, by: [expect.stringContaining("bash")] }]);
  expect(code).toBe(1);
});

it("the program's exit code is told, and isn't ours", () => {
  const { code, report } = observe(["--", process.execPath, "-e", "process.exit(3)"]);
  expect(report?.exit_code).toBe(3);
  expect(code).toBe(0);
});

it("a program that isn't there is no program that opens nothing", () => {
  const { code, err } = observe(["--", "no-such-program"]);
  expect(code).toBe(2);
  expect(err).toContain("could not be started");
});
