/** What one usage count costs, beside a bare slot increment in the same process: `npm run bench -- client-recording`. */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client } from "../../generated/client/client.js";
import * as telemetry from "../../generated/client/telemetry.js";

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

const contenders: Readonly<Record<string, readonly [calls: number, run: (i: number) => void]>> = {
  "Int32Array slot": [
    5_000_000,
    (i) => {
      slots[i & 63] = (slots[i & 63] ?? 0) + 1;
    },
  ],
  "Map of names": [2_000_000, (i) => void map.set(names[i & 3] as string, (map.get(names[i & 3] as string) ?? 0) + 1)],
  "bound counter": [5_000_000, () => bound.ok()],
  "count(kind, name, ok)": [2_000_000, (i) => telemetry.count("mcp_tool", names[i & 3] as string, true)],
  "count with a client": [2_000_000, (i) => telemetry.count("mcp_tool", names[i & 3] as string, true, agent)],
  "by hand, in memory": [200_000, (i) => byHandInMemory("mcp_tool", names[i & 3] as string, true)],
  "by hand, on disk": [1_000, (i) => byHand("mcp_tool", names[i & 3] as string, true)],
};

/** Nanoseconds of CPU per call. */
function cost([calls, run]: readonly [number, (i: number) => void]): number {
  const start = process.cpuUsage();
  for (let i = 0; i < calls; i++) run(i);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / calls;
}
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

const rounds = Array.from({ length: 9 }, () => Object.values(contenders).map(cost)).slice(2);
const before = process.memoryUsage().heapUsed;
for (let i = 0; i < 1_000_000; i++) bound.ok();
const grown = process.memoryUsage().heapUsed - before;
const nanoseconds = Object.keys(contenders).map((_, at) => median(rounds.map((round) => round[at] as number)));
const [slot = 1] = nanoseconds;
console.table(
  Object.fromEntries(
    Object.keys(contenders).map((name, at) => [
      name,
      {
        "ns of CPU": Math.round((nanoseconds[at] as number) * 10) / 10,
        "× slot": Math.round(((nanoseconds[at] as number) / slot) * 10) / 10,
      },
    ]),
  ),
);
console.log(`heap after a million bound counts: ${grown > 0 ? "+" : ""}${Math.round(grown / 1024)} kB`);
client.memory.sources.clear();
rmSync(home, { recursive: true, force: true });
process.exit(0);
