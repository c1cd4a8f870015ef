import { randomFrom } from "../worker/random.js";
import { brokenRules } from "./check.js";
import { drawContract } from "./contract.js";

/** True if a rule is broken by one of so many contracts: exit code 1, and which was the first. For the mutants. */
const [rule = "", count = "100"] = process.argv.slice(2);
process.setMaxListeners(0);
for (let seed = 0; seed < Number(count); seed++) {
  const contract = drawContract(randomFrom(seed));
  const broken = contract === undefined ? [] : await brokenRules(contract, seed, rule);
  if (broken.some((one) => one.rule === rule)) {
    console.log(`contract ${seed}`);
    process.exit(1);
  }
}
console.log(`${count} contracts`);
process.exit(0);
