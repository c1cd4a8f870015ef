import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Client, createClient, setupClient } from "../../templates/client/runtime/client.js";
import { fs, inHome } from "../../templates/client/runtime/host/files.js";
import { drawn } from "../../templates/client/runtime/queue/queue-records.js";
import { forEach } from "../../templates/client/runtime/state/for-each.js";
import { oncePerProcess } from "../../templates/client/runtime/state/once.js";
import { oncePer, oncePerDay, oncePerMachine } from "../../templates/client/runtime/state/once-marked.js";
import { byChance, drawnBy } from "../../templates/client/runtime/state/sample.js";
import { take } from "../../templates/client/runtime/state/turns.js";
import { temporaryFolder } from "../support/temp-folder.js";

const hour = 3_600_000;
let now = 0;
let home = "";

/** A process on a machine of its own, or of this test's. */
function started(): Client {
  const contract = {
    schemaVersion: 1,
    consent: { order: [] },
    marks: { beside: inHome("queue.jsonl"), prefix: "product-once-" },
    timeout: 1,
  };
  const client = createClient(contract, {});
  setupClient(client, { host: { home, now: () => now } });
  return client;
}

beforeEach(() => {
  home = temporaryFolder("rhythm");
  now = Date.parse("2026-06-12T12:00:00Z");
});
afterEach(() => vi.restoreAllMocks());

it.each([
  ["process", oncePerProcess, [true, false, true, false, true, false]],
  ["day", oncePerDay, [true, false, false, false, true, false]],
  ["12 hours", oncePer(12 * hour), [true, false, false, false, true, false]],
  ["machine", oncePerMachine, [true, false, false, false, false, false]],
] as const)("at most once per %s", (_, limit, taken) => {
  const [one, other] = [started(), started()];
  const found = [limit(one, "use"), limit(one, "use"), limit(other, "use")];
  now += 12 * hour - 1;
  found.push(limit(one, "use"));
  now += 1;
  found.push(limit(started(), "use"), limit(one, "use"));
  expect(found).toEqual(taken);
});

it("once for each of these fields' values, in marks that don't hold them", () => {
  const limit = forEach(oncePerMachine, "command", "ok");
  const client = started();
  const taken = (command: string, ok: boolean | undefined) =>
    limit(client, "use", { command, ok, other: Math.random() });
  expect([taken("build", true), taken("build", true), taken("test", true), taken("build", false)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect([taken("build", undefined), taken("build", undefined)]).toEqual([true, false]);
  const names = readdirSync(home);
  expect(names).toHaveLength(4);
  expect(names.join()).not.toMatch(/build|test/);
  expect(limit(started(), "use", { command: "build", ok: true })).toBe(false);
});

it("a day's marks are replaced one value at a time", () => {
  const limit = forEach(oncePerDay, "command");
  const client = started();
  for (const command of ["build", "test"]) expect(limit(client, "use", { command })).toBe(true);
  now += 24 * hour;
  for (const command of ["build", "test"]) expect(limit(client, "use", { command })).toBe(true);
  for (const command of ["build", "test"]) expect(limit(client, "use", { command })).toBe(false);
  expect(readdirSync(home)).toHaveLength(2);
});

it("two machines with one home, whose clocks are a day apart, report once each", () => {
  const noon = now;
  const taken = [0, 1, 0, 1, 0, 0].map((days) => {
    now = noon + days * 24 * hour;
    return oncePerDay(started(), "use");
  });
  expect(taken).toEqual([true, true, true, false, false, false]);
});

it("a turn that can't be written down, on a disk that is full, leaves no mark that counts as one", () => {
  const client = started();
  const full = vi.spyOn(fs, "writeSync").mockImplementation(() => {
    throw Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
  });
  const taken = () => take(client, "beat", {}, now + hour, {});
  expect([taken(), readdirSync(home)]).toEqual([false, []]);
  full.mockRestore();
  expect([taken(), taken(), readdirSync(home)]).toEqual([true, false, ["product-once-beat-1"]]);
});

it("an old mark that can't be removed doesn't hold up the new one", () => {
  const client = started();
  for (const old of ["use-2026-06-11", "beat-1"]) mkdirSync(join(home, `product-once-${old}`));
  expect([oncePerDay(client, "use"), take(client, "beat", { number: 2 }, now + hour, {})]).toEqual([true, true]);
});

it("another event's marks stay, although its name begins with this one's", () => {
  const client = started();
  expect([oncePerMachine(client, "use-x"), oncePerDay(client, "use")]).toEqual([true, true]);
  now += 24 * hour;
  expect([oncePerDay(client, "use"), oncePerMachine(started(), "use-x")]).toEqual([true, false]);
});

it.each([
  ["day", oncePerDay],
  ["30 days", oncePer(30 * 24 * hour)],
] as const)("nor do those of one whose name goes on with a number, once per %s", (_, limit) => {
  const other = oncePer(12 * hour);
  expect([limit(started(), "use-2"), limit(started(), "use-20-3")]).toEqual([true, true]);
  expect([oncePerDay(started(), "use"), other(started(), "use")]).toEqual([true, true]);
  expect([limit(started(), "use-2"), limit(started(), "use-20-3")]).toEqual([false, false]);
});

it("the names of marks are plain on any disk, and differ where only capitals do", () => {
  const client = started();
  for (const event of ["run", "Run", "a*b: c/d?"]) expect(oncePerDay(client, event)).toBe(true);
  const day = "2026-06-12";
  expect(readdirSync(home).sort()).toEqual([
    `product-once-%52un-${day}`,
    `product-once-a%2ab%3a%20c%2fd%3f-${day}`,
    `product-once-run-${day}`,
  ]);
});

it("what isn't drawn uses nothing up of a limit", () => {
  const draws = [0.5, 0.009, 0.009];
  vi.spyOn(Math, "random").mockImplementation(() => draws.shift() ?? 1);
  const limit = byChance(100, oncePerMachine);
  const client = started();
  expect([1, 2, 3].map(() => limit(client, "use", {}))).toEqual([false, true, false]);
});

it("draws one in so many of an identifier's values, always the same, and others for another event", () => {
  const client = started();
  const by = drawnBy(100, "machine_id");
  const ids = Array.from({ length: 20_000 }, (_, at) => `machine-${at}`);
  const of = (event: string) => ids.filter((id) => by(client, event, () => id));
  const use = of("use");
  expect(use.length).toBeGreaterThan(150);
  expect(use.length).toBeLessThan(250);
  expect(of("use")).toEqual(use);
  expect(of("start").filter((id) => use.includes(id)).length).toBeLessThan(20);
  expect(by(client, "use", () => undefined)).toBe(false);
});

it("an event leaves a machine that is drawn, and no other", () => {
  const client = started();
  const sampled = { name: "use", fields: [], drawn: drawnBy(2, "machine_id") };
  client.contract = { ...client.contract, events: [sampled, { name: "start", fields: [] }] };
  const items = ["use", "start"].map((event) => ({ event, v: 1, ts: "", props: {}, lines: [] }));
  const left = Array.from({ length: 50 }, (_, at) =>
    drawn(client, items, () => at)
      .map(({ event }) => event)
      .join(),
  );
  expect([...new Set(left)].sort()).toEqual(["start", "use,start"]);
});
