/**
 * The cost of one usage count, beside a bare slot increment in the same process and beside peers that send to loopback: `npm run
 * bench -- recording`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client } from "../../generated/client/client.js";
import * as telemetry from "../../generated/client/telemetry.js";
import { inTurns, median } from "../measure.js";
import { tell } from "../tell.js";
import { bundle, made } from "./bundle.js";
import { peers } from "./peers.js";

const home = mkdtempSync(join(tmpdir(), "bench-client-"));
telemetry.setup({ version: "1.0.0", host: { env: { CODEGRAPH_TELEMETRY: "1" }, home } });

const slots = new Int32Array(64);
const map = new Map<string, number>();
const bound = telemetry.counter("mcp_tool", "codegraph_explore");
const agent = { name: "Claude Code", version: "2.1" };
const names = ["codegraph_explore", "codegraph_search", "codegraph_callers", "codegraph_node"] as const;

/** The usual hand-written client: every call reads consent, reads the file, adds one, writes it anew. */
const file = join(home, "usage.json");
function byHand(kind: string, name: string, ok: boolean): void {
  if (process.env["DO_NOT_TRACK"]) return;
  let counts: Record<string, { count: number; errors: number }> = {};
  try {
    counts = JSON.parse(readFileSync(file, "utf8"));
  } catch {}
  const key = `${new Date().toISOString().slice(0, 10)}|${kind}|${name}`;
  const row = counts[key] ?? { count: 0, errors: 0 };
  counts[key] = { count: row.count + 1, errors: row.errors + (ok ? 0 : 1) };
  writeFileSync(`${file}.tmp`, JSON.stringify(counts));
  renameSync(`${file}.tmp`, file);
}
/** The same without a disk: keyed text in a map, stamped and asked per call. */
function byHandInMemory(kind: string, name: string, ok: boolean): void {
  if (process.env["DO_NOT_TRACK"]) return;
  const key = `${new Date().toISOString().slice(0, 10)}|${kind}|${name}|${ok}`;
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** A receiver that says yes to everything, in a process of its own: its CPU is nobody's. */
const receiver = spawn(process.execPath, [
  "-e",
  `require("node:http").createServer((q, r) => q.resume().on("end", () => r.writeHead(200, { "content-type": "application/json" }).end("{}")))
    .listen(0, "127.0.0.1", function () { console.log("http://127.0.0.1:" + this.address().port); });`,
]);
const endpoint = await new Promise<string>((resolve) =>
  receiver.stdout.once("data", (text) => resolve(`${text}`.trim())),
);

interface Peer {
  readonly record: () => void;
  readonly leave: () => Promise<void>;
}
interface Contender {
  readonly calls: number;
  readonly run: (i: number) => void;
  /** For a peer: a new one for each round, left when the round is over, so that none sends while another is timed. */
  readonly renew?: () => Peer;
}
const name = (i: number) => names[i & 3] as string;
const contenders: Record<string, Contender> = {
  "`Int32Array` slot": {
    calls: 3_000_000,
    // One slot, as the bound emitter has one row.
    run: () => {
      slots[7] = (slots[7] ?? 0) + 1;
    },
  },
  "`Map` of names": { calls: 2_000_000, run: (i) => void map.set(name(i), (map.get(name(i)) ?? 0) + 1) },
  "Plainsight, bound emitter": { calls: 3_000_000, run: () => bound.ok() },
  "Plainsight, dynamic name": { calls: 2_000_000, run: (i) => telemetry.count("mcp_tool", name(i), true) },
  "Plainsight, with a client": { calls: 2_000_000, run: (i) => telemetry.count("mcp_tool", name(i), true, agent) },
  "by hand, in memory": { calls: 100_000, run: (i) => byHandInMemory("mcp_tool", name(i), true) },
  "by hand, on disk": { calls: 500, run: (i) => byHand("mcp_tool", name(i), true) },
};
const clients = await made(peers, async ({ make }) => {
  const imports = make.match(/import .*/g)?.join("\n");
  const rest = make.replace(/import .*/g, "");
  const file = await bundle(`${imports} export const renew = (ENDPOINT) => { ${rest} return { record, leave }; };`);
  return (await import(file)) as { renew: (endpoint: string) => Peer };
});
for (const peer of Object.keys(peers))
  contenders[peer] = {
    calls: peer.startsWith("Open") ? 20_000 : 400,
    run: () => {},
    renew: () => clients[peer]?.renew(endpoint) as Peer,
  };

/** Nanoseconds per call: of CPU, by the clock, and of CPU until what was recorded has left. */
type Cost = readonly [cpu: number, wall: number, gone: number];
async function cost({ calls, run, renew }: Contender): Promise<Cost> {
  const peer = renew?.();
  const record = peer?.record ?? run;
  const [start, clock] = [process.cpuUsage(), performance.now()];
  for (let i = 0; i < calls; i++) record(i);
  const { user, system } = process.cpuUsage(start);
  const wall = performance.now() - clock;
  await peer?.leave();
  const all = process.cpuUsage(start);
  return [((user + system) * 1e3) / calls, (wall * 1e6) / calls, ((all.user + all.system) * 1e3) / calls];
}

const turns = Object.entries(contenders).map(([one, contender]) => [one, () => cost(contender)] as const);
// Two rounds before it counts: by then V8 has seen everything.
await inTurns(Object.fromEntries(turns), 2);
const costs = await inTurns(Object.fromEntries(turns), 9);
const of = (one: string, at: 0 | 1 | 2) => median((costs[one] ?? []).map((spent) => spent[at]));
const cpu = (one: string) => of(one, 0);
const slot = cpu("`Int32Array` slot");
const ours = cpu("Plainsight, bound emitter");
const dynamic = cpu("Plainsight, dynamic name");
tell(
  "Recording one use; each called through the same loop, medians of 9 rounds, peers' hosts on loopback",
  ["one call", "CPU ns", "wall ns", "× slot", "CPU ns until it has left the program"],
  Object.entries(contenders).map(([one, { renew }]) => [
    one,
    cpu(one),
    of(one, 1),
    cpu(one) / slot,
    renew === undefined ? "" : of(one, 2),
  ]),
  [
    { claim: "bound emitter, × an `Int32Array` slot", value: ours / slot, atMost: 3 },
    { claim: "dynamic name, × an `Int32Array` slot", value: dynamic / slot, atMost: 13 },
    { claim: "by hand in memory, × bound emitter", value: cpu("by hand, in memory") / ours, atLeast: 100 },
    { claim: "posthog-node, × bound emitter", value: cpu("posthog-node capture") / ours, atLeast: 300 },
  ],
);
receiver.kill();
client.memory.counts.length = 0;
rmSync(home, { recursive: true, force: true });
process.exit(0);
