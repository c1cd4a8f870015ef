/** One contender, a module, in turns with JSON.parse: prints for each batch how fast it is beside it, and what it takes. */
import { median } from "../measure.js";
import { batches, nested } from "./batches.js";

export interface Judged {
  /** CPU time of JSON.parse through CPU time of this. */
  readonly speed: number;
  /** Microseconds for a batch. */
  readonly cpu: number;
  readonly wall: number;
}

type Judge = (text: string) => unknown;
const { judge } = (await import(process.argv[2] ?? "")) as { judge: Judge };
const parse: Judge = (text) => JSON.parse(text);
let judged = 0;

function time(what: Judge, text: string, calls: number): { readonly cpu: number; readonly wall: number } {
  const [start, clock] = [process.cpuUsage(), performance.now()];
  for (let call = 0; call < calls; call++) if (what(text) !== undefined) judged++;
  const { user, system } = process.cpuUsage(start);
  return { cpu: (user + system) / calls, wall: ((performance.now() - clock) * 1000) / calls };
}

const all: Record<string, Judged> = {};
for (const [name, text] of Object.entries(process.argv[3] === "nested" ? nested : batches)) {
  const calls = Math.ceil(400_000 / text.length);
  // Some rounds before it counts: by then V8 has seen everything.
  const times = Array.from({ length: 16 }, () => [time(parse, text, calls), time(judge, text, calls)] as const).slice(
    5,
  );
  const of = (which: 0 | 1, what: "cpu" | "wall") => median(times.map((both) => both[which][what]));
  all[name] = { speed: of(0, "cpu") / of(1, "cpu"), cpu: of(1, "cpu"), wall: of(1, "wall") };
}
if (judged === 0) throw new Error("nothing was judged");
console.log(JSON.stringify(all));
