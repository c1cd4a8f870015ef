/** One contender in turns with JSON.parse: prints the ratio of the medians of CPU time, for each batch. */
import { batches } from "./batches.js";
import { contenders } from "./contenders.js";

const [contender = "", rounds = "31"] = process.argv.slice(2);
const run = contenders[contender] as (text: string) => unknown;
const parse = contenders["JSON.parse"] as (text: string) => unknown;

let judged = 0;
/** Microseconds of CPU for so many calls. */
function time(what: (text: string) => unknown, text: string, calls: number): number {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call++) if (what(text) !== undefined) judged++;
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

const ratios: Record<string, number> = {};
for (const [name, text] of Object.entries(batches)) {
  const calls = Math.ceil(4_000_000 / text.length);
  const times = Array.from(
    { length: Number(rounds) + 8 },
    () => [time(parse, text, calls), time(run, text, calls)] as const,
  ).slice(8);
  ratios[name] =
    Math.round((median(times.map(([base]) => base)) / median(times.map(([, spent]) => spent))) * 100) / 100;
}
if (judged === 0) throw new Error("nothing was judged");
console.log(JSON.stringify(ratios));
