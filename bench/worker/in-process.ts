/**
 * The time that a decision about a batch takes, beside JSON.parse of the same text. Each contender is compiled as a host would
 * bundle it and runs in a process of its own, in turns with JSON.parse: `npm run bench -- judging`.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateWorker, modelOfSystem } from "../../test/worker/generated-worker.js";
import { inTurns, median } from "../measure.js";
import { type Cell, tell } from "../tell.js";
import { batches } from "./batches.js";
import { bundle, judges } from "./judges.js";
import type { Judged } from "./time-judge.js";

const worker = await generateWorker(modelOfSystem("codegraph"));
process.on("exit", () => worker.remove());
const measure = join(worker.folder, "measure.mjs");
const contract = join(worker.folder, "worker/contract.js");
writeFileSync(measure, await bundle(`import ${JSON.stringify(join(import.meta.dirname, "time-judge.ts"))};`, contract));

let files = 0;
async function judged(source: string): Promise<Record<string, Judged>> {
  const file = join(worker.folder, `judge-${files++}.mjs`);
  writeFileSync(file, await bundle(source, contract));
  return JSON.parse(
    execFileSync(process.execPath, [measure, file], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
  );
}
const given = await inTurns(
  Object.fromEntries(Object.entries(judges).map(([name, source]) => [name, () => judged(source)])),
  5,
);

const of = (judge: string, batch: string, what: keyof Judged) =>
  median((given[judge] ?? []).map((all) => all[batch]?.[what] ?? NaN));
const speed = (judge: string, batch: string) => of(judge, batch, "speed");
const names = Object.keys(batches);
const others = Object.keys(judges).slice(1);
tell(
  "Judging in process: speed by CPU, where JSON.parse of the same text is 1; medians of 5 processes, each of 11 rounds",
  ["", ...names],
  Object.keys(judges).map((judge): Cell[] => [judge, ...names.map((batch) => speed(judge, batch))]),
  [
    ...["20 events", "100 events"].map((batch) => ({
      claim: `${batch}, × JSON.parse`,
      value: speed("Plainsight", batch),
      atLeast: 0.5,
    })),
    ...["20 hostile", "100 hostile"].map((batch) => ({
      claim: `${batch}, × JSON.parse`,
      value: speed("Plainsight", batch),
      atLeast: 0.75,
    })),
    ...["20 events", "20 hostile"].flatMap((batch) =>
      others.map((other) => ({
        claim: `${batch}, × ${other}`,
        value: speed("Plainsight", batch) / speed(other, batch),
        atLeast: 2.5,
      })),
    ),
  ],
);
tell(
  "Judging in process: µs of CPU for a batch, and in brackets by the clock",
  ["", ...names],
  Object.keys(judges).map((judge): Cell[] => [
    judge,
    ...names.map((batch) => `${of(judge, batch, "cpu").toFixed(1)} (${of(judge, batch, "wall").toFixed(1)})`),
  ]),
);
process.exit(0);
