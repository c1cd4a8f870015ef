import { execFileSync, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { client as generated } from "../../generated/client/client.js";
import { type Client, createClient, type Later, setupClient } from "../../templates/client/runtime/client.js";
import { previewSend } from "../../templates/client/runtime/command/preview.js";
import { discard } from "../../templates/client/runtime/consent/discard.js";
import type { QueueContract, SendingContract } from "../../templates/client/runtime/contract.js";
import type { SendRequest } from "../../templates/client/runtime/host/host.js";
import { loadFullContract } from "../../templates/client/runtime/load-full-contract.js";
import { append } from "../../templates/client/runtime/queue/append.js";
import { flushNow, flushQueue } from "../../templates/client/runtime/queue/flush-queue.js";
import { ownMark } from "../../templates/client/runtime/queue/owner.js";
import { queueFiles } from "../../templates/client/runtime/queue/queue-names.js";
import { persist, queueEvent } from "../../templates/client/runtime/queue/record.js";
import { addAmounts } from "../../templates/client/runtime/rollup/amounts.js";
import { add, createRollup, rowOf } from "../../templates/client/runtime/rollup/rollup.js";
import { logFiles, readSentLog } from "../../templates/client/runtime/send/sent-log.js";
import { always } from "../../templates/client/runtime/values/constant.js";
import { list, text } from "../../templates/client/runtime/values/values.js";
import { isThere } from "../support/real-part.js";
import { until } from "../support/wait.js";
import { queued, queueOf, temporary } from "./program.js";

const noon = Date.parse("2026-06-12T12:00:00Z");
const day = 86_400_000;
const contract: QueueContract = { file: () => undefined, maxSize: 8192 };

/** Appends, and says whether all of it was written. */
function put(queue: string, lines: readonly string[], now: number, limits = contract): boolean {
  let kept = 0;
  const waiting = lines.map((line) => ({ line, kept: () => kept++ }));
  append(queue, queue, waiting, limits, now);
  return kept === lines.length;
}

interface Machine {
  readonly client: Client;
  readonly home: string;
  readonly bodies: string[];
  now: number;
  /** Answers the next request. */
  answer: (request: SendRequest) => Promise<number>;
}

/** A process of CodeGraph on a machine of its own. */
async function machine(home = temporary()): Promise<Machine> {
  const client = createClient(generated.contract, generated.parts);
  await loadFullContract(client);
  const made: Machine = { client, home, bodies: [], now: noon, answer: async () => 204 };
  setupClient(client, {
    host: {
      env: { CODEGRAPH_TELEMETRY: "1" },
      home,
      now: () => made.now,
      write: () => undefined,
      send: async (request) => {
        made.bodies.push(request.body);
        request.handedOver?.();
        return made.answer(request);
      },
    },
  });
  setupClient(client, { version: "0.9.12" } as object);
  return made;
}

const uninstall = {
  name: "uninstall",
  fields: [{ name: "targets", take: list(text(), 12) }],
} as const;
const record = ({ client }: Machine, ...targets: string[]) => {
  queueEvent(client, uninstall, { targets });
  persist(client);
};
const flushed = (one: Machine, unasked = false) => flushQueue(one.client, new AbortController().signal, unasked);
const events = ({ bodies }: Machine) =>
  bodies.flatMap((body) => (JSON.parse(body) as { events: { ts: string; props: Record<string, unknown> }[] }).events);
const targets = (one: Machine) => events(one).flatMap(({ props }) => props["targets"] as string[]);
/** Another contract of what sends. */
function under({ client }: Machine, change: (sending: SendingContract) => Partial<SendingContract>): void {
  const { later } = client.parts;
  const more = async () => {
    const found = (await later?.()) as Later;
    return { ...found, sending: { ...found.sending, ...change(found.sending) } };
  };
  Object.assign(client, { parts: { ...client.parts, later: more } });
}
/** Knows this event, too. */
const lets = (one: Machine, event: NonNullable<SendingContract["events"]>[number]) =>
  under(one, ({ events = [] }) => ({ events: [event, ...events] }));
const refuse = () => Promise.reject(Object.assign(new Error("no"), { code: "ECONNREFUSED" }));

/** A transport that never gets as far as the operating system. */
function refusing(one: Machine): void {
  setupClient(one.client, { host: { send: refuse } });
}

let one: Machine;
beforeEach(async () => {
  one = await machine();
});

EventEmitter.defaultMaxListeners = 200;

describe("appending", () => {
  let queue: string;
  beforeEach(() => {
    queue = join(temporary(), "q");
  });
  let clock = noon;
  const add = (lines: readonly string[]) => put(queue, lines, clock++);
  const size = () =>
    readdirSync(dirname(queue)).reduce((sum, name) => sum + statSync(join(dirname(queue), name)).size, 0);

  it("makes room by dropping what is the queue's, and nothing that only lies beside it", () => {
    const beside = ["q.stopped", "q.bak", "q.old-copy"].map((name) => join(dirname(queue), name));
    for (const path of beside) writeFileSync(path, "x".repeat(2000));
    for (let i = 0; i < 500; i++) add([`{"n":${i},"x":"${"y".repeat(80)}"}`]);
    expect(beside.map((path) => existsSync(path))).toEqual([true, true, true]);
  });

  it("keeps to its cap by dropping what is oldest, whole lines at a time", () => {
    for (let i = 0; i < 500; i++) {
      expect(add([`{"n":${i},"x":"${"y".repeat(80)}"}`])).toBe(true);
      expect(size()).toBeLessThanOrEqual(contract.maxSize);
    }
    const lines = queueFiles(queue).flatMap(({ path }) => readFileSync(path, "utf8").split("\n").filter(Boolean));
    expect(lines.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual(
      Array.from({ length: lines.length }, (_, at) => 500 - lines.length + at),
    );
    expect(lines.length).toBeGreaterThan(30);
  });

  it("keeps the newest of too many lines, counted in bytes", () => {
    add(Array.from({ length: 500 }, (_, at) => `"${at} ${"ü".repeat(50)}"`));
    expect(size()).toBeLessThanOrEqual(contract.maxSize);
    expect(readFileSync(queue, "utf8")).toContain('"499 ');
  });

  it("leaves to senders what they hold, which takes its room", () => {
    const held = [1, 2, 3, 4].map((one) => `${queue}.claim-${noon}-${one}`);
    for (const path of held) writeFileSync(path, "x".repeat(2000));
    expect(add(["1"])).toBe(false);
    expect(held.every((path) => existsSync(path))).toBe(true);
    for (const path of held.slice(2)) rmSync(path);
    expect(add(["1"])).toBe(true);
    for (let i = 0; i < 200; i++) add([`{"n":${i},"x":"${"y".repeat(80)}"}`]);
    expect([held.slice(0, 2).every((path) => existsSync(path)), size() <= contract.maxSize]).toEqual([true, true]);
  });

  it("drops what is newest where the contract says so", () => {
    const full = () => put(queue, [`"${"x".repeat(400)}"`], noon, { ...contract, whenFull: "drop-newest" });
    while (full());
    expect(size()).toBeLessThanOrEqual(contract.maxSize);
    expect(full()).toBe(false);
  });

  it("makes files and folders for their owner alone", () => {
    const deep = join(dirname(queue), "a/b/q");
    put(deep, ["1"], noon);
    expect([statSync(deep).mode & 0o777, statSync(dirname(deep)).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it("starts a line of its own behind half a line", () => {
    writeFileSync(queue, '{"half');
    add(['{"n":1}']);
    expect(readFileSync(queue, "utf8").split("\n")).toContain('{"n":1}');
  });

  it.each<[string, (path: string) => void]>([
    ["a folder", (path) => mkdirSync(path)],
    ["a link", (path) => symlinkSync("/tmp", path)],
    [
      "a link to a file",
      (path) => {
        writeFileSync(`${path}-target`, "");
        symlinkSync(`${path}-target`, path);
      },
    ],
    ["a FIFO", (path) => execFileSync("mkfifo", [path])],
    [
      "a file in the folder's place",
      (path) => {
        rmSync(dirname(path), { recursive: true });
        writeFileSync(dirname(path), "");
      },
    ],
    [
      "no folder that could be made",
      (path) => {
        rmSync(dirname(path), { recursive: true });
        symlinkSync("/proc/self/nothing", dirname(path));
      },
    ],
  ])("%s in its place: nothing happens", (_, make) => {
    make(queue);
    expect(add(["1"])).toBe(false);
    if (existsSync(`${queue}-target`)) expect(readFileSync(`${queue}-target`, "utf8")).toBe("");
  });

  const disk = join(temporary(), "disk");
  const mount = () => {
    try {
      mkdirSync(disk, { recursive: true });
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };
  const unmount = () => execFileSync("umount", [disk]);
  // Not left for `afterAll`, which never comes where all tests are filtered out.
  const mountable = mount();
  if (mountable) unmount();
  it.runIf(isThere("a disk of 64 kB", mountable))("a full disk spoils one line at most (needs to be root)", () => {
    mount();
    onTestFinished(() => void unmount());
    const there = join(disk, "q");
    let written = 0;
    const big = { ...contract, maxSize: 1 << 20 };
    while (put(there, [`{"n":${written},"x":"${"y".repeat(500)}"}`], noon, big)) written++;
    expect(written).toBeGreaterThan(50);
    rmSync(join(disk, readdirSync(disk).find((name) => name !== "q") ?? "none"), { force: true });
    const whole = readFileSync(there, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("{") && line.endsWith("}"));
    expect(whole.length).toBeGreaterThanOrEqual(written - 1);
  });
});

describe("flushing", () => {
  it("sends what was recorded, and leaves nothing that waits", async () => {
    record(one, "a");
    await flushed(one);
    expect([targets(one), queued(one.home)]).toEqual([["a"], []]);
    expect(readSentLog(one.client).map(({ body, outcome }) => [body, outcome])).toEqual([[one.bodies[0], "204"]]);
  });

  it("gives back what could not be sent under the same name", async () => {
    refusing(one);
    record(one, "a");
    await flushed(one);
    record(one, "b");
    expect(readFileSync(queueOf(one.home), "utf8")).toMatch(/"a"[\s\S]*"b"/);
    const next = await machine(one.home);
    await flushed(next);
    expect(targets(next)).toEqual(["a", "b"]);
  });

  it("tries what can't be handed over as often as the contract says, and what was handed over once", async () => {
    under(one, ({ delivery }) => ({ delivery: { ...delivery, attempts: 3 } }));
    let tries = 0;
    setupClient(one.client, {
      host: {
        send: async ({ handedOver }) => {
          if (++tries > 2) handedOver?.();
          return refuse();
        },
      },
    });
    record(one, "a");
    await flushed(one);
    expect([tries, queued(one.home)]).toEqual([3, []]);
    tries = -3;
    record(one, "b");
    await flushed(one);
    expect([tries, queued(one.home).length]).toEqual([0, 1]);
  });

  it("sends nothing twice that may have arrived, although nobody answered", async () => {
    one.answer = refuse;
    record(one, "a");
    await flushed(one);
    await flushed(one);
    expect([one.bodies.length, queued(one.home)]).toEqual([1, []]);
    expect(readSentLog(one.client).map(({ outcome }) => outcome)).toEqual(["no answer"]);
  });

  it("removes what killed processes left of the log, and not what one is writing now", async () => {
    const [log = ""] = logFiles(one.client);
    const [left, writing] = [`${log}.tmp-1-0.1`, `${log}.tmp-2-0.2`];
    mkdirSync(dirname(log), { recursive: true });
    for (const file of [left, writing]) writeFileSync(file, "");
    utimesSync(left, 0, 0);
    record(one, "a");
    await flushed(one);
    expect(logFiles(one.client)).toEqual([log, writing]);
  });

  it.each([false, true])(
    "finds what was written by somebody who had the file open, also if it was sealed meanwhile: %s",
    async (sealed) => {
      record(one, "a");
      // As text, a byte that isn't UTF-8 is three bytes long.
      appendFileSync(queueOf(one.home), Buffer.from([10, 0xff, 10]));
      if (sealed) {
        persist(one.client);
        renameSync(queueOf(one.home), `${queueOf(one.home)}.seal-${one.now}-0.5`);
      }
      await flushed(one);
      const [spent] = queueFiles(queueOf(one.home));
      // A client in another language counts bytes as well.
      expect(spent?.size).toBe(readFileSync(spent?.path ?? "").length);
      appendFileSync(
        spent?.path ?? "",
        `\n${JSON.stringify({ v: 1, event: "uninstall", ts: noon, props: { targets: ["late"] } })}\n`,
      );
      await flushed(one);
      expect(targets(one)).toEqual(["a"]);
      one.now += 11_000;
      await flushed(one);
      expect(targets(one)).toEqual(["a", "late"]);
      one.now += 11_000;
      await flushed(one);
      expect(queueFiles(queueOf(one.home))).toEqual([]);
    },
  );

  it("sends what is too much for one request in several, each line once", async () => {
    const names = Array.from({ length: 250 }, (_, at) => `n${at}`);
    for (const name of names) queueEvent(one.client, uninstall, { targets: [name] });
    persist(one.client);
    await flushed(one);
    expect(one.bodies.length).toBe(3);
    expect(targets(one)).toEqual(names);
    expect(queued(one.home)).toEqual([]);
  });

  it("gives back the rest when the second of several requests fails", async () => {
    const names = Array.from({ length: 250 }, (_, at) => `n${at}`);
    for (const name of names) queueEvent(one.client, uninstall, { targets: [name] });
    persist(one.client);
    let requests = 0;
    const bodies: string[] = [];
    setupClient(one.client, {
      host: {
        send: async ({ body }) => {
          if (++requests === 2) return refuse();
          bodies.push(body);
          return 204;
        },
      },
    });
    await flushed(one);
    await flushed(one);
    one.bodies.push(...bodies);
    expect(targets(one)).toEqual(names);
  });

  it("keeps the bytes of a request below what the receiver takes", async () => {
    lets(one, uninstall);
    for (let i = 0; i < 60; i++) queueEvent(one.client, uninstall, { targets: Array(12).fill("x".repeat(150)) });
    persist(one.client);
    await flushed(one);
    expect(one.bodies.length).toBeGreaterThan(1);
    expect(Math.max(...one.bodies.map((body) => Buffer.byteLength(body)))).toBeLessThanOrEqual(65536);
  });

  it("keeps them below it also if the first event takes up half of it", async () => {
    lets(one, uninstall);
    for (const times of [200, ...Array(30).fill(12)])
      queueEvent(one.client, uninstall, { targets: Array(times).fill("x".repeat(150)) });
    persist(one.client);
    await flushed(one);
    expect(one.bodies.length).toBeGreaterThan(1);
    expect(Math.max(...one.bodies.map((body) => Buffer.byteLength(body)))).toBeLessThanOrEqual(65536);
  });

  it.each<[string, object, string | undefined]>([
    ["a field that no contract lists", { props: { targets: ["a"], secret: "/home/ann" } }, '{"targets":["a"]}'],
    ["a value that may not travel", { props: { targets: "a" } }, undefined],
    ["no value for what has to be there", { props: {} }, undefined],
    [
      "an event of no contract that nobody knew for a month",
      { event: "spy", ts: noon - 31 * day, props: {} },
      undefined,
    ],
    ["a getter's name", { props: { targets: ["a"], __proto__: { x: 1 } } }, '{"targets":["a"]}'],
    ["an earlier revision's field", { v: 0, props: { targets: ["a"], old: 1 } }, '{"targets":["a"]}'],
    ["an earlier revision's event without what came later", { v: 0, props: {} }, "{}"],
    ["counts of what isn't counted", { day: 20616, by: { targets: ["a"] }, sums: { targets: 1 } }, undefined],
    [
      "counters of no contract",
      { event: "usage_rollup", day: 1, by: { kind: "cli_command", name: "a" }, sums: { count: 2, spied: 1 } },
      '{"kind":"cli_command","name":"a","count":2,"error_count":0}',
    ],
  ])("holds a line to its event's own checks: %s", async (_, line, sent) => {
    mkdirSync(dirname(queueOf(one.home)));
    const whole = JSON.stringify({ v: 1, event: "uninstall", ts: noon, ...line });
    writeFileSync(queueOf(one.home), `\n${whole}\n`);
    await flushed(one);
    expect(events(one).map(({ props }) => JSON.stringify(props))).toEqual(sent === undefined ? [] : [sent]);
    expect(queued(one.home)).toEqual([]);
  });

  it("leaves what another program of this product recorded to one that knows it", async () => {
    mkdirSync(dirname(queueOf(one.home)));
    const line = (event: string) => JSON.stringify({ v: 1, event, ts: noon, props: { targets: ["a"] } });
    writeFileSync(queueOf(one.home), `${line("other")}\n${line("uninstall")}\n${line("constructor")}\n`);
    await flushed(one);
    await flushed(one);
    expect(targets(one)).toEqual(["a"]);
    expect(queued(one.home)).toEqual([line("other"), line("constructor")]);
    lets(one, { ...uninstall, name: "other" });
    await flushed(one);
    expect(targets(one)).toEqual(["a", "a"]);
    expect(queued(one.home)).toEqual([line("constructor")]);
  });

  it("tells what a clock that was ahead recorded as of now: it can't have happened later", async () => {
    mkdirSync(dirname(queueOf(one.home)));
    const at = (ts: number) => JSON.stringify({ v: 1, event: "uninstall", ts, props: { targets: [] } });
    writeFileSync(queueOf(one.home), `${at(noon + 365 * day)}\n${at(noon - day)}\n`);
    await flushed(one);
    expect(events(one).map(({ ts }) => ts)).toEqual(["2026-06-12T12:00:00.000Z", "2026-06-11T12:00:00.000Z"]);
  });

  it("passes over damaged lines and binary", async () => {
    record(one, "a");
    appendFileSync(queueOf(one.home), Buffer.from([0, 255, 10, 123, 10]));
    appendFileSync(
      queueOf(one.home),
      'null\n[]\n{"v":1}\n{"v":"x","event":1}\n{"v":1,"event":"x","ts":"t","props":{}}\n{"v":1,"event":"x","ts":1e300,"props":{}}\n{"v":1,"event":"x","day":1e300,"by":{},"sums":{}}\n',
    );
    record(one, "b");
    await flushed(one);
    expect(targets(one)).toEqual(["a", "b"]);
  });

  it("says of older lines that they were recorded under an older contract", async () => {
    record(one, "new");
    appendFileSync(
      queueOf(one.home),
      `${JSON.stringify({ v: 0, event: "uninstall", ts: noon, props: { targets: ["old"] } })}\n`,
    );
    await flushed(one);
    const versions = one.bodies.map((body) => (JSON.parse(body) as { schema_version?: number }).schema_version);
    expect(versions).toEqual([1, 0]);
    expect(targets(one)).toEqual(["new", "old"]);
  });

  it("stops after 410 until the next version, in every process", async () => {
    one.answer = async () => 410;
    record(one, "a");
    await flushed(one);
    const next = await machine(one.home);
    record(next, "b");
    await flushed(next);
    expect(next.bodies).toEqual([]);
    const updated = await machine(one.home);
    setupClient(updated.client, { version: "0.9.13" } as object);
    await flushed(updated);
    expect(targets(updated)).toEqual(["b"]);
  });

  it("notes a 410 in a file of its own, never through a link in its place", async () => {
    const precious = join(temporary(), "precious");
    writeFileSync(precious, "as it was");
    record(one, "a");
    symlinkSync(precious, `${queueOf(one.home)}.stopped`);
    one.answer = async () => 410;
    await flushed(one);
    expect(readFileSync(precious, "utf8")).toBe("as it was");
    expect(lstatSync(`${queueOf(one.home)}.stopped`).isFile()).toBe(true);
  });

  it("a flush while another is on its way sends what was recorded since", async () => {
    let answer = (_: number) => {};
    one.answer = () => new Promise((resolve) => (answer = resolve));
    record(one, "a");
    const first = flushNow(one.client, false);
    await vi.waitFor(() => expect(targets(one)).toEqual(["a"]), 60_000);
    record(one, "b");
    one.answer = async () => 204;
    const second = flushNow(one.client, false);
    answer(204);
    await Promise.all([first, second]);
    expect([targets(one), queued(one.home)]).toEqual([["a", "b"], []]);
  });

  it("ends with its time, and gives back what it holds", async () => {
    one.answer = () => new Promise(() => undefined);
    setupClient(one.client, { host: { send: () => new Promise(() => undefined) } });
    record(one, "a");
    await flushQueue(one.client, AbortSignal.timeout(50), false);
    expect(queued(one.home)).toHaveLength(1);
  });

  it("sends nothing once consent is taken back, and deletes what waits", async () => {
    record(one, "a");
    setupClient(one.client, { host: { env: { CODEGRAPH_TELEMETRY: "0" } } });
    await flushed(one);
    expect([one.bodies, queued(one.home).length]).toEqual([[], 1]);
    discard(one.client);
    expect(queueFiles(queueOf(one.home))).toEqual([]);
  });

  it("does not bring back what was deleted while it was sent", async () => {
    setupClient(one.client, {
      host: {
        send: async () => {
          discard(one.client);
          return refuse();
        },
      },
    });
    record(one, "a");
    await flushed(one);
    expect(queued(one.home)).toEqual([]);
  });

  it.each<[string, (home: string) => void]>([
    ["a folder in the queue's place", (home) => mkdirSync(queueOf(home), { recursive: true })],
    [
      "a link in the queue's place",
      (home) => {
        mkdirSync(dirname(queueOf(home)));
        symlinkSync("/etc/hostname", queueOf(home));
      },
    ],
    [
      "a home that is a file",
      (home) => {
        rmSync(home, { recursive: true });
        writeFileSync(home, "");
      },
    ],
    ["a home that is gone", (home) => rmSync(home, { recursive: true })],
    [
      "a folder that can't be written",
      (home) => {
        mkdirSync(dirname(queueOf(home)));
        chmodSync(dirname(queueOf(home)), 0o500);
      },
    ],
  ])("%s: silence", async (_, make) => {
    make(one.home);
    record(one, "a");
    await flushed(one);
    expect(
      existsSync(queueOf(one.home)) && lstatSync(queueOf(one.home)).isSymbolicLink() ? basename(queueOf(one.home)) : "",
    ).toMatch(/^(telemetry-queue.jsonl)?$/);
    expect(targets(one).filter((name) => name !== "a")).toEqual([]);
  });

  it.each([undefined, "", "/", "relative"])("a home that is %j is no home", async (home) => {
    setupClient(one.client, { host: { home: home as string } });
    record(one, "a");
    await flushed(one);
    expect(one.bodies).toEqual([]);
    expect(existsSync("/.codegraph")).toBe(false);
  });
});

describe("days", () => {
  const usage = (machine: Machine) =>
    createRollup(machine.client, {
      name: "usage_rollup",
      by: [
        { name: "name", code: 0, open: true, take: text(9, /^[a-z]+$/) },
        { name: "kind", code: 1, take: always("mcp_tool") },
      ],
      counters: ["count", "error_count"],
    });
  const count = (machine: Machine, rollup: ReturnType<typeof usage>, name: string, ok = true) => {
    add(rollup, rowOf(rollup, name), ok);
    persist(machine.client);
  };
  const sums = (machine: Machine) =>
    events(machine).map(({ ts, props }) => [ts.slice(0, 10), props["name"], props["count"], props["error_count"]]);

  it("are sent when they are over, by whichever process, added up", async () => {
    const others = await Promise.all([machine(one.home), machine(one.home)]);
    for (const each of [one, ...others]) count(each, usage(each), "tool", each !== one);
    await flushed(one);
    expect(one.bodies).toEqual([]);
    one.now += day;
    await flushed(one);
    expect(sums(one)).toEqual([["2026-06-12", "tool", 3, 1]]);
    expect(events(one)[0]?.ts).toBe("2026-06-12T12:00:00.000Z");
  });

  it("are one group in any order of its names, whoever wrote them", async () => {
    count(one, usage(one), "tool");
    const other = { sums: { error_count: 1, count: 2 }, by: { name: "tool", kind: "mcp_tool" }, event: "usage_rollup" };
    const same = { ...other, by: { kind: "mcp_tool", name: "tool" } };
    const text = [other, same].map((line) => JSON.stringify({ day: noon / day - 0.5, v: 1, ...line })).join("\n");
    appendFileSync(`${queueOf(one.home)}.day-${noon / day - 0.5}`, `\n${text}\n`);
    one.now += day;
    await flushed(one);
    expect(sums(one)).toEqual([["2026-06-12", "tool", 5, 2]]);
  });

  it("survive a clock that goes back a day or a year: every count once", async () => {
    const rollup = usage(one);
    for (const jump of [0, -day, day, -365 * day, 365 * day]) {
      one.now = noon + jump;
      count(one, rollup, "tool");
      await flushed(one);
    }
    one.now = noon + 400 * day;
    await flushed(one);
    expect(sums(one).reduce((sum, [, , counted]) => sum + (counted as number), 0)).toBe(5);
    expect(queued(one.home)).toEqual([]);
  });

  it("wait for this machine's own hour where nobody asked", async () => {
    count(one, usage(one), "tool");
    one.now = Date.parse("2026-06-13T00:00:00Z");
    const hours: number[] = [];
    for (let hour = 0; hour < 24 && one.bodies.length === 0; hour++) {
      await flushed(one, true);
      hours.push(hour);
      one.now += 3_600_000;
    }
    await flushed(one, true);
    expect(sums(one)).toEqual([["2026-06-12", "tool", 1, 0]]);
  });

  it("count what has too many names as others, and never more than the contract's cap", async () => {
    const rollup = usage(one);
    for (let i = 0; i < 600; i++)
      add(
        rollup,
        rowOf(
          rollup,
          i.toString(26).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "q"),
        ),
      );
    add(rollup, rowOf(rollup, "NOT A NAME"));
    persist(one.client);
    one.now += day;
    await flushed(one);
    const others = sums(one).filter(([, name]) => name === "other");
    expect([sums(one).length, others]).toEqual([512, [["2026-06-12", "other", 89, 0]]]);
  });

  it("add up amounts beside the calls, and nothing that is not one", async () => {
    const read = { name: "read", by: [], counters: ["count", "error_count", "bytes"] };
    lets(one, read);
    const rollup = createRollup(one.client, read);
    for (const amount of [10, 5, -1, 1.5, Number.NaN, "7", undefined])
      addAmounts(rollup, rowOf(rollup), amount !== 5, [amount]);
    persist(one.client);
    one.now += day;
    await flushed(one);
    expect(events(one).map(({ props }) => props)).toEqual([{ count: 7, error_count: 1, bytes: 15 }]);
  });

  it("never grow a sum past what the receiver takes", async () => {
    const rollup = usage(one);
    rowOf(rollup, "tool").slots[0] = 5_000_000;
    count(one, rollup, "tool");
    one.now += day;
    await flushed(one);
    expect(sums(one)).toEqual([["2026-06-12", "tool", 1_000_000, 0]]);
  });
});

it("a preview shows what would be sent, and changes nothing", async () => {
  record(one, "a");
  const read = { name: "read", by: [], counters: ["count"] };
  lets(one, read);
  const rollup = createRollup(one.client, read);
  add(rollup, rowOf(rollup));
  persist(one.client);
  const before = readdirSync(dirname(queueOf(one.home)));
  const preview = await previewSend(one.client);
  expect(preview.bodies.map((body) => JSON.parse(body) as { machine_id: null; events: object[] })).toMatchObject([
    { machine_id: null, events: [{ props: { targets: ["a"] } }] },
  ]);
  expect([preview.waiting, preview.url]).toEqual([1, "https://telemetry.getcodegraph.com/v1/events"]);
  expect(readdirSync(dirname(queueOf(one.home)))).toEqual(before);
});

describe("a claim whose time is over", () => {
  const [pid = "", , where = ""] = ownMark().split(".");
  // Of a machine that was started a day ago: the one that runs the tests may be new.
  const seconds = 86_400;
  beforeEach(() => void vi.spyOn(process, "hrtime").mockReturnValue([seconds, 0]));
  afterEach(() => void vi.restoreAllMocks());
  const dead = 2 ** 22 + 1;
  // Another container of this machine: the machine's part of the mark is the same.
  const container = where.slice(0, 8) === where ? where : `${where.slice(0, 8)}9`;
  it.each([
    ["of a living process is its own, whatever any clock says", `${pid}.${seconds}.${where}`, false],
    ["of a process that has ended is free", `${dead}.${seconds}.${where}`, true],
    [
      "of a process of another container is left until its time really went by",
      `${dead}.${seconds}.${container}`,
      false,
    ],
    ["of a process of another container is free then", `${dead}.${seconds - 3601}.${container}`, true],
    ["of a number that was given again is free then", `${pid}.${seconds - 3601}.${where}`, true],
    ["of a machine that was started anew since is free", `${pid}.${seconds + 100}.${where}`, true],
    ["of another machine is left until the disk has seen its time go by", `${dead}.${seconds - 3601}.f00f00f01`, false],
    ["of another machine that runs longer is left, too", `${dead}.${seconds + 100}.f00f00f01`, false],
    ["of a client that leaves no mark is free", "", true],
  ])("%s", async (_, mark, free) => {
    record(one, "a");
    const claim = `${queueOf(one.home)}.claim-${noon - 2 * 3_600_000}-${mark}${mark && "-"}0.5`;
    renameSync(queueOf(one.home), claim);
    await flushed(one);
    expect([targets(one), existsSync(claim)]).toEqual(free ? [["a"], false] : [[], true]);
  });

  it.runIf(process.platform === "linux")("of a zombie is free", async () => {
    // The shell becomes another program, which never asks how its child ended; a shell itself may have asked by then.
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec tail -f /dev/null"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    parent.stdout.on("data", (chunk) => (said += String(chunk)));
    try {
      await until("the child's number", () => said.includes("\n"));
      await until("another program", () => readFileSync(`/proc/${parent.pid}/comm`, "utf8") === "tail\n");
      process.kill(Number(said));
      await until("a zombie", () => readFileSync(`/proc/${said.trim()}/stat`, "utf8").includes(") Z "));
      record(one, "a");
      const mark = `${said.trim()}.${seconds}.${where}`;
      renameSync(queueOf(one.home), `${queueOf(one.home)}.claim-${noon - 2 * 3_600_000}-${mark}-0.5`);
      await flushed(one);
      expect(targets(one)).toEqual(["a"]);
    } finally {
      parent.kill();
    }
  });

  it("is named so by whoever sends", async () => {
    let names: readonly string[] = [];
    one.answer = async () => {
      names = readdirSync(dirname(queueOf(one.home)));
      return 204;
    };
    record(one, "a");
    await flushed(one);
    expect(names.filter((name) => name.includes(`.claim-${noon}-${pid}.`) && name.includes(`.${where}-`))).toHaveLength(
      1,
    );
  });
});

it("a claim with a second name was given back already", async () => {
  record(one, "a");
  const claim = `${queueOf(one.home)}.claim-1-1-1`;
  execFileSync("ln", [queueOf(one.home), claim]);
  await flushed(one);
  expect([targets(one), existsSync(claim)]).toEqual([["a"], false]);
  renameSync(queueFiles(queueOf(one.home))[0]?.path ?? "", `${queueOf(one.home)}.tmp-1-1-1`);
  await flushed(one);
  expect(queueFiles(queueOf(one.home))).toEqual([]);
});
