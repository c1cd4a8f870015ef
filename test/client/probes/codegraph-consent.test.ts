import { spawn } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { until } from "../../support/wait.js";
import { keepState, stateOf } from "../program.js";
import { everything, home, living, probed, type Receiver, told } from "./product.js";

/** The decision, seen from outside: what `status` says, what a run reaches for, and what it leaves behind. */
let file: string;
let to: Receiver;
const runs = probed((made) => {
  ({ file, to } = made);
});

const state = ".codegraph/telemetry.json";
const yes = { ...told, consent_source: "cli" };
const no = { ...yes, enabled: false };

describe("the first that matches decides", () => {
  const off = { DO_NOT_TRACK: "1" };
  it.each<[env: Record<string, string>, stored: object | undefined, enabled: boolean, decidedBy: string]>([
    [{}, undefined, true, "default"],
    [{}, told, true, "stored"],
    [{}, no, false, "stored"],
    [off, undefined, false, "DO_NOT_TRACK"],
    [off, yes, false, "DO_NOT_TRACK"],
    [{ ...off, CODEGRAPH_TELEMETRY: "1" }, yes, false, "DO_NOT_TRACK"],
    [{ DO_NOT_TRACK: "0", CODEGRAPH_TELEMETRY: "0" }, yes, false, "CODEGRAPH_TELEMETRY"],
    [{ DO_NOT_TRACK: "" }, no, false, "stored"],
    [{ CODEGRAPH_TELEMETRY: "0" }, yes, false, "CODEGRAPH_TELEMETRY"],
    [{ CODEGRAPH_TELEMETRY: "1" }, no, true, "CODEGRAPH_TELEMETRY"],
    [{ CODEGRAPH_TELEMETRY: "" }, no, false, "stored"],
    [{ CODEGRAPH_TELEMETRY: "2" }, no, false, "stored"],
  ])("%j, stored %j → %s by %s", async (env, stored, enabled, decidedBy) => {
    const machine = home(stored);
    const before = everything(machine);
    const { stdout } = await runs(["telemetry:status:--json"], machine, env);
    expect(JSON.parse(stdout)).toMatchObject({ enabled, decided_by: decidedBy });
    expect(everything(machine)).toEqual(before);
    const ran = await runs(["start:index", "install", "many:3", "every", "flush", "end:index", "exit"], machine, env);
    expect([ran.code, ran.stdout, to.asked.length]).toEqual([0, "", enabled ? 1 : 0]);
    if (!enabled) expect([ran.stderr, everything(machine)]).toEqual(["", before]);
  });

  it("a variable is for one process: nothing of it stays", async () => {
    const machine = home(no);
    await runs(["install", "flush"], machine, { CODEGRAPH_TELEMETRY: "1" });
    expect(to.requests).toHaveLength(1);
    expect(stateOf(machine)).toMatchObject(no);
    await runs(["install", "flush", "telemetry:status"], machine);
    expect(to.requests).toHaveLength(1);
  });
});

describe("the state file", () => {
  const keys = ["consent_source", "enabled", "first_run_notice_shown", "machine_id", "updated_at"];
  const now = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

  it("holds the page's five keys after a first run, and nothing else", async () => {
    const machine = home();
    await runs(["install", "flush"], machine);
    expect(Object.keys(stateOf(machine)).sort()).toEqual(keys);
    expect(stateOf(machine)).toMatchObject({ ...told, updated_at: expect.stringMatching(now) });
  });

  it("and whatever lies beside it is for its owner alone, however the machine is set up", async () => {
    const machine = home();
    to.answer = 410;
    const script = `umask 0; for step in install "many:9 uninstall flush" index "cli:x:ok exit"; do '${process.execPath}' '${file}' $step; done`;
    const child = spawn("sh", ["-c", script], { env: { HOME: machine, ...to.env } });
    await new Promise((resolve) => child.on("close", resolve));
    to.answer = 204;
    const left = [".codegraph", ...Object.keys(everything(machine))];
    expect(left.length).toBeGreaterThan(5);
    for (const name of left)
      expect([name, statSync(join(machine, name)).mode & 0o777]).toEqual([name, name === ".codegraph" ? 0o700 : 0o600]);
  });

  it("that is deleted is the beginning again: another machine, told anew, on by default", async () => {
    const machine = home();
    const first = await runs(["install", "flush"], machine);
    await runs(["telemetry:off"], machine);
    rmSync(join(machine, state));
    const second = await runs(["install", "flush"], machine);
    expect(first.stderr).toMatch(/^codegraph collects/);
    expect(second.stderr).toBe(first.stderr);
    const [one, other] = to.batches().map(({ machine_id }) => machine_id);
    expect([one === other, stateOf(machine)["machine_id"]]).toEqual([false, other]);
  });

  it("that is deleted under a server that lives is the beginning again for it, too", async () => {
    const machine = home(told);
    const server = await living(file, { home: machine, env: to.env });
    for (const step of ["install", "flush"]) await server.does(step);
    rmSync(join(machine, state));
    for (const step of ["install", "flush"]) await server.does(step);
    const { stderr } = await server.leaves();
    const [one, other] = to.batches().map(({ machine_id }) => machine_id);
    expect([one === other, stateOf(machine)["machine_id"]]).toEqual([false, other]);
    expect(stderr).toMatch(/^codegraph collects.*\n$/);
  });

  it("and what else we keep lie between a project's own files, which nobody touches", async () => {
    const machine = home(told);
    const theirs = ["config.json", "codegraph.db", "codegraph.db-wal", ".gitignore", "telemetry-queue.jsonl.bak"];
    for (const name of theirs) writeFileSync(join(machine, ".codegraph", name), `${name}\n`);
    mkdirSync(join(machine, ".codegraph/cache"));
    writeFileSync(join(machine, ".codegraph/cache/telemetry-queue.jsonl"), "theirs\n");
    for (const step of ["install", "many:5"]) await runs([step, "flush", "exit"], machine);
    await runs(["install", "exit"], machine);
    for (const word of ["status", "show", "reset", "off"]) await runs([`telemetry:${word}`], machine);
    const left = everything(machine);
    for (const name of theirs) expect(left[`.codegraph/${name}`]).toBe(`${name}\n`);
    expect(Object.keys(left).sort()).toEqual(
      [state, ".codegraph/cache/telemetry-queue.jsonl", ...theirs.map((name) => `.codegraph/${name}`)].sort(),
    );
  });
});

describe("the command, in another terminal", () => {
  it("off: a server that counts, has a request on its way, and leaves brings nothing back", async () => {
    const machine = home(told);
    to.answer = "never";
    const server = await living(file, { home: machine, env: to.env });
    for (const step of ["many:3", "install", "persisted", "start:index"]) await server.does(step);
    await until("a request", async () => {
      await server.does("persisted");
      return to.requests.length > 0;
    });
    for (const step of ["many:5", "uninstall"]) await server.does(step);
    const { code, stdout } = await runs(["telemetry:off"], machine);
    expect([code, stdout.split("\n")[0]]).toEqual([0, "Telemetry is off. Everything queued was deleted."]);
    expect(Object.keys(everything(machine))).toEqual([state]);
    for (const step of ["many:7", "install", "uninstall", "persisted", "flush"]) await server.does(step);
    expect(await server.leaves()).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
    to.answer = 204;
    expect(Object.keys(everything(machine))).toEqual([state]);
    await runs(["install", "flush"], machine);
    expect(to.asked).toHaveLength(1);
  });

  it("off and on again: a server that lives is another machine from then on, and says nothing of before", async () => {
    const machine = home(told);
    const server = await living(file, { home: machine, env: to.env });
    for (const step of ["install:before", "flush", "install:between"]) await server.does(step);
    for (const word of ["off", "on"]) await runs([`telemetry:${word}`], machine);
    for (const step of ["install:after", "flush"]) await server.does(step);
    await server.leaves();
    expect(to.events().map(({ props }) => props["targets"])).toEqual([["before"], ["after"]]);
    const [one, other] = to.batches().map(({ machine_id }) => machine_id);
    expect([one === other, stateOf(machine)["machine_id"]]).toEqual([false, other]);
    expect(stateOf(machine)).toMatchObject({ enabled: true, consent_source: "cli" });
  });

  it("on after a no, whoever wrote it: what was recorded before the no is gone", async () => {
    const machine = home(told);
    await runs(["install", "many:3", "exit"], machine);
    keepState(machine, { ...stateOf(machine), enabled: false });
    await runs(["telemetry:on", "flush"], machine);
    await runs(["flush"], machine);
    expect([to.asked, Object.keys(everything(machine))]).toEqual([[], [state]]);
  });

  it("status says who the machine is, what holds and what decided, before anything else; and changes nothing", async () => {
    const machine = home();
    await runs(["install", "flush"], machine);
    const before = everything(machine);
    const { stdout, stderr } = await runs(["telemetry:status"], machine);
    expect(stdout.split("\n").slice(0, 4)).toEqual([
      "machine_id:",
      `  ${stateOf(machine)["machine_id"]}`,
      "enabled: yes",
      "decided_by: stored",
    ]);
    expect([stderr, everything(machine)]).toEqual(["", before]);
  });

  it("off before anything else ran: nothing is ever sent, and no identifier is made", async () => {
    const machine = home();
    await runs(["telemetry:off"], machine);
    expect(stateOf(machine)).toEqual({ enabled: false, consent_source: "cli", updated_at: expect.any(String) });
    await runs(["install", "many:3", "flush", "exit"], machine);
    expect([to.asked, Object.keys(everything(machine))]).toEqual([[], [state]]);
  });
});
