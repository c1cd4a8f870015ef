import { spawn, spawnSync } from "node:child_process";
import { openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { stateOf } from "../program.js";
import { everything, home, probed, type Receiver, run, told } from "./product.js";

/** Notices and prompts: on real pipes and real pseudo terminals. */
let file: string;
let to: Receiver;
const runs = probed((made) => {
  ({ file, to } = made);
});

const notice =
  'codegraph collects anonymous usage stats (no code or paths) — "codegraph telemetry off" or CODEGRAPH_TELEMETRY=0 disables. Details: TELEMETRY.md\n';
const question = "Share anonymous usage data? (no code, paths, or names — see TELEMETRY.md)";

describe("the notice", () => {
  it("stands on stderr and in the state file, with the identifier, before a byte leaves", async () => {
    const machine = home();
    const path = join(machine, "stderr");
    const then: unknown[] = [];
    to.onConnection = () => then.push([readFileSync(path, "utf8"), stateOf(machine)]);
    await run(file, ["install", "persisted", "flush"], { home: machine, env: to.env, stderr: openSync(path, "w") });
    const machine_id = to.batches()[0]?.machine_id;
    expect(then).toEqual([[notice, { ...told, machine_id, updated_at: expect.any(String) }]]);
  });

  it.each<[string, readonly string[]]>([
    ["recording", ["install", "many:1000", "index", "uninstall", "persisted", "exit"]],
    ["a flush with nothing to send", ["flush", "start:index", "end:index"]],
    ["a flush with nothing but today's counts", ["many:3", "persisted", "flush", "end:index"]],
    ["a server's first minutes", ["every", "many:3", "install", "persisted"]],
    ["looking", ["telemetry:status", "telemetry:show"]],
  ])("is not shown by %s, and no state is made", async (_, steps) => {
    const machine = home();
    const { stderr } = await runs(steps, machine);
    expect([stderr, to.asked]).toEqual(["", []]);
    expect(Object.keys(everything(machine)).filter((name) => name.endsWith("telemetry.json"))).toEqual([]);
  });

  it("is shown once: not by the next flush, the next process, or twelve processes at once", async () => {
    const machine = home();
    const all = await Promise.all(
      Array.from({ length: 12 }, () => runs(["install", "flush", "uninstall", "flush"], machine)),
    );
    all.push(await runs(["install", "end:install"], machine));
    expect(all.map(({ stderr }) => stderr).join("")).toBe(notice);
    // What came late to a file that was being sent is found once nobody can have it open any more; on a busy machine a flush may end before.
    for (let minutes = 1; to.events().length < 25 && minutes < 200; minutes += 30)
      await runs([`at:${new Date(Date.now() + minutes * 60_000).toISOString()}`, "flush", "flush"], machine);
    expect(to.events()).toHaveLength(25);
  });

  it("is shown where nobody could read the answer, too, and not again for that", async () => {
    const machine = home();
    const offline = { HTTPS_PROXY: "http://127.0.0.1:9" };
    const { stderr, code } = await runs(["install", "flush"], machine, offline);
    expect([stderr, code]).toEqual([notice, 0]);
    expect(await runs(["flush"], machine)).toMatchObject({ stderr: "", code: 0 });
    expect(to.events().map(({ event }) => event)).toEqual(["install"]);
  });

  it("where it can't be noted is not shown, nothing is sent, and status says what to do", async () => {
    const machine = home({});
    const state = join(machine, ".codegraph/telemetry.json");
    writeFileSync(state, "{not json");
    const damaged = await runs(["install", "persisted", "flush", "telemetry:status"], machine);
    expect([damaged.stderr, to.asked]).toEqual(["", []]);
    expect(damaged.stdout).toMatch(/^enabled: no$/m);
    const note =
      "The state file can't be read, so that what it says can't be told, which counts as no. It is left as it is";
    expect(damaged.stdout).toContain(`${note}: repair or delete it.`);
    const on = await runs(["telemetry:status"], machine, { CODEGRAPH_TELEMETRY: "1" });
    expect(on.stdout).toContain(`${note}, and nothing is sent: repair or delete it.`);
    rmSync(state);
    expect(await runs(["install", "persisted", "flush", "telemetry:status"], machine)).toMatchObject({
      stderr: notice,
      stdout: expect.not.stringContaining("can't be read"),
    });
    expect(to.events()).toHaveLength(1);

    const homeless = await run(file, ["install", "persisted", "flush", "telemetry:status"], {
      home: undefined,
      env: to.env,
    });
    expect(homeless.stdout).toMatch(/^There is no home folder: nothing is kept, and nothing is sent\.$/m);
    expect([homeless.stderr, to.requests.length]).toEqual(["", 1]);
  });

  it("to a stderr that is closed harms nothing", async () => {
    const machine = home();
    const ran = spawnSync("sh", ["-c", `'${process.execPath}' '${file}' install flush code:3 2>&-`], {
      env: { HOME: machine, ...to.env, HTTPS_PROXY: "http://127.0.0.1:9" },
      encoding: "utf8",
    });
    expect([ran.status, ran.stdout]).toEqual([3, ""]);
  });
});

describe.runIf(hasRealPart("script"))("the installer's question, on a real terminal", () => {
  /** Runs the product on a terminal of its own; what is typed is typed once somebody waits for it. */
  function typed(steps: string, keys: string, machine: string, redirect = ""): Promise<string> {
    const child = spawn("script", ["-qec", `'${process.execPath}' '${file}' ${steps} ${redirect}`, "/dev/null"], {
      env: { HOME: machine, PATH: process.env["PATH"], ...to.env },
      timeout: 120_000,
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      const before = output.includes("[Y/n]");
      output += chunk;
      if (!before && output.includes("[Y/n]")) child.stdin.end(keys);
    });
    return new Promise((resolve) => child.on("close", () => resolve(output.replaceAll("\r", ""))));
  }

  it("enter is yes: kept, not asked again, and no notice ever", async () => {
    const machine = home();
    const first = await typed("ask install end:install", "\r", machine);
    expect(first).toContain(`${question} [Y/n] `);
    expect(stateOf(machine)).toMatchObject({ enabled: true, consent_source: "installer" });
    expect(await typed("ask install end:install", "n\r", machine)).toBe("");
    expect(first).not.toContain("codegraph collects");
    expect(to.requests).toHaveLength(2);
  });

  it("no is no: kept, not asked again, nothing sent", async () => {
    const machine = home();
    await typed("ask install end:install", "n\r", machine);
    expect(stateOf(machine)).toMatchObject({ enabled: false, consent_source: "installer" });
    expect(await typed("ask install end:install", "y\r", machine)).toBe("");
    expect([to.asked, Object.keys(everything(machine))]).toEqual([[], [".codegraph/telemetry.json"]]);
  });

  it("an upgrade respects what was said by command", async () => {
    for (const enabled of [true, false]) {
      const machine = home({ ...told, enabled, consent_source: "cli" });
      expect(await typed("ask", "\r", machine)).toBe("");
      expect(stateOf(machine)).toMatchObject({ enabled, consent_source: "cli" });
    }
  });

  it("comes before any notice: what was recorded before it is not told of, and goes if the answer is no", async () => {
    const machine = home();
    const output = await typed("install many:3 persisted ask install end:install", "n\r", machine);
    expect(output).toContain(question);
    expect([output.includes("codegraph collects"), to.asked]).toEqual([false, []]);
    expect(Object.keys(everything(machine))).toEqual([".codegraph/telemetry.json"]);
    await runs(["telemetry:on", "flush"], machine);
    expect(to.asked).toEqual([]);
  });

  it("is on stderr: stdout stays the program's own", async () => {
    const machine = home();
    const output = await typed("ask install end:install", "\r", machine, `> '${machine}/stdout'`);
    expect(output).toContain(question);
    expect(everything(machine)["stdout"]).toBe("");
  });

  it.each([
    ["stdin redirected", "< /dev/null"],
    ["stderr redirected", "2> /dev/null"],
  ])("is not put with %s", async (_, redirect) => {
    const machine = home();
    expect(await typed("ask", "y\r", machine, redirect)).toBe("");
    expect(everything(machine)).toEqual({});
  });
});

describe("without a terminal nobody is asked", () => {
  it("and what a host writes to stdin stays the program's", async () => {
    const machine = home();
    const source = `'${process.execPath}' '${file}' ask && cat`;
    const ran = spawnSync("sh", ["-c", source], {
      env: { HOME: machine, ...to.env, PATH: process.env["PATH"] },
      input: "y\n",
      encoding: "utf8",
    });
    expect([ran.stdout, ran.stderr, everything(machine)]).toEqual(["y\n", "", {}]);
  });
});
