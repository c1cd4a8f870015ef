/**
 * `npm run contracts -- DIR`: generates from each contract of a folder, and holds what was generated to what the product is known to
 * send and to do. Prints a line for each contract, `exact` or what deviates, then `N passed, N failed`; exit code 1 on any failure.
 *
 * - `NAME/spec/`: one or more contracts, as in any project.
 * - `NAME/payloads/*.json|txt`: each a body as it travels, which the worker must keep whole.
 * - `NAME/emit.json`: `[{ setup, call: [emitter, …arguments], body }]`: the client must put exactly that on the wire. What the client
 *   finds out by itself (an identifier, the operating system, a time) need only be of the same form. `env` and `now` may stand beside.
 * - `NAME/consent.jsonl`: rows of `env`, `config`, `stored` and `context`, with the decision that is expected.
 * - `NAME/facts.json`: how the program tells its facts by a row's `context`: `{ "enterprise": { "host": { "any_except": ["github.com"] } } }`.
 * - the generated tests of all of them, in one run.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Check, checkContract } from "./check-contract.js";
import { runSuites } from "./suites.js";

async function main([folder, ...more]: readonly string[]): Promise<number> {
  if (folder === undefined || more.length > 0) {
    console.error("usage: npm run contracts -- DIR");
    return 1;
  }
  const names = readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory() && readdirSync(join(folder, name)).includes("spec"))
    .sort();
  const checks: Check[] = [];
  for (const name of names)
    checks.push(
      // What can't be read at all costs its own contract, and no other.
      await checkContract(join(folder, name), name).catch(
        (error: unknown): Check => ({ name, deviations: [error instanceof Error ? error.message : String(error)] }),
      ),
    );
  const suites = runSuites(checks.flatMap(({ project }) => project ?? []));
  const results = checks.map(({ name, deviations, project }) => ({
    name,
    deviations: [...deviations, ...(project === undefined ? [] : (suites.get(project) ?? []))],
  }));
  for (const { name, deviations } of results)
    console.log(
      deviations.length === 0
        ? `${name} exact`
        : `${name} deviates\n${deviations.map((one) => `  ${one}\n`).join("")}`.trimEnd(),
    );
  const failed = results.filter(({ deviations }) => deviations.length > 0).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed > 0 || results.length === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
