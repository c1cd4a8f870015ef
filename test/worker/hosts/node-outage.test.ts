import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { until } from "../../support/wait.js";
import { type GeneratedWorker, writeWorker } from "./generated-worker.js";
import { PosthogBackend } from "./posthog-backend.js";
import { type NodeProcess, startNode } from "./start-node.js";
import { post, usageBatch } from "./usage-batch.js";

let worker: GeneratedWorker;
let backend: PosthogBackend;
let data: string;
let running: NodeProcess | undefined;
let number = 0;

beforeAll(async () => {
  worker = await writeWorker();
});
afterAll(() => worker.remove());
beforeEach(async () => {
  backend = new PosthogBackend();
  await backend.up();
  number += 1;
  data = join(worker.folder, `data-${number}`);
});
afterEach(async () => {
  await running?.kill("SIGKILL");
  running = undefined;
  await backend.down();
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<NodeProcess> {
  running = await startNode(worker.folder, {
    POSTHOG_KEY: "phc_test",
    TELEMETRY_SINK_URL: backend.url,
    TELEMETRY_DATA: data,
    ...env,
  });
  return running;
}

/** The files that wait, of all processes. */
const spooled = () =>
  (readdirSync(join(data, "spool"), { recursive: true }) as string[]).filter((name) => /(^|\/)\d+\.jsonl$/.test(name));

it("loses nothing when the backend goes down under load, and the host is killed while it is", async () => {
  const accepted: string[] = [];
  let sent = 0;
  let target = (await start()).url;
  let over = false;
  const client = async () => {
    while (!over) {
      const { body, keys } = usageBatch(3);
      sent += 1;
      if ((await post(target, body)) === 204) accepted.push(...keys);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const clients = Promise.all(Array.from({ length: 8 }, client));
  await until("the backend got it", () => backend.received.size > 300);
  await backend.down();
  const before = accepted.length;
  await until("more was accepted", () => accepted.length > before + 600);
  await running?.kill("SIGKILL");
  target = (await start()).url;
  const restarted = accepted.length;
  await until("more was accepted", () => accepted.length > restarted + 600);
  const waiting = spooled().length;
  await backend.up();
  await until("more was accepted", () => accepted.length > restarted + 900);
  over = true;
  await clients;
  await until("the spool is empty", () => spooled().length === 0);
  expect(await running?.kill("SIGTERM")).toBe(0);

  const stored = new Set(backend.order);
  const lost = accepted.filter((key) => !stored.has(key));
  expect(lost).toEqual([]);
  // An event that was stored though nobody heard of its 204 is at most one request per client and kill.
  expect(stored.size - accepted.length).toBeLessThanOrEqual(8 * 3);
  expect(waiting).toBeGreaterThan(0);
  // Each machine's events in the order in which they came.
  const counts: Record<string, string> = {};
  for (const [machine = "", count] of backend.order.map((key) => key.split("/")))
    counts[machine] = `${counts[machine] ?? ""}${count}`;
  expect(new Set(Object.values(counts))).toEqual(new Set(["123"]));
  console.info(
    `requests ${sent}, events accepted ${accepted.length}, stored ${stored.size}, spool files at the worst ${waiting}, lost ${lost.length}`,
  );
});

it("keeps no more than it may, and counts what it turned away", async () => {
  await backend.down();
  const host = await start({ TELEMETRY_SPOOL_MAX: "20000" });
  let accepted = 0;
  const statuses = new Set<number>();
  for (let index = 0; index < 40; index += 1) {
    const status = await post(host.url, usageBatch(5).body);
    statuses.add(status);
    if (status === 204) accepted += 5;
  }
  // What is turned away is answered so.
  expect([...statuses]).toEqual([204, 503]);
  expect((await fetch(`${host.url}/health`)).status).toBe(503);
  expect(spooled().reduce((sum, name) => sum + statSync(join(data, "spool", name)).size, 0)).toBeLessThanOrEqual(
    20_000,
  );
  await backend.up();
  await until("the spool is empty", () => spooled().length === 0);
  expect((await fetch(`${host.url}/health`)).status).toBe(200);
  expect(await host.kill("SIGTERM")).toBe(0);
  const { spool_full: turnedAway = 0, stored } = host.counted();
  expect(turnedAway).toBe(200 - accepted);
  expect(stored).toBe(backend.received.size);
  expect(backend.received.size).toBe(accepted);
});

it("puts aside what the backend refuses for good, readable by nobody else, and sends it when a person puts it back", async () => {
  backend.status = 401;
  const host = await start();
  await post(host.url, usageBatch(2).body);
  await until("the spool is empty", () => spooled().length === 0);
  expect(await host.kill("SIGTERM")).toBe(0);
  const aside = join(data, "spool/refused.jsonl");
  expect(readFileSync(aside, "utf8").trim().split("\n")).toHaveLength(2);
  expect([
    statSync(aside).mode & 0o777,
    statSync(join(data, "spool")).mode & 0o777,
    statSync(data).mode & 0o777,
  ]).toEqual([0o600, 0o700, 0o700]);
  expect(host.counted()).toMatchObject({ "refused: status 401": 2 });

  // As the page says.
  backend.status = 200;
  renameSync(aside, join(data, "spool/1.jsonl"));
  const again = await start();
  await until("the spool is empty", () => spooled().length === 0);
  expect(await again.kill("SIGTERM")).toBe(0);
  expect(again.counted()).toMatchObject({ stored: 2 });
  expect(existsSync(aside)).toBe(false);
});

it("goes on from a spool that a crash of the machine left damaged", async () => {
  const lines = [1, 2].map((count) =>
    JSON.stringify({
      id: `00000000-0000-4000-8000-00000000000${count}`,
      event: "e",
      time: "2026-06-12T12:00:00.000Z",
      fields: { machine_id: "m", count },
    }),
  );
  // Of this kernel, and nobody listens in it.
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  const left = join(data, `spool/${boot}.${randomUUID()}`);
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, "000000000007.jsonl"), `${lines.join("\n")}\n{"id":"0000`);
  const host = await start();
  await until("the spool is empty", () => spooled().length === 0);
  expect(backend.order).toEqual(["m/1", "m/2"]);
  expect(await host.kill("SIGTERM")).toBe(0);
  expect(host.counted()).toMatchObject({ damaged: 1, stored: 2 });
});

it.each<[string, Record<string, string>, RegExp]>([
  ["a secret is missing", { POSTHOG_KEY: "" }, /^POSTHOG_KEY is not set\. .*--try/],
  ["there is no such sink", { TELEMETRY_SINK: "kafka" }, /^There is no sink "kafka"\. Sinks: .*posthog/],
  ["a number is none", { PORT: "http" }, /^PORT is not a whole number/],
])("says what to do when %s", async (_, env, message) => {
  await expect(start(env)).rejects.toThrow(message);
});
