import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomFrom } from "../worker/random.js";
import { type Broken, brokenRules, smallest } from "./check.js";
import { drawContract, headOf } from "./contract.js";
import { isKnown, KNOWN, needed } from "./known.js";
import { runMutants } from "./mutants.js";

/**
 * `npm run property -- --mutants [COUNT]` breaks the product once for each rule, and says whether the property saw it.
 * `npm run property -- 10000 [FIRST] [FOLDER]`: so many contracts, beginning with a seed. Each kind of failure is made smaller and
 * printed as a case to keep; with a folder it is written there.
 */
const [count = "1000", first = "0", folder] = process.argv.slice(2);
if (count === "--mutants") process.exit(runMutants(Number(process.argv[3] ?? 300)) ? 0 : 1);
process.setMaxListeners(0);

/** Returns what two failures have in common. */
function kindOf({ rule, problem }: Broken): string {
  return rule + problem.replace(/"[^"]*"|`[^`]*`|\{.*\}|\d[\d.]*|[\w$]+\(.*?\)/g, "#").slice(0, 80);
}

const kinds = new Set<string>();
let [checked, refused, failed] = [0, 0, 0];
const start = Number(first);
for (let seed = start; seed < start + Number(count); seed++) {
  const contract = drawContract(randomFrom(seed));
  if (contract === undefined) {
    refused++;
    continue;
  }
  checked++;
  const broken = (await brokenRules(contract, seed)).filter((one) => !isKnown(one, contract));
  if (broken.length > 0) failed++;
  for (const { rule, problem } of broken) {
    const kind = kindOf({ rule, problem });
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    const small = await smallest(contract, seed, rule, (one, less) => kindOf(one) === kind && !isKnown(one, less));
    console.log(`\n### ${seed}: ${rule}\n${problem.slice(0, 2000)}\n\n${headOf(small, seed)}${small.text}`);
    if (folder !== undefined) writeFileSync(join(folder, `${seed}.yaml`), `${headOf(small, seed)}${small.text}`);
  }
  if (checked % 500 === 0) console.error(`${checked} checked, ${failed} failed in ${kinds.size} ways`);
}
console.log(`${checked} contracts checked, ${refused} drawn that don't load, ${failed} failed in ${kinds.size} ways.`);
for (const { why } of KNOWN) if (!needed.has(why)) console.log(`Known, and not met: ${why}`);
// Nothing checked is no success.
process.exit(failed > 0 || checked === 0 ? 1 : 0);
