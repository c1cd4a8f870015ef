/** The same judgement where the picture of the body has three levels, beside JSON.parse: `npm run bench -- judging`. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelOf } from "../../test/support/project.js";
import { type GeneratedWorker, generateWorker } from "../../test/worker/generated-worker.js";
import { inTurns, median } from "../measure.js";
import { type Cell, tell } from "../tell.js";
import { nested, nestedWire } from "./batches.js";
import { bundle, judges } from "./judges.js";
import type { Judged } from "./time-judge.js";

const yaml = readFileSync("spec/events.yaml", "utf8");
const deep = yaml.replace(/(?<=^wire:\n {2}format: json)\n {2}body: .*\n {2}each: .*\n/m, nestedWire);

async function prepared(text: string): Promise<{ readonly worker: GeneratedWorker; readonly judge: string }> {
  const worker = await generateWorker(modelOf(text));
  process.on("exit", () => worker.remove());
  const contract = join(worker.folder, "worker/contract.js");
  const file = join(worker.folder, "judge.mjs");
  writeFileSync(file, await bundle(judges["Plainsight"] ?? "", contract));
  const measure = join(worker.folder, "measure.mjs");
  writeFileSync(
    measure,
    await bundle(`import ${JSON.stringify(join(import.meta.dirname, "time-judge.ts"))};`, contract),
  );
  return { worker, judge: file };
}

const contenders = { "one level": [yaml, "batches"], "three levels": [deep, "nested"] } as const;
const given = await inTurns(
  Object.fromEntries(
    await Promise.all(
      Object.entries(contenders).map(async ([name, [text, which]]) => {
        const { worker, judge } = await prepared(text);
        const measure = join(worker.folder, "measure.mjs");
        const run = async (): Promise<Record<string, Judged>> =>
          JSON.parse(execFileSync(process.execPath, [measure, judge, which], { encoding: "utf8" }));
        return [name, run] as const;
      }),
    ),
  ),
  5,
);

const speed = (name: string, batch: string) => median((given[name] ?? []).map((all) => all[batch]?.speed ?? NaN));
const sizes = Object.keys(nested);
tell(
  "Judging in process, by the depth of the body's picture: speed by CPU, where JSON.parse of the same text is 1; medians of 5 processes",
  ["", ...sizes],
  Object.keys(contenders).map((name): Cell[] => [name, ...sizes.map((batch) => speed(name, batch))]),
  ["20 events", "100 events"].map((batch) => ({
    claim: `three levels, ${batch}, × JSON.parse`,
    value: speed("three levels", batch),
    atLeast: 0.5,
  })),
);
process.exit(0);
