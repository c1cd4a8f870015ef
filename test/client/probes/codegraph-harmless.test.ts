import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { program, temporary } from "../program.js";
import { home, probed, type Receiver, run, told } from "./product.js";

/** The cost of CodeGraph's client for its program: no call of the system while it counts, no word, and no other end. */
let file: string;
let to: Receiver;
const runs = probed((made) => {
  ({ file, to } = made);
});

const clean = { code: 0, signal: null, stdout: "", stderr: "" };
const refusing = { HTTPS_PROXY: "http://127.0.0.1:9" };

describe.runIf(hasRealPart("strace"))("counting", () => {
  it("asks nothing of the operating system: no file, no socket, nothing at all", async () => {
    const source = `import { accessSync } from "node:fs";
      import { count, counter } from "./generated/client/telemetry.js";
      const mark = (name) => { try { accessSync("/mark-" + name); } catch {} };
      const bound = counter("mcp_tool", "codegraph_explore", { name: "Claude Code", version: "2.1" });
      const call = (at) => { count("mcp_tool", "tool-" + at % 50, at % 3 > 0, { name: "Claude Code", version: "2.1" }); bound.ok(); bound.error(); };
      for (let at = 0; at < 100; at++) call(at);
      mark("before");
      for (let at = 0; at < 1000; at++) call(at);
      mark("after");`;
    const trace = join(temporary(), "trace");
    const machine = home(told);
    const counting = await program(source);
    execFileSync("strace", ["-e", "trace=%file,%network,%desc", "-o", trace, process.execPath, counting], {
      env: { HOME: machine, PATH: process.env["PATH"] },
      stdio: "ignore",
    });
    const calls = readFileSync(trace, "utf8").split("\n");
    const [before, after] = ["before", "after"].map((name) =>
      calls.findIndex((call) => call.includes(`/mark-${name}`)),
    );
    // Memory, and a thread of Node's own that is woken, are no disk and no network.
    const own = /^(mmap|write\(\d+, "\\1(\\0){7}", 8\))/;
    const between = calls.slice((before ?? 0) + 1, after).filter((call) => !own.test(call));
    expect([before, after].every((at) => at !== -1)).toBe(true);
    expect(between).toEqual([]);
  });
});

describe("the debug echo", () => {
  const debug = { CODEGRAPH_TELEMETRY_DEBUG: "1" };
  it("is each payload as it leaves, a line each, on stderr and nothing else", async () => {
    const { stdout, stderr } = await runs(["install", "flush", "uninstall", "flush", "flush"], home(told), debug);
    expect([stdout, stderr]).toEqual(["", to.requests.map(({ body }) => `${body}\n`).join("")]);
    expect(to.requests).toHaveLength(2);
  });

  it("shows what was to be sent where nobody answers, and no more", async () => {
    const { stderr, code } = await runs(["install", "flush"], home(told), { ...debug, ...refusing });
    expect([(JSON.parse(stderr) as { events: { event: string }[] }).events.map(({ event }) => event), code]).toEqual([
      ["install"],
      0,
    ]);
  });

  it.each<[Record<string, string>, string]>([
    [{ ...debug, DO_NOT_TRACK: "1" }, "nothing when off"],
    [{ CODEGRAPH_TELEMETRY_DEBUG: "0" }, "nothing when it is not wanted"],
    [{ CODEGRAPH_TELEMETRY_DEBUG: "" }, "nothing when it is empty"],
  ])("%j: %s", async (env) => {
    expect(await runs(["install", "flush"], home(told), env)).toEqual(clean);
  });
});

describe("a program ends as it would have", () => {
  const ends: readonly (readonly [string, readonly string[], number])[] = [
    ["by itself with a code", ["code:3"], 3],
    ["by process.exit", ["exit:4"], 4],
    ["by an exception", ["throw"], 1],
  ];
  const worlds: Readonly<Record<string, () => { home: string | undefined; env?: Record<string, string> }>> = {
    "on, answered": () => ({ home: home(told) }),
    off: () => ({ home: home(), env: { DO_NOT_TRACK: "1" } }),
    "nobody listens": () => ({ home: home(told), env: refusing }),
    "no HOME": () => ({ home: undefined }),
    "an empty HOME": () => ({ home: "" }),
    "a relative HOME": () => ({ home: "home" }),
    "a HOME that is gone": () => {
      const gone = home();
      rmSync(gone, { recursive: true });
      return { home: gone };
    },
    "a HOME that can't be written": () => ({ home: "/proc/self" }),
    "a folder that can't be entered": () => {
      const machine = home();
      mkdirSync(join(machine, ".codegraph"));
      chmodSync(join(machine, ".codegraph"), 0);
      return { home: machine };
    },
  };
  it.each(Object.keys(worlds))("%s", async (world) => {
    for (const [way, steps, code] of ends) {
      const { home: at, env } = worlds[world]?.() ?? { home: "" };
      const ran = await run(file, ["ask", "start:index", "install", "many:3", "flush", "end:index", ...steps], {
        home: at,
        env: { ...to.env, ...env },
      });
      // Root enters every folder, and is told there; nobody hears more than that, and of the exception.
      const heard = ran.stderr.replace(/^codegraph collects.*\n/, "");
      expect([way, ran.code, ran.stdout, heard === "" || heard.includes("of the program")]).toEqual([
        way,
        code,
        "",
        true,
      ]);
      expect([way, heard === ""]).toEqual([way, steps[0] !== "throw"]);
    }
  });
});
