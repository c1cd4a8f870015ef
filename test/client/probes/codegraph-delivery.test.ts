import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { until } from "../../support/wait.js";
import { queued } from "../program.js";
import { everything, home, living, probed, type Receiver, run, told } from "./product.js";

/** CodeGraph's client: when it sends, what an answer means, and what becomes of what could not be sent. */
let file: string;
let to: Receiver;
const runs = probed((made) => {
  ({ file, to } = made);
});

const clean = { code: 0, signal: null, stdout: "", stderr: "" };
const refusing = { HTTPS_PROXY: "http://127.0.0.1:9" };
const names = () => to.events().map(({ event }) => event);

describe("when", () => {
  const begins = ["init", "index", "sync", "uninit", "upgrade"];
  const ends = ["install", "init", "index", "uninit"];
  const all = [...new Set([...begins, ...ends, "status", "query", "serve", "telemetry"])];
  const sent = () => to.events().flatMap(({ props }) => props["targets"] as string[]);

  it("at the end of the page's commands, and of no others", async () => {
    for (const name of all) expect(await runs([`install:${name}`, `end:${name}`], home(told))).toEqual(clean);
    expect(sent().sort()).toEqual([...ends].sort());
  });

  it("at the start of the page's commands, if they stay, and of no others", async () => {
    const others = all.filter((name) => !begins.includes(name));
    await Promise.all(others.map((name) => runs([`install:${name}`, `start:${name}`, "wait:500"], home(told))));
    for (const [at, name] of begins.entries()) {
      const server = await living(file, { home: home(told), env: to.env });
      for (const step of [`install:${name}`, `start:${name}`]) await server.does(step);
      await until("a request", async () => {
        await server.does("persisted");
        return to.requests.length > at;
      });
      expect(await server.leaves()).toEqual(clean);
    }
    expect(sent().sort()).toEqual([...begins].sort());
  });

  it("at an interval of six hours while a server lives, which it does not keep alive", async () => {
    const hours = 6 * 60 * 60 * 1000;
    const clock = join(home(), "clock.mjs");
    // Six hours pass in 50 ms; any other time is what it was.
    writeFileSync(
      clock,
      `const real = setInterval; globalThis.setInterval = (act, every, ...rest) => real(act, every === ${hours} ? 50 : every, ...rest);`,
    );
    const server = await living(file, { home: home(told), env: { ...to.env, NODE_OPTIONS: `--import=${clock}` } });
    for (const step of ["every", "install"]) await server.does(step);
    await until("a request", async () => {
      await server.does("persisted");
      return to.requests.length > 0;
    });
    await server.does("uninstall");
    await until("a request", async () => {
      await server.does("persisted");
      return to.requests.length > 1;
    });
    expect(await server.leaves()).toEqual(clean);
    expect(names()).toEqual(["install", "uninstall"]);
  });
});

describe("an answer is final", () => {
  it.each([200, 204, 400, 401, 403, 404, 413, 429, 500, 502, 503])("%i", async (status) => {
    to.answer = status;
    const machine = home(told);
    expect(await runs(["install", "flush", "flush"], machine)).toEqual(clean);
    expect(await runs(["flush"], machine)).toEqual(clean);
    expect([to.asked.length, queued(machine)]).toEqual([1, []]);
  });

  it.each([
    [301, "/elsewhere"],
    [302, "https://elsewhere.example/"],
    [303, "https://telemetry.getcodegraph.com.elsewhere.example/v1/events"],
    [307, "https://elsewhere.example/"],
    [308, "http://telemetry.getcodegraph.com/v1/events"],
  ])("%i is not followed to %s", async (status, location) => {
    const machine = home(told);
    to.answer = () => [status, { location }];
    expect(await runs(["install", "flush", "flush"], machine)).toEqual(clean);
    expect(to.asked).toEqual(["telemetry.getcodegraph.com:443"]);
    expect([to.requests.length, queued(machine)]).toEqual([1, []]);
  });

  it("asks of the receiver for another try later, or a cookie, have no effect", async () => {
    to.answer = () => [503, { "retry-after": "0", "set-cookie": "id=1", "alt-svc": 'h3=":443"' }];
    const machine = home(told);
    await runs(["install", "flush", "uninstall", "flush"], machine);
    const names = (headers: readonly string[]) => headers.map((header) => header.split(":")[0]?.toLowerCase()).sort();
    expect(to.requests.map(({ headers }) => names(headers))).toEqual(
      Array(2).fill(["connection", "content-length", "content-type", "host"]),
    );
  });

  it("410 ends it for this version, in every process; the next one sends what is there", async () => {
    to.answer = 410;
    const machine = home(told);
    expect(await runs(["install", "flush", "install", "flush"], machine)).toEqual(clean);
    to.answer = 204;
    expect(await runs(["install", "start:index", "end:index", "wait:200"], machine)).toEqual(clean);
    expect(to.asked).toHaveLength(1);
    const next = home();
    copyFileSync(file, join(next, "program.mjs"));
    writeFileSync(join(next, "package.json"), '{ "name": "sample", "version": "0.9.13" }');
    await run(join(next, "program.mjs"), ["flush"], { home: machine, env: to.env });
    expect(to.batches().map((batch) => [batch["codegraph_version"], batch.events.length])).toEqual([
      ["0.9.12", 1],
      ["0.9.13", 2],
    ]);
  });

  it("no answer is one, too: once handed over, it is not sent again", async () => {
    to.answer = "never";
    const machine = home(told);
    expect(await runs(["install", "end:install"], machine)).toEqual(clean);
    to.answer = 204;
    expect(await runs(["flush"], machine)).toEqual(clean);
    expect([to.requests.length, queued(machine)]).toEqual([1, []]);
  });
});

describe("what can't have arrived", () => {
  it("is not told to somebody who only says that he is the receiver, whatever the environment allows", async () => {
    const machine = home(told);
    const trusting = { NODE_EXTRA_CA_CERTS: "", NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    for (const step of ["install", "start:index"]) await runs([step, "flush", "wait:200"], machine, trusting);
    expect(to.asked.length).toBeGreaterThan(0);
    expect([to.requests, queued(machine).length]).toEqual([[], 1]);
  });

  it("waits, and goes with the next run, in its order and once", async () => {
    const machine = home(told);
    for (const step of ["install", "index", "uninstall"])
      expect(await runs([step, "flush", "flush", "exit"], machine, refusing)).toEqual(clean);
    expect(queued(machine)).toHaveLength(3);
    for (const _ of [1, 2]) expect(await runs(["flush"], machine)).toEqual(clean);
    expect(names()).toEqual(["install", "index", "uninstall"]);
  });

  it("is bounded, whole lines of the newest, whatever 32 offline runs recorded", async () => {
    const machine = home(told);
    const targets = Array.from({ length: 12 }, (_, at) => `agent-${at}-${"x".repeat(14)}`.slice(0, 24));
    const bursts = Array.from({ length: 40 }, () => `install:${targets.join(":")}`);
    for (let round = 0; round < 3; round++)
      await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          runs([...bursts, `install:run-${round}-${at}`, "exit"], machine, refusing),
        ),
      );
    // Who met in the same moment may have written past the cap; whoever comes next sees to it.
    for (const last of ["last-0", "last-1"]) await runs([...bursts, `install:${last}`, "exit"], machine, refusing);
    const files = Object.entries(everything(machine)).filter(([name]) => name.includes("queue"));
    const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    const lines = queued(machine).map((line) => JSON.parse(line) as { props: { targets: string[] } });
    expect(bytes).toBeLessThanOrEqual(262144);
    expect(bytes).toBeGreaterThan(131072);
    const kept = new Set(lines.map(({ props }) => props.targets[0]));
    for (const last of ["last-0", "last-1"]) expect(kept).toContain(last);
    expect(kept).not.toContain("run-0-0");
  });
});
