import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Spool } from "../../../templates/worker/node/spool/spool.js";
import { SpoolFolder } from "../../../templates/worker/node/spool/spool-folder.js";
import type { Entry } from "../../../templates/worker/runtime/sinks/entry.js";
import type { Sink } from "../../../templates/worker/runtime/sinks/sink.js";
import { isThere } from "../../support/real-part.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { until } from "../../support/wait.js";
import { entry } from "../sinks/entries.js";
import { type GeneratedWorker, writeWorker } from "./generated-worker.js";
import { PosthogBackend } from "./posthog-backend.js";
import { type NodeProcess, startNode } from "./start-node.js";
import { post, usageBatch } from "./usage-batch.js";

const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
const root = temporaryFolder("spool");
afterAll(() => rmSync(root, { recursive: true, force: true }));

let spools = 0;
const newSpool = () => join(root, `spool-${++spools}`);
const opened: { close(): unknown }[] = [];
const keep = <T extends { close(): unknown }>(one: T): T => {
  opened.push(one);
  return one;
};
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A folder as a dead owner leaves it. */
function leave(spool: string, machine: string, ...files: string[]): string {
  const folder = join(spool, `${machine}.${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  files.forEach((text, index) => {
    writeFileSync(join(folder, `${String(index + 1).padStart(12, "0")}.jsonl`), text);
  });
  return folder;
}

/** Returns what a folder takes over, by its text. */
async function adopted(folder: SpoolFolder): Promise<string[]> {
  const places: string[] = [];
  await folder.adopt(() => {
    places.push(join(folder.path, `${100 + places.length}.jsonl`));
    return places.at(-1) ?? "";
  });
  return places.map((place) => readFileSync(place, "utf8"));
}

describe("whose a spool's folder is", () => {
  it("what the dead left is taken over, oldest first, and what a person put there; of the living nothing is", async () => {
    const spool = newSpool();
    const living = keep(await SpoolFolder.open(spool));
    writeFileSync(join(living.path, "000000000001.jsonl"), "of the living");
    leave(spool, boot, "one", "two");
    writeFileSync(join(spool, "7.jsonl"), "put back");
    const heir = keep(await SpoolFolder.open(spool));
    expect((await adopted(heir)).sort()).toEqual(["one", "put back", "two"]);
    expect(await adopted(heir)).toEqual([]);
    expect(readdirSync(spool)).toHaveLength(2);
  });

  it("of many who find it at once, one gets each file", async () => {
    const spool = newSpool();
    const texts = Array.from({ length: 50 }, (_, index) => `file ${index}`);
    leave(spool, boot, ...texts);
    const heirs = await Promise.all(Array.from({ length: 8 }, async () => keep(await SpoolFolder.open(spool))));
    const taken = await Promise.all(
      heirs.map((heir, number) => {
        let files = 0;
        return heir.adopt(() => join(heir.path, `${number}${String(++files).padStart(5, "0")}.jsonl`));
      }),
    );
    expect(taken).toHaveLength(8);
    const kept = heirs.flatMap(({ path }) =>
      readdirSync(path)
        .filter((name) => name.endsWith(".jsonl"))
        .map((name) => readFileSync(join(path, name), "utf8")),
    );
    expect(kept.sort()).toEqual(texts.sort());
  });

  it("where the path is longer than a socket's may be", async () => {
    const spool = join(newSpool(), "x".repeat(120), "y".repeat(120));
    const living = keep(await SpoolFolder.open(spool));
    expect(living.path).toContain(boot);
    writeFileSync(join(living.path, "000000000001.jsonl"), "of the living");
    leave(spool, boot, "of the dead");
    expect(await adopted(keep(await SpoolFolder.open(spool)))).toEqual(["of the dead"]);
  });

  it("of another kernel, as after a restart of the machine: when its sign of life has stood still", async () => {
    const spool = newSpool();
    const other = leave(spool, "00000000-0000-4000-8000-000000000000", "of another");
    const heir = keep(await SpoolFolder.open(spool, 5));
    expect(await adopted(heir)).toEqual([]);
    // As long as it changes, it lives, whatever its clock says.
    for (let beat = 1; beat < 20; beat += 1) {
      utimesSync(other, beat, beat);
      expect(await adopted(heir)).toEqual([]);
    }
    const found = await until("it is dead", async () => {
      const texts = await adopted(heir);
      return texts.length > 0 && texts;
    });
    expect(found).toEqual(["of another"]);
  });

  it("is let go of when it ends, and nothing empty stays", async () => {
    const spool = newSpool();
    const first = await SpoolFolder.open(spool);
    writeFileSync(join(first.path, "000000000001.jsonl"), "for the next");
    first.close();
    const second = await SpoolFolder.open(spool);
    expect(await adopted(second)).toEqual(["for the next"]);
    rmSync(join(second.path, "100.jsonl"));
    second.close();
    expect(readdirSync(spool)).toEqual([]);
  });
});

describe("a disk that fails", () => {
  const counted: Record<string, number> = {};
  const count = (reason: string, times: number) => {
    counted[reason] = (counted[reason] ?? 0) + times;
  };
  const backoff = { first: 1, most: 5 };

  it("what is settled is settled, also where the disk can't be told: nothing is sent twice", async () => {
    const spool = newSpool();
    const sent: string[] = [];
    let up = 1;
    let tried = 0;
    const sink: Sink = {
      async send(entries) {
        tried += 1;
        if (up-- <= 0) return { kind: "retry", reason: "down" };
        sent.push(...entries.map(({ id }) => id));
        return { kind: "stored" };
      },
    };
    const entries: Entry[] = Array.from({ length: 700 }, (_, index) => entry(index));
    const running = keep(await Spool.open({ folder: spool, most: 1e9, backoff }, sink, count));
    expect(running.add(entries)).toBe(true);
    const own = join(spool, readdirSync(spool)[0] ?? "");
    // Where the rest would be written lies a folder: no rename succeeds.
    mkdirSync(join(own, "000000000001.jsonl.new"));
    await until("it is tried again", () => tried >= 5);
    up = 100;
    await until("all is sent", () => running.size === 0);
    expect(sent.sort()).toEqual(entries.map(({ id }) => id).sort());
    rmSync(join(own, "000000000001.jsonl.new"), { recursive: true });
  });

  it("what the backend refuses and nothing has room for stays until there is room, and holds up nothing else", async () => {
    const folder = newSpool();
    const sent: string[] = [];
    let refusals = 0;
    const sink: Sink = {
      async send(entries) {
        if (entries.some(({ fields }) => fields["number"] === 0)) {
          refusals += 1;
          return { kind: "refused", reason: "status 400", because: "one-of-them" };
        }
        sent.push(...entries.map(({ id }) => id));
        return { kind: "stored" };
      },
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "refused.jsonl"), "x".repeat(4_000));
    const running = keep(await Spool.open({ folder, most: 4_096, backoff }, sink, count));
    const [bad, good, later] = [entry(0), entry(1), entry(2)];
    expect(running.add([bad, good])).toBe(true);
    await until("it is refused again", () => refusals > 3);
    expect(running.add([later])).toBe(true);
    await until("the others are sent", () => sent.length === 2);
    expect(running.size).toBeGreaterThan(0);
    rmSync(join(folder, "refused.jsonl"));
    await until("nothing waits", () => running.size === 0);
    expect(JSON.parse(readFileSync(join(folder, "refused.jsonl"), "utf8"))).toMatchObject({ id: bad.id });
    expect(sent).toEqual([good.id, later.id]);
  });
});

it("forgets what waits, what was refused, and what is being sent at that moment", async () => {
  const folder = newSpool();
  const [mine, others] = [
    [1, 2, 3].map((number) => entry(number)),
    [4, 5].map((number) => entry(number, { machine_id: "other" })),
  ];
  const stored: Entry[] = [];
  let answer: (kind: "stored" | "retry") => void = () => {};
  const sink: Sink = {
    send: (entries) =>
      new Promise((resolve) => {
        answer = (kind) => {
          if (kind === "stored") stored.push(...entries);
          resolve(kind === "stored" ? { kind } : { kind, reason: "down" });
          answer = () => {};
        };
      }),
    async forget({ value }) {
      stored.splice(0, stored.length, ...stored.filter(({ fields }) => fields["machine_id"] !== value));
      return { kind: "stored" };
    },
  };
  const spool = keep(await Spool.open({ folder, most: 1e9, backoff: { first: 1, most: 1 } }, sink, () => {}));
  const sending = () => until("it is being sent", () => answer.length === 1);
  writeFileSync(join(folder, "refused.jsonl"), [...mine, ...others].map((one) => `${JSON.stringify(one)}\n`).join(""));
  spool.add([mine[0], others[0]] as Entry[]);
  await sending();
  spool.add([mine[1], others[1]] as Entry[]);
  const forgotten = spool.forget({ name: "machine_id", value: String(mine[0]?.fields["machine_id"]) });
  answer("stored");
  expect(await forgotten).toBe(true);
  await sending();
  answer("stored");
  await until("all is sent", () => spool.size === 0);
  expect(stored.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
  const refused = readFileSync(join(folder, "refused.jsonl"), "utf8").trim().split("\n");
  expect(refused.map((line) => (JSON.parse(line) as Entry).id)).toEqual(others.map(({ id }) => id));
});

// Namespaces of one's own: as root always, and elsewhere where the kernel allows it.
const unshare = ["unshare", ...(process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"])];
const hasNamespaces = spawnSync(unshare[0] ?? "", [...unshare.slice(1), "--mount", "true"]).status === 0;

describe.runIf(isThere("mount and process namespaces", hasNamespaces))("the generated host", () => {
  let worker: GeneratedWorker;
  let backend: PosthogBackend;
  let hosts: NodeProcess[] = [];
  beforeAll(async () => {
    worker = await writeWorker();
  });
  afterAll(() => worker.remove());
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.kill("SIGKILL")));
    await backend.down();
  });

  const start = async (data: string, behind: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const settings = { POSTHOG_KEY: "k", TELEMETRY_SINK_URL: backend.url, TELEMETRY_DATA: data, ...env };
    const host = await startNode(worker.folder, settings, [], { behind });
    hosts.push(host);
    return host;
  };

  it("twice on one folder, each the first process of its container: nothing is lost, nothing comes twice", async () => {
    backend = new PosthogBackend();
    await backend.up();
    const data = newSpool();
    const container = [...unshare, "--pid", "--fork", "--mount-proc", "--kill-child"];
    hosts = await Promise.all([start(data, container), start(data, container)]);
    const accepted: string[] = [];
    await Promise.all(
      hosts.map(async ({ url }) => {
        for (let index = 0; index < 200; index += 1) {
          const { body, keys } = usageBatch(2);
          if ((await post(url, body)) === 204) accepted.push(...keys);
        }
      }),
    );
    expect(accepted).toHaveLength(800);
    await until("all are stored", () => backend.received.size === 800);
    expect([...backend.order].sort()).toEqual(accepted.sort());
    expect(new Set(backend.received.values())).toEqual(new Set([1]));
    // One is killed while the backend is down: whoever starts next sends what it had, though the other still runs.
    await backend.down();
    const last = usageBatch(3);
    expect(await post(hosts[0]?.url ?? "", last.body)).toBe(204);
    await hosts[0]?.kill("SIGKILL");
    await backend.up();
    await start(data, container);
    await until("the heir sends them", () => last.keys.every((key) => backend.order.includes(key)));
    expect(new Set(backend.received.values())).toEqual(new Set([1]));
  });

  it("on a disk that fills up: no answer says accepted of what is nowhere, and /health says so until there is room", async () => {
    backend = new PosthogBackend();
    await backend.up();
    await backend.down();
    const data = newSpool();
    mkdirSync(data);
    const small = `mount -t tmpfs -o size=64k tmpfs "$TELEMETRY_DATA" && head -c 16384 /dev/zero > "$TELEMETRY_DATA/else" && exec "$@"`;
    const host = await start(data, [...unshare, "--mount", "sh", "-c", small, "sh"]);
    const accepted: string[] = [];
    const health = async () => {
      const answer = await fetch(`${host.url}/health`);
      return `${answer.status} ${await answer.text()}`;
    };
    const send = async () => {
      const { body, keys } = usageBatch(3);
      const status = await post(host.url, body);
      if (status === 204) accepted.push(...keys);
      return status;
    };
    expect(await health()).toBe("200 ok\n");
    const statuses = new Set<number>();
    for (let index = 0; index < 200; index += 1) statuses.add(await send());
    expect([...statuses]).toEqual([204, 503]);
    expect(await health()).toBe("503 the disk takes nothing more\n");
    // Somebody makes room.
    rmSync(join(`/proc/${host.pid}/root`, data, "else"));
    expect(await health()).toBe("200 ok\n");
    for (let index = 0; index < 3; index += 1) expect(await send()).toBe(204);
    await backend.up();
    await until("all are stored", () => backend.received.size >= accepted.length);
    expect([...backend.order].sort()).toEqual(accepted.sort());
    expect(await host.kill("SIGTERM")).toBe(0);
    expect(host.counted().damaged).toBeUndefined();
  });
});
