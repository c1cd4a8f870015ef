/** The cost of taking events, judging them and storing them, 50 clients at once: `npm run bench -- receiving [EVENTS]`. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { inTurns, median } from "../measure.js";
import { type Cell, couldNotRun, tell } from "../tell.js";
import { load, residentMiB } from "./load.js";
import { type Receiver, receivers, removeStores } from "./receivers.js";

const perRequest = 20;
const events = Number(process.argv[2] ?? 20_000);
const requests = Math.ceil(events / perRequest);

interface Taken {
  readonly perSecond: number;
  /** Microseconds of the receiver's own CPU time for an event, until it is stored. */
  readonly cpu: number;
  readonly memory: number;
  /** Of what was answered as accepted. */
  readonly lost: number;
}

async function taken(start: () => Promise<Receiver>): Promise<Taken> {
  const receiver = await start();
  try {
    const before = await receiver.stored();
    await load(receiver.url, receiver.pid, 50, { body });
    const [warm, cpu] = [await receiver.stored(), cpuOf(receiver.pid)];
    const { statuses, seconds, memory } = await load(receiver.url, receiver.pid, requests, { body });
    const accepted = ((statuses["204"] ?? 0) + (statuses["202"] ?? 0)) * perRequest;
    const all = accepted + 50 * perRequest;
    let stored = await receiver.stored();
    for (let attempt = 0; !Number.isNaN(warm) && stored - before < all && attempt < 200; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      stored = await receiver.stored();
    }
    const lost = Number.isNaN(stored) ? 0 : all - (stored - before);
    return {
      perSecond: accepted / seconds,
      cpu: ((cpuOf(receiver.pid) - cpu) * 1e6) / accepted,
      memory: Math.max(...memory, residentMiB(receiver.pid)),
      lost: lost + (requests * perRequest - accepted),
    };
  } finally {
    await receiver.stop();
  }
}

const contenders = Object.fromEntries(
  Object.entries(receivers).flatMap(([name, start]) => {
    if (typeof start !== "string") return [[name, () => taken(start)]];
    couldNotRun(name, start);
    return [];
  }),
);
const given = await inTurns(contenders, 3);
await removeStores();
const of = (name: string, what: keyof Taken) => median((given[name] ?? []).map((one) => one[what]));
const hand = "by hand: Fastify and pg";
tell(
  `Receiving: ${events.toLocaleString("en-US")} events, ${perRequest} in a request, 50 clients at once; until they are stored; medians of 3`,
  ["receiver", "CPU µs per event", "× by hand", "events accepted per s", "resident MiB at most", "lost"],
  Object.keys(receivers).map((name): Cell[] => [
    name,
    of(name, "cpu"),
    of(name, "cpu") / of(hand, "cpu"),
    of(name, "perSecond"),
    of(name, "memory"),
    of(name, "lost"),
  ]),
  [
    {
      // By hand nothing waits on a disk for its store, and a repeat is a second row.
      claim: "into Postgres: CPU per event, × by hand",
      value: of("Plainsight, Postgres", "cpu") / of(hand, "cpu"),
      atMost: 2,
    },
    {
      claim: "into Postgres: events per second, × by hand",
      value: of("Plainsight, Postgres", "perSecond") / of(hand, "perSecond"),
      atLeast: 1,
    },
    ...["Plainsight, Postgres", "Plainsight, ClickHouse"].map((name) => ({
      claim: `${name}: accepted and not stored`,
      value: of(name, "lost"),
      atMost: 0,
    })),
  ],
);
process.exit(0);

function body(): string {
  const ts = `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
  return JSON.stringify({
    machine_id: randomUUID(),
    codegraph_version: "0.9.12",
    os: "linux",
    arch: "x64",
    node_major: 20,
    ci: false,
    schema_version: 1,
    events: Array.from({ length: perRequest }, (_, index) => ({
      event: "usage_rollup",
      ts,
      props: { kind: "cli_command", name: "index", count: index + 1, error_count: 0 },
    })),
  });
}

/** Seconds of user and system time of a process. */
function cpuOf(pid: number): number {
  const [, , ...after] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, ") ")
    .split(" ");
  const [user, system] = [after[10], after[11]].map(Number);
  return ((user ?? NaN) + (system ?? NaN)) / 100;
}
