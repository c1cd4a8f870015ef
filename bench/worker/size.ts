/** The size of the emitted worker and the cost of its cold start, by the number of events. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { generateWorker, modelOf } from "../../test/worker/generated-worker.js";
import { folder } from "../client/bundle.js";
import { inTurns, median } from "../measure.js";
import { type Cell, tell } from "../tell.js";
import { bundle } from "./judges.js";
import { manyEvents } from "./many-events.js";

const home = folder();
const noContract = join(import.meta.dirname, "batches.ts");
const empty = "an empty worker";
const whole: Record<string, string> = {};
const texts: Record<string, string> = {
  [empty]: await bundle("export default { fetch: () => new Response(null, { status: 204 }) };", noContract, true),
};
for (const events of [4, 100, 1000]) {
  const worker = await generateWorker(modelOf(manyEvents(events)), { withRuntime: true });
  const source = `export { default } from ${JSON.stringify(join(worker.folder, "worker/worker.js"))};`;
  texts[`${events} events`] = await bundle(source, noContract, true, false);
  whole[`${events} events`] = await bundle(source, noContract, true);
  worker.remove();
}

interface Start {
  /** Milliseconds. */
  readonly cpu: number;
  readonly wall: number;
}
function start(name: string): Start {
  const file = join(home, `${name.replaceAll(" ", "-")}.mjs`);
  writeFileSync(file, (whole[name] ?? texts[name]) as string);
  const code = `const start = process.cpuUsage(), clock = performance.now();
    import(${JSON.stringify(file)}).then(() => { const { user, system } = process.cpuUsage(start);
    console.log(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() - clock })); });`;
  return JSON.parse(execFileSync(process.execPath, ["-e", code], { encoding: "utf8" })) as Start;
}
const given = await inTurns(Object.fromEntries(Object.keys(texts).map((name) => [name, () => start(name)])), 15);
/** Above an empty worker that started in the same round. */
const above = (name: string, what: keyof Start) =>
  median((given[name] ?? []).map((one, round) => one[what] - (given[empty]?.[round]?.[what] ?? NaN)));
const kib = (name: string) => (texts[name]?.length ?? NaN) / 1024;
tell(
  "Judging: the whole worker in one minified file, and its cold start in Node above an empty one's; medians of 15",
  ["contract", "minified KiB", "gzip KiB", "with the texts for people, KiB", "gzip KiB", "CPU ms", "wall ms"],
  Object.keys(texts).map((name): Cell[] => [
    name,
    kib(name),
    gzipSync(texts[name] as string).length / 1024,
    name === empty ? "" : (whole[name]?.length ?? NaN) / 1024,
    name === empty ? "" : gzipSync(whole[name] ?? "").length / 1024,
    name === empty ? "" : above(name, "cpu"),
    name === empty ? "" : above(name, "wall"),
  ]),
  [
    { claim: "1,000 events, minified KiB", value: kib("1000 events"), atMost: 250 },
    { claim: "1,000 events, cold start, CPU ms above an empty worker", value: above("1000 events", "cpu"), atMost: 25 },
  ],
);
process.exit(0);
