import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { inLanguage } from "../../generator/emit/javascript.js";
import { allSteps } from "../../generator/language/consent/parts.js";
import { isInWords } from "../../generator/model/wire.js";
import { schemaTarget } from "../../generator/targets/schema/schema.js";
import { testsTarget } from "../../generator/targets/tests/tests.js";
import { standIns } from "../../generator/targets/typescript/runtime-files.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { workerTarget } from "../../generator/targets/worker/worker.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { randomFrom } from "../worker/random.js";
import { type Contract, drawContract } from "./contract.js";
import { noFacts } from "./program.js";
import { called, callOf, gaugeOf, setupOf } from "./values.js";

/**
 * The costly rules run on batches: one compiler over many clients and the calls that their types ask for, and the suites that are
 * generated for a product, by the product's own runner. PLAINSIGHT_BATCH=100 vitest run test/property/batch.test.ts, or
 * PLAINSIGHT_SEEDS="7 28" for these alone.
 */
const size = Number(process.env["PLAINSIGHT_BATCH"] ?? 12);
const first = Number(process.env["PLAINSIGHT_SEED"] ?? 1);
const root = join(import.meta.dirname, "../..");
const folder = temporaryFolder("batch");

/** Contracts that load, with the seeds that they were drawn by. */
function drawn(): readonly (readonly [seed: number, contract: Contract])[] {
  const all: (readonly [number, Contract])[] = [];
  const named = process.env["PLAINSIGHT_SEEDS"]?.split(" ").map(Number);
  if (named !== undefined)
    return named.flatMap((seed) => {
      const contract = drawContract(randomFrom(seed));
      return contract === undefined ? [] : [[seed, contract] as const];
    });
  for (let seed = first; all.length < size; seed++) {
    const contract = drawContract(randomFrom(seed));
    if (contract !== undefined) all.push([seed, contract]);
  }
  return all;
}

const contracts = drawn();

async function generate([seed, { model, text }]: (typeof contracts)[number]): Promise<void> {
  const place = join(folder, "generated", `c${seed}`);
  for (const target of [clientTarget, workerTarget, schemaTarget, testsTarget]) {
    const files = await target.generate(model);
    // In JavaScript it declares its types: what it exports must state them.
    if (target === clientTarget) inLanguage(files, "client/", "js", "events.yaml");
    for (const file of files) {
      mkdirSync(dirname(join(place, file.path)), { recursive: true });
      writeFileSync(join(place, file.path), file.text);
    }
  }
  for (const part of ["client", "worker"])
    cpSync(join(root, "templates", part, "runtime"), join(place, part, "runtime"), { recursive: true });
  const runtime = join(place, "client/runtime");
  for (const [file, instead] of Object.entries(standIns(model))) cpSync(join(runtime, instead), join(runtime, file));
  // What the suites take from the room of consent that is loaded later.
  mkdirSync(join(runtime, "later"), { recursive: true });
  writeFileSync(join(runtime, "later/consent.ts"), 'export { showNoticeOnce } from "../consent/notice.js";\n');
  writeFileSync(join(place, "calls.ts"), printCalls(seed, { model }));
  writeFileSync(join(place, "events.yaml"), text);
}

/** The calls of the property as a person would write them. */
function printCalls(seed: number, { model }: Pick<Contract, "model">): string {
  const random = randomFrom(seed);
  const setup = setupOf(model, random);
  const calls = [
    ...called(model).map((event) => callOf(model, event, setup, random)),
    ...model.metrics.map((metric) => gaugeOf(model, metric, setup, random)),
  ];
  const lines = calls.map(({ emitter, args, dueAfter }) => {
    const given = args.map(literal).map((one) => (dueAfter === undefined ? one : `() => (${one})`));
    return `telemetry.${emitter}(${given.join(", ")});`;
  });
  return [
    'import * as telemetry from "./client/telemetry.js";',
    `telemetry.setup(${described(model, literal({ ...setup.given, ...owed(model) }))});`,
    ...lines,
    "",
  ].join("\n");
}

/** A form on the wire that is only described is sent by the program. */
function described({ wire }: Contract["model"], given: string): string {
  return !isInWords(wire) ? given : `{ ...${given}, send: async () => 204 }`;
}

/** Returns the values that `setup` owes for consent: settings and facts of the program's own. */
function owed(model: Contract["model"]): object {
  const all = allSteps(model.consent).map(({ place }) => place);
  const settings = all.flatMap((place) => (place.kind === "given" ? [[place.given, null]] : []));
  const facts = noFacts(model);
  return {
    ...(settings.length === 0 ? {} : { config: Object.fromEntries(settings) }),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
  };
}

function literal(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

/** Exit code and output of a tool of ours in the batch's folder. */
function run(
  tool: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", VITEST: undefined, NODE_ENV: undefined };
  const child = spawn(process.execPath, [join(root, "node_modules", tool), ...args], { cwd: folder, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += String(part)));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

const prepared = (async () => {
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")))
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  writeFileSync(join(folder, "package.json"), '{ "name": "batch", "version": "1.2.3", "type": "module" }');
  for (const one of contracts) await generate(one);
})();

it("the strictest compiler is content with the clients and with the calls that their types ask for", {
  timeout: 600_000,
}, async () => {
  await prepared;
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023"],
    types: ["node"],
    module: "NodeNext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const include = ["generated/*/client/**/*.ts", "generated/*/calls.ts"];
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  const { output } = await run("typescript/bin/tsc", "-p", "tsconfig.json");
  expect(output).toBe("");
});

it("the generated suites are green", { timeout: 1_200_000 }, async () => {
  await prepared;
  const config =
    'export default { test: { include: ["generated/*/test/*.test.ts"], pool: "forks", maxWorkers: 1, reporters: ["dot"] } };';
  writeFileSync(join(folder, "vitest.config.mjs"), config);
  const { code, output } = await run("vitest/vitest.mjs", "run");
  expect(code, output.slice(-200000)).toBe(0);
});
