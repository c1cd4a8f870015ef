/**
 * `npm run conformance -- DIR [--system NAME]`: runs a folder laid out like `test/conformance/fixtures` against what was generated.
 * Prints a line for each failing case, then `N passed, N failed`; exit code 1 on any failure, or on an unknown or empty folder.
 * Behaviours in words are tests of their own: those that no test bears the name of are listed before.
 */
import { parseArgs } from "node:util";
import { runFolder } from "./run-folder.js";
import { hasTest } from "./test-names.js";

const usage = "usage: npm run conformance -- DIR [--system NAME]";

async function main(): Promise<number> {
  let arguments_: ReturnType<typeof parse>;
  try {
    arguments_ = parse();
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 1;
  }
  const [folder, ...more] = arguments_.positionals;
  if (folder === undefined || more.length > 0) {
    console.error(usage);
    return 1;
  }
  const outcomes = await runFolder(folder, arguments_.values.system);
  const failures = outcomes.filter((outcome) => outcome.failure !== undefined);
  for (const { name, failure } of failures) {
    console.log(`${name}: expected ${show(failure?.expected)}, actual ${show(failure?.actual)}`);
  }
  const words = outcomes.filter((outcome) => outcome.inWords);
  for (const { name } of words.filter(({ name }) => !hasTest(name.replace(/^\S+ /, ""))))
    console.log(`${name}: in words, and no test of that name`);
  const count = outcomes.length - failures.length - words.length;
  console.log(`${count} passed, ${failures.length} failed`);
  return failures.length > 0 || count + words.length === 0 ? 1 : 0;
}

function parse() {
  return parseArgs({ allowPositionals: true, options: { system: { type: "string" } } });
}

/** On one line, and not endless: a case prints what differs, not a whole body. */
function show(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

process.exitCode = await main();
