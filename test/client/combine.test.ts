import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { type Client, createClient, setupClient } from "../../templates/client/runtime/client.js";
import type { Contract } from "../../templates/client/runtime/contract.js";
import { inHome } from "../../templates/client/runtime/host/files.js";
import { dueFiles } from "../../templates/client/runtime/queue/due-files.js";
import { periodAt, startOf } from "../../templates/client/runtime/queue/periods.js";
import { queueFiles } from "../../templates/client/runtime/queue/queue-names.js";
import { recordsOf } from "../../templates/client/runtime/queue/queue-records.js";
import { persist } from "../../templates/client/runtime/queue/record.js";
import { combine, createCombined, saltOf, spoken } from "../../templates/client/runtime/rollup/combine.js";
import { combinedLines } from "../../templates/client/runtime/rollup/combined-lines.js";
import { rowOf } from "../../templates/client/runtime/rollup/rollup.js";
import { integer } from "../../templates/client/runtime/values/numbers.js";
import { oneOf, text } from "../../templates/client/runtime/values/values.js";
import { temporaryFolder } from "../support/temp-folder.js";

const hour = 3_600_000;
let home = "";
let now = 0;

const by = [{ name: "tool", code: 0, take: text(9), open: true as const }];
const values = [
  { name: "peak", by: "max", take: integer(0, 99), most: 99 },
  { name: "least", by: "min", take: integer(0, 99), most: 99 },
  { name: "last", by: "last", take: text(9), most: 9 },
  { name: "kinds", by: "union", take: oneOf(["a", "b", "c"]), most: 3 },
  { name: "projects", by: "count-distinct", take: spoken, most: 4 },
  { name: "bytes", by: "sum", take: integer(0, 99), most: 99 },
] as const;

/** A process on this test's machine. */
function started(period?: "hour" | "week", env: Record<string, string> = {}, more: object = {}) {
  const contract = {
    schemaVersion: 1,
    consent: { optOut: true as const, order: [{ by: "OFF", disable: () => true }] },
    queue: { file: inHome("q.jsonl"), maxSize: 65536 },
    timeout: 1,
  };
  const client = createClient(contract, {});
  setupClient(client, { host: { home, now: () => now, env } });
  const rollup = createCombined(client, {
    name: "use",
    by,
    counters: ["count", "errors"],
    values,
    ...(period && { period }),
    ...more,
  });
  const call = (tool: string, ok = true, ...given: unknown[]) => combine(rollup, rowOf(rollup, tool), ok, given);
  return { client, call, persist: () => persist(client) };
}

/** Returns the events that would leave now. */
function leaving(client: Client, period?: "hour" | "week") {
  const events = [
    {
      name: "use",
      by,
      counters: ["count", "errors"],
      ...(period && { period }),
      combining: combinedLines(
        ...values.map(({ take, ...one }) =>
          one.by === "union" ? { ...one, all: ["a", "b", "c"] } : one.by === "count-distinct" ? one : { ...one, take },
        ),
      ),
    },
  ];
  const whole = { ...client.contract, events } as unknown as Contract;
  return dueFiles(queueFiles(join(home, "q.jsonl")), now, 0).map((group) =>
    recordsOf(
      group.map(({ path }) => ({ text: readFileSync(path, "utf8") })),
      { contract: whole, host: client.host },
    ).items.map(({ ts, props }) => ({ ts, ...props })),
  );
}

beforeEach(() => {
  home = temporaryFolder("combine");
  now = Date.parse("2026-06-12T12:20:00Z");
});

it.each([
  ["hour", "2026-06-12T12:20:00Z", "2026-06-12T12:00:00.000Z", "2026-06-12T12:30:00.000Z"],
  ["day", "2026-06-12T12:20:00Z", "2026-06-12T00:00:00.000Z", "2026-06-12T12:00:00.000Z"],
  ["week", "2026-06-14T23:59:59Z", "2026-06-08T00:00:00.000Z", "2026-06-11T12:00:00.000Z"],
  ["week", "2026-06-15T00:00:00Z", "2026-06-15T00:00:00.000Z", "2026-06-18T12:00:00.000Z"],
] as const)("a %s of %s begins at %s", (period, time, start, middle) => {
  const number = periodAt(period, Date.parse(time));
  expect(new Date(startOf(period, number)).toISOString()).toBe(start);
  expect(new Date(startOf(period, number, 0.5)).toISOString()).toBe(middle);
});

it("what several processes give comes to one event, once its hour is over", () => {
  const [one, other] = [started("hour"), started("hour")];
  one.call("x", true, 5, 5, "1.0", "c", "/home/ann/secret", 7);
  other.call("x", false, 9, 3, "1.1", "a", "/home/ann/other", 8);
  one.persist();
  now += 1000;
  other.persist();
  now += 1000;
  one.call("x", true, 6, 4, "1.2", "c", "/home/ann/secret");
  one.call("y");
  one.persist();
  expect(leaving(one.client, "hour")).toEqual([]);
  now += hour;
  const ts = "2026-06-12T12:30:00.000Z";
  expect(leaving(one.client, "hour")).toEqual([
    [
      { ts, tool: "x", count: 3, errors: 1, peak: 9, least: 3, last: "1.2", kinds: ["a", "c"], projects: 2, bytes: 15 },
      { ts, tool: "y", bytes: 0, count: 1, errors: 0, kinds: [], projects: 0 },
    ],
  ]);
});

it("each hour, day and week is an event of its own", () => {
  for (const [period, length] of [
    ["hour", hour],
    [undefined, 24 * hour],
    ["week", 168 * hour],
  ] as const) {
    home = temporaryFolder("combine");
    const { client, call, persist } = started(period);
    for (let at = 0; at < 3; at++) {
      call("x", true, at);
      persist();
      now += length;
    }
    expect(leaving(client, period).flat()).toMatchObject([
      { count: 1, peak: 0 },
      { count: 1, peak: 1 },
      { count: 1, peak: 2 },
    ]);
  }
});

it("no value that is only told apart is ever on the disk, and at most so many are", () => {
  const { client, call, persist } = started();
  for (let at = 0; at < 9; at++) call("x", true, undefined, undefined, undefined, "b", `/home/ann/${at}`);
  persist();
  const all = readdirSync(home)
    .map((name) => readFileSync(join(home, name), "utf8"))
    .join("\n");
  expect(all).not.toMatch(/ann|"b"/);
  now += 24 * hour;
  expect(leaving(client)).toMatchObject([[{ count: 9, kinds: ["b"], projects: 4 }]]);
});

it.each(["", "e55da64a1c51b7cb", `${"0".repeat(64)}\n`])("a salt that isn't whole is replaced once: %j", (left) => {
  const salt = join(home, "q.jsonl.salt");
  writeFileSync(salt, left);
  const [one, other] = [started(), started()];
  for (const { call, persist } of [one, other]) {
    call("x", true, undefined, undefined, undefined, "b", "/home/ann");
    persist();
  }
  expect(readFileSync(salt, "utf8")).toMatch(/^[0-9a-f]{64}$/);
  expect(readdirSync(home).filter((name) => name.includes("tmp"))).toEqual([]);
  now += 24 * hour;
  expect(leaving(one.client)).toMatchObject([[{ count: 2, kinds: ["b"], projects: 1 }]]);
  expect(saltOf(join(home, "q.jsonl"))).toBe(readFileSync(salt, "utf8"));
});

it.each(["hour", undefined] as const)("while telemetry is off nothing is kept, not even a salt: %s", (period) => {
  const { call, persist } = started(period, { OFF: "1" });
  call("x", true, 1, 1, "1.0", "a", "/home/ann");
  persist();
  expect(readdirSync(home)).toEqual([]);
  expect(existsSync(join(home, "q.jsonl.salt"))).toBe(false);
});

it("what is bad brings nothing, and the call counts", () => {
  const { client, call, persist } = started("week");
  call("x", true, -1, "x", {}, "z", {}, 1.5);
  persist();
  now += 168 * hour;
  expect(leaving(client, "week")).toEqual([
    [{ ts: "2026-06-11T12:00:00.000Z", tool: "x", bytes: 0, count: 1, errors: 0, kinds: [], projects: 0 }],
  ]);
});

it("what belongs to a part that is off is not written, for whatever time it is counted", () => {
  const { call, persist } = started("hour", {}, { only: () => false });
  call("x", true, 1, 1, "1.0", "a", "/home/ann");
  persist();
  expect(readdirSync(home)).toEqual([]);
});
