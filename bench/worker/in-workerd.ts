/** CPU per request in real workerd, beside an empty worker, 20 events, nothing forwarded: the CPU time of workerd's own process, from /proc. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { generateWorker, modelOfSystem } from "../../test/worker/generated-worker.js";
import { made } from "../client/bundle.js";
import { inTurns, median } from "../measure.js";
import { type Cell, tell, tellAbsent } from "../tell.js";
import { batches, now } from "./batches.js";
import { bundle, judges } from "./judges.js";

const title = "Judging in workerd: one request of 20 events, nothing forwarded; medians of 9 rounds";
if (process.platform !== "linux") {
  tellAbsent(title, "/proc is Linux's: nobody could say what workerd took");
  process.exit(0);
}
/** For each round, ten at once. */
const requests = 500;
const worker = await generateWorker(modelOfSystem("codegraph"), { withRuntime: true });

const answer = "return new Response(null, { status: 204 });";
const empty = "an empty worker";
const parse = "read and parsed alone";
const sources: Record<string, string> = {
  [empty]: `export default { async fetch(request) { ${answer} } };`,
  [parse]: `export default { async fetch(request) { await request.json(); ${answer} } };`,
  // All of what is deployed: the others only read and judge.
  "Plainsight, the whole worker": `import { contract } from "generated-contract"; import { handle } from ${JSON.stringify(join(worker.folder, "worker/runtime/handle.js"))}; import { parts } from ${JSON.stringify(join(worker.folder, "worker/parts.js"))};
    const host = { now: () => ${now}, forward: async () => {}, waitUntil: () => {}, count: () => {}, parts };
    export default { fetch: (request) => handle(request, contract, host) };`,
};
for (const [name, source] of Object.entries(judges))
  sources[name === "Plainsight" ? "Plainsight, judging alone" : name] = `${source.replace("export const", "const")}
    export default { async fetch(request) { judge(await request.text()); ${answer} } };`;

interface Running {
  readonly platform: Miniflare;
  readonly url: URL;
  readonly pid: number;
}
const running = await made(sources, async (source): Promise<Running> => {
  const script = await bundle(source, join(worker.folder, "worker/contract.js"));
  const before = new Set(workerds());
  const platform = new Miniflare({ modules: true, script, compatibilityDate: "2026-04-01" });
  const url = new URL("/v1/events", await platform.ready);
  const pid = workerds().find((one) => !before.has(one));
  if (pid === undefined) throw new Error("its process was not found");
  return { platform, url, pid };
});

interface Took {
  /** Microseconds for a request. */
  readonly cpu: number;
  readonly wall: number;
}
const body = batches["20 events"] as string;
async function round(name: string): Promise<Took> {
  const one = running[name];
  if (one === undefined) throw new Error("it could not be started");
  const [start, clock] = [cpuOf(one.pid), performance.now()];
  for (let sent = 0; sent < requests; sent += 10) {
    const headers = { "content-type": "application/json" };
    const ten = Array.from({ length: 10 }, () => fetch(one.url, { method: "POST", headers, body }));
    for (const response of await Promise.all(ten))
      if (response.status !== 204) throw new Error(`it answered ${response.status}`);
  }
  return { cpu: (cpuOf(one.pid) - start) / requests, wall: ((performance.now() - clock) * 1000) / requests };
}
const turns = Object.fromEntries(Object.keys(sources).map((name) => [name, () => round(name)]));
await inTurns(turns, 2);
const given = await inTurns(turns, 9);
const of = (name: string, what: keyof Took) => median((given[name] ?? []).map((took) => took[what]));
const above = (name: string) => of(name, "cpu") - of(empty, "cpu");
tell(
  title,
  [
    "worker",
    "CPU µs",
    "× an empty worker",
    "CPU µs above empty",
    "× reading and parsing alone",
    "wall µs, ten at once",
  ],
  Object.keys(sources).map((name): Cell[] => [
    name,
    of(name, "cpu"),
    of(name, "cpu") / of(empty, "cpu"),
    name === empty ? "" : above(name),
    name === empty ? "" : above(name) / above(parse),
    of(name, "wall"),
  ]),
);
await Promise.all(Object.values(running).map(({ platform }) => platform.dispose()));
worker.remove();
process.exit(0);

/** Those that this process started. */
function workerds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isWorkerd(name))
    .map(Number);
}

function isWorkerd(pid: string): boolean {
  try {
    const parent = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")[1];
    return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("workerd");
  } catch {
    // It has ended.
    return false;
  }
}

/** Microseconds that all its threads were on a processor. */
function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1000;
}
