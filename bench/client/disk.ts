/**
 * Lines that processes in one home keep and lose: ours, and the usual read, modify, write: `npm run bench -- disk`.
 * First each is killed after its last line, then about half of all at any moment, with senders beside them.
 */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { queued } from "../../test/client/program.js";
import { crowd } from "../../test/client/proof/crowd.js";
import { inTurns, median } from "../measure.js";
import { type Cell, type Goal, tell } from "../tell.js";
import { bundle, folder } from "./bundle.js";

const top = new URL("../..", import.meta.url).pathname;
const lines = 3000;
/** It says what it took, and dies at once: nothing that waits for an exit hook would be kept. */
const spent = `const { user, system } = process.cpuUsage(start); writeSync(1, String(user + system)); process.kill(process.pid, "SIGKILL");`;
const ours = await bundle(
  `import { writeSync } from "node:fs"; import { client } from "./generated/client/client.js"; import { persist } from "./generated/client/runtime/queue.js";
  import * as telemetry from "./generated/client/telemetry.js";
  (client.contract.queue as { maxSize: number }).maxSize = 1 << 24;
  telemetry.setup({ host: { env: { CODEGRAPH_TELEMETRY: "1" }, write: () => undefined } });
  const [name, times] = process.argv.slice(2), start = process.cpuUsage();
  for (let i = 0; i < Number(times); i++) { telemetry.uninstall({ targets: ["p" + name + "-" + i] }); persist(client); }
  ${spent}`,
  top,
);
const byHand = await bundle(
  `import { readFileSync, writeFileSync, writeSync } from "node:fs";
  const [name, times] = process.argv.slice(2), queue = process.env.HOME + "/queue.jsonl", start = process.cpuUsage();
  const read = () => { try { return readFileSync(queue, "utf8"); } catch { return ""; } };
  for (let i = 0; i < Number(times); i++) writeFileSync(queue, read() + JSON.stringify({ event: "uninstall", targets: ["p" + name + "-" + i] }) + "\\n");
  ${spent}`,
  top,
);

interface Kept {
  readonly wall: number;
  readonly cpu: number;
  readonly lost: number;
  readonly doubled: number;
}
/** So many processes at once that share the lines among them. */
async function many(file: string, processes: number, left: (home: string) => readonly string[]): Promise<Kept> {
  const home = folder();
  const each = lines / processes;
  const start = performance.now();
  const cpu = await Promise.all(
    Array.from({ length: processes }, async (_, at) => {
      const child = spawn(process.execPath, [file, String(at), String(each)], { env: { HOME: home } });
      let text = "";
      child.stdout.on("data", (chunk) => (text += chunk));
      await new Promise((resolve) => child.on("close", resolve));
      return Number(text);
    }),
  );
  const wall = performance.now() - start;
  const found = left(home).flatMap((line) => /"(p\d+-\d+)"/.exec(line)?.[1] ?? []);
  rmSync(home, { recursive: true });
  const distinct = new Set(found).size;
  const micros = cpu.reduce((sum, one) => sum + one, 0) / lines;
  return { wall, cpu: micros, lost: lines - distinct, doubled: found.length - distinct };
}
const file = (home: string) => readFileSync(join(home, "queue.jsonl"), "utf8").split("\n");
const rows: Cell[][] = [];
let [lost, doubled] = [0, 0];
for (const processes of [1, 10, 50]) {
  const given = await inTurns(
    { Plainsight: () => many(ours, processes, queued), "read, modify, write": () => many(byHand, processes, file) },
    5,
  );
  for (const [name, kept] of Object.entries(given)) {
    const of = (what: keyof Kept) => median(kept.map((one) => one[what]));
    const most = (what: keyof Kept) => (kept.length === 0 ? NaN : Math.max(...kept.map((one) => one[what])));
    rows.push([name, processes, of("cpu"), lines / (of("wall") / 1000), of("lost"), most("doubled")]);
    if (name === "Plainsight") [lost, doubled] = [Math.max(lost, most("lost")), Math.max(doubled, most("doubled"))];
  }
}
tell(
  `Disk: ${lines} lines, one write each, by processes at once that are killed after their last; medians of 5`,
  ["", "processes", "CPU µs per line", "lines per s, starts included", "lost", "doubled (most)"],
  rows,
  [
    { claim: "lines lost", value: lost, atMost: 0 },
    { claim: "lines doubled", value: doubled, atMost: 0 },
  ],
);

const crowds: Cell[][] = [];
const goals: Goal[] = [];
for (const [recorders, rounds] of [
  [10, 60],
  [50, 12],
] as const) {
  const left = await crowd({ recorders, rounds, senders: 2, atOnce: recorders });
  crowds.push([
    recorders,
    left.processes,
    left.kills,
    left.kept,
    left.lost.length,
    left.doubled.length,
    left.inTheWindow,
  ]);
  goals.push(
    { claim: `${recorders} recorders: lost`, value: left.lost.length, atMost: 0 },
    { claim: `${recorders} recorders: doubled`, value: left.doubled.length, atMost: 0 },
  );
}
tell(
  "Disk: recorders and senders beside them, many killed at random moments (once)",
  ["recorders", "processes", "killed", "kept", "lost", "doubled", "doubled by a sender killed after its post"],
  crowds,
  goals,
);
process.exit(0);
