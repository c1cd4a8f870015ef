/**
 * How long it takes to decide about a batch, in one process, beside JSON.parse of the same text: `tsx bench/worker/in-process.ts`.
 * Each contender is compiled as a host would bundle it, and runs in turns with JSON.parse in a process of its own; what counts is
 * CPU time: the machine's moods cancel out.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { generateWorker, modelOfSystem } from "../../test/worker/generated-worker.js";
import { batches } from "./batches.js";

const rounds = Number(process.argv[2] ?? 31);
const worker = await generateWorker(modelOfSystem("codegraph"));
const outfile = join(worker.folder, "measure.mjs");
await build({
  entryPoints: [join(import.meta.dirname, "measure.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  outfile,
  alias: { "generated-contract": join(worker.folder, "worker/contract.js") },
  logLevel: "error",
});

const table: Record<string, Record<string, number>> = {};
for (const contender of ["plainsight", "closures", "valibot", "zod"]) {
  const ratios = JSON.parse(execFileSync(process.execPath, [outfile, contender, String(rounds)], { encoding: "utf8" }));
  for (const name of Object.keys(batches)) table[name] = { ...table[name], [contender]: ratios[name] };
}
console.log("JSON.parse of the same text = 1.00; higher is better");
console.table(table);
worker.remove();
