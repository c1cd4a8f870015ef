import { fork } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Client, createClient, type Later, setupClient } from "../../templates/client/runtime/client.js";
import type { EventContract, Schedule } from "../../templates/client/runtime/contract.js";
import { inHome } from "../../templates/client/runtime/host/files.js";
import { deliverReport } from "../../templates/client/runtime/send/deliver-report.js";
import { reportsInTurn } from "../../templates/client/runtime/send/report-in-turn.js";
import { byTheClock } from "../../templates/client/runtime/state/schedule.js";
import { temporaryFolder } from "../support/temp-folder.js";

const hour = 3_600_000;
const day = 24 * hour;
let home = "";
let sent: object[] = [];

/** A process on this test's machine, whose clock is the timers' own. */
function started(kept = true, env: Record<string, string> = {}): Client {
  const contract = {
    schemaVersion: 1,
    consent: { optOut: true as const, order: [{ by: "OFF", disable: () => true }] },
    ...(kept ? { marks: { beside: inHome("queue.jsonl"), prefix: "product-once-" } } : {}),
    timeout: 1,
  };
  const client = createClient(contract, {});
  setupClient(client, { host: { home, now: Date.now, env } });
  return client;
}

function run(
  client: Client,
  schedule: Schedule,
  fields: (() => object | undefined | Promise<object>) | undefined = () => ({}),
) {
  const event: EventContract = { name: "status", fields: [], schedule };
  return byTheClock(client, event, (_, __, given = {}) => void sent.push(given), fields);
}

const marks = () => readdirSync(home).sort();

beforeEach(() => {
  home = temporaryFolder("schedule");
  sent = [];
  vi.useFakeTimers({ now: Date.parse("2026-06-12T12:00:00Z") });
});
afterEach(() => vi.useRealTimers());

it("records at once, and then as often as the contract says", () => {
  const { stop } = run(started(), { every: day });
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(day - 2000);
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(4000);
  expect(sent).toHaveLength(2);
  vi.advanceTimersByTime(5 * day + 10_000);
  expect(sent).toHaveLength(7);
  stop();
  vi.advanceTimersByTime(5 * day);
  expect(sent).toHaveLength(7);
});

it("goes on where the process before it ended", () => {
  for (let restart = 0; restart < 48; restart++) {
    run(started(), { every: day }).stop();
    vi.advanceTimersByTime(hour);
  }
  expect(sent).toHaveLength(2);
  expect(marks()).toEqual(["product-once-status-1", "product-once-status-2"]);
});

it("waits after the first start on a machine, over restarts too", () => {
  const schedule = { every: day, firstAfter: hour };
  run(started(), schedule).stop();
  vi.advanceTimersByTime(hour - 1000);
  run(started(), schedule).stop();
  expect(sent).toHaveLength(0);
  vi.advanceTimersByTime(2000);
  run(started(), schedule).stop();
  expect(sent).toHaveLength(1);
});

it("is later by chance, and never by more", () => {
  const { stop } = run(started(), { every: day, jitter: hour });
  vi.advanceTimersByTime(10 * day);
  expect(sent.length).toBeGreaterThanOrEqual(10);
  stop();
  const kept = readFileSync(join(home, marks().at(-1) ?? ""), "utf8");
  expect(Number(kept) - Date.now()).toBeLessThanOrEqual(day + hour);
});

it.each([1, 2, 7])("%i processes at the same time send it once", (count) => {
  const stops = Array.from({ length: count }, () => run(started(), { every: day }));
  vi.advanceTimersByTime(3 * day + hour);
  for (const { stop } of stops) stop();
  expect(sent).toHaveLength(4);
});

it("asks for nothing and keeps nothing while telemetry is off, and looks again", () => {
  const env: Record<string, string> = { OFF: "1" };
  const fields = vi.fn(() => ({}));
  const { stop } = run(started(true, env), { every: day }, fields);
  vi.advanceTimersByTime(3 * day);
  expect([fields.mock.calls.length, marks()]).toEqual([0, []]);
  delete env["OFF"];
  vi.advanceTimersByTime(hour);
  expect(sent).toHaveLength(1);
  stop();
});

it("asks again whether it may, once the fields are made", async () => {
  const env: Record<string, string> = {};
  let done = (_: object) => {};
  const { stop } = run(started(true, env), { every: day }, () => new Promise((resolve) => (done = resolve)));
  env["OFF"] = "1";
  done({});
  await vi.advanceTimersByTimeAsync(10);
  expect([sent.length, marks()]).toEqual([0, []]);
  stop();
});

describe("the clock", () => {
  it("that is set forward is one report, not one for each day", () => {
    const { stop } = run(started(), { every: day });
    vi.setSystemTime(Date.now() + 100 * day);
    vi.advanceTimersByTime(hour);
    expect(sent).toHaveLength(2);
    stop();
  });

  it("that is set back is waited for once, and no longer", () => {
    vi.setSystemTime(Date.now() + 3650 * day);
    run(started(), { every: day }).stop();
    vi.setSystemTime(Date.now() - 3650 * day);
    const { stop } = run(started(), { every: day });
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(day + hour);
    expect(sent).toHaveLength(2);
    stop();
  });
});

it.each<[string, () => undefined | Promise<object>]>([
  [
    "throws",
    () => {
      throw new Error("x");
    },
  ],
  ["rejects", () => Promise.reject(new Error("x"))],
  ["gives nothing", () => undefined],
  ["is never over", () => new Promise(() => {})],
])("what %s is asked again, and uses no turn up", async (_, fields) => {
  const { stop } = run(started(), { every: day }, fields);
  await vi.advanceTimersByTimeAsync(hour);
  stop();
  expect([sent.length, marks()]).toEqual([0, []]);
  run(started(), { every: day }).stop();
  expect(sent).toHaveLength(1);
});

it("a mark that somebody died over counts from when it was made", () => {
  writeFileSync(join(home, "product-once-status-1"), "");
  vi.setSystemTime(new Date());
  vi.useRealTimers();
  const { stop } = run(started(), { every: day });
  stop();
  expect(sent).toHaveLength(0);
});

it("without a place nothing is sent; in a recorder it goes by what it remembers", () => {
  const nowhere = started();
  setupClient(nowhere, { host: { home: undefined as never } });
  run(nowhere, { every: day }).stop();
  expect(sent).toHaveLength(0);
  const { stop } = run(started(false), { every: day });
  vi.advanceTimersByTime(2 * day + hour);
  expect([sent.length, existsSync(home) && marks().length]).toEqual([3, 0]);
  stop();
});

it("of many processes that start at once, one sends", async () => {
  vi.useRealTimers();
  const children = Array.from({ length: 8 }, () =>
    fork(new URL("./schedule-process.ts", import.meta.url), [home], {
      execArgv: ["--import", "tsx"],
      stdio: "inherit",
    }),
  );
  await Promise.all(children.map((child) => new Promise((resolve) => child.once("exit", resolve))));
  const times = readFileSync(join(home, "sent"), "utf8").trim().split("\n");
  expect(times).toHaveLength(1);
});

describe("a program with a gauge, in processes of its own", () => {
  const start = (...stays: readonly "stays"[]) =>
    fork(new URL("./gauge-process.ts", import.meta.url), [home, String(day), ...stays], {
      execArgv: ["--import", "tsx"],
      stdio: "inherit",
    });
  const over = (child: ReturnType<typeof start>) => new Promise((resolve) => child.once("exit", resolve));
  const reports = () => readFileSync(join(home, "sent"), "utf8").trim().split("\n");

  it("is started three times, and killed once, and reports it once a day", async () => {
    vi.useRealTimers();
    const reported = async () => {
      const child = start("stays");
      await new Promise((resolve) => child.once("message", resolve));
      child.kill("SIGKILL");
      await over(child);
    };
    await reported();
    await over(start());
    await over(start());
    expect(reports()).toEqual(["nodes 3"]);
    // Once the day is over.
    const mark = join(home, "product-once-nodes-1");
    writeFileSync(mark, String(Date.now() - 1));
    await reported();
    expect(reports()).toEqual(["nodes 3", "nodes 3"]);
  });

  it("is reported at once although the clock ticks while it is looked", async () => {
    vi.useRealTimers();
    const client = createClient(started().contract, { later: async () => ({}) as Later });
    let now = Date.now();
    setupClient(client, { host: { home, env: {}, now: () => now++ } });
    const { stop } = reportsInTurn(client, { nodes: { every: day } }, () => void sent.push({}));
    await expect.poll(() => sent.length).toBe(1);
    stop();
  });
});

it("a receiver that takes nothing more of this version hears nothing from later processes either", async () => {
  let asked = 0;
  const sending = {
    product: "product",
    state: inHome("telemetry.json"),
    epoch: 1,
    offVariables: [],
    identifiers: {},
    destination: { url: "https://telemetry.example" },
    common: [],
    wire: { type: "text/plain" },
    delivery: { limits: { body: 1000, events: 1 } },
  };
  const send = async () => {
    asked++;
    return 410;
  };
  const later = async () => ({ sending, send }) as unknown as Later;
  for (let process = 0; process < 3; process++) {
    const client = createClient({ schemaVersion: 1, consent: { optOut: true, order: [] }, timeout: 1000 }, { later });
    setupClient(client, { host: { home, env: {} } });
    await deliverReport(client, new Map([["nodes", 3]]), new AbortController().signal);
  }
  expect(asked).toBe(1);
});
