/**
 * CPU per request in real workerd, above an empty 204 worker, 20 events, nothing forwarded: `tsx bench/worker/in-workerd.ts`.
 * The workers take turns; what counts is the CPU time of workerd's own process, from /proc.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { generateWorker, modelOfSystem } from "../../test/worker/generated-worker.js";
import { batches, now } from "./batches.js";

const [rounds, requests] = [Number(process.argv[2] ?? 9), Number(process.argv[3] ?? 1500)];
const worker = await generateWorker(modelOfSystem("codegraph"), { withRuntime: true });

const answer = "return new Response(null, { status: 204 });";
const sources: Readonly<Record<string, string>> = {
  empty: `export default { async fetch(request) { ${answer} } };`,
  "parse only": `export default { async fetch(request) { await request.json(); ${answer} } };`,
  closures: `import { judgeByClosures } from "${join(import.meta.dirname, "closures.ts")}";
    export default { async fetch(request) { judgeByClosures(await request.text(), ${now}); ${answer} } };`,
  plainsight: `import { contract } from "./worker/contract.js"; import { handle } from "./worker/runtime/handle.js";
    const host = { now: () => ${now}, forward: async () => {}, waitUntil: () => {}, count: () => {} };
    export default { fetch: (request) => handle(request, contract, host) };`,
};

interface Running {
  readonly name: string;
  readonly platform: Miniflare;
  readonly url: URL;
  readonly pid: number;
  readonly spent: number[];
}
const running: Running[] = [];
for (const [name, contents] of Object.entries(sources)) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: worker.folder, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
  });
  const before = new Set(workerds());
  const platform = new Miniflare({
    modules: true,
    script: outputFiles[0]?.text ?? "",
    compatibilityDate: "2026-04-01",
  });
  const url = new URL("/v1/events", await platform.ready);
  const pid = workerds().find((one) => !before.has(one)) ?? 0;
  running.push({ name, platform, url, pid, spent: [] });
}

const body = batches["20 events"] as string;
for (let round = -2; round < rounds; round++) {
  for (const one of round % 2 === 0 ? running : running.toReversed()) {
    const start = cpuOf(one.pid);
    for (let sent = 0; sent < requests; sent += 10) {
      const ten = Array.from({ length: 10 }, () =>
        fetch(one.url, { method: "POST", headers: { "content-type": "application/json" }, body }),
      );
      for (const response of await Promise.all(ten))
        if (response.status !== 204) throw new Error(`${one.name}: ${response.status}`);
    }
    if (round >= 0) one.spent.push(cpuOf(one.pid) - start);
  }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
const empty = median(running[0]?.spent ?? []);
const above = (name: string) => median(running.find((one) => one.name === name)?.spent ?? []) - empty;
console.log("20 events, nothing forwarded");
console.table(
  running.map(({ name, spent }) => ({
    worker: name,
    "× empty": +(median(spent) / empty).toFixed(2),
    "above empty, × parse only": +((median(spent) - empty) / above("parse only")).toFixed(2),
    "above empty, × closures": +((median(spent) - empty) / above("closures")).toFixed(2),
  })),
);
await Promise.all(running.map(({ platform }) => platform.dispose()));
worker.remove();

function workerds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes("workerd"))
    .map(Number)
    .filter((pid) => parentOf(pid) === process.pid);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** In clock ticks. */
function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return Number(stat[11]) + Number(stat[12]);
}

/** What stands behind the name, which may hold anything. */
function statOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
}
