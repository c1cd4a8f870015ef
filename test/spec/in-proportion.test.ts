import { Session } from "node:inspector";
import { expect, test } from "vitest";
import { readContract } from "../../generator/spec/read-contract.js";
import { workerTarget } from "../../generator/targets/worker/worker.js";
import { smallSpec } from "../cli/project.js";

/** Searches of the engine's own, each of which walks over an array. */
const SEARCHES = ["includes", "indexOf", "find", "findIndex", "some", "every", "filter"] as const;

/**
 * Counts the steps of reading and printing a contract: how often each block of the generator runs, and how many items the
 * engine's searches walk over at most. No clock takes part.
 */
async function stepsOf(text: string): Promise<number> {
  const session = new Session();
  session.connect();
  const post = (method: string, params?: object) =>
    new Promise<unknown>((resolve, reject) =>
      session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))),
    );
  let steps = 0;
  const before = SEARCHES.map((name) => [name, Array.prototype[name]] as const);
  const set = (name: string, value: unknown) =>
    Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
  await post("Profiler.enable");
  await post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  try {
    for (const [name, search] of before)
      set(name, function (this: readonly unknown[], ...args: unknown[]) {
        steps += this.length;
        return Reflect.apply(search as never, this, args);
      });
    const { model } = readContract(text, "spec/events.yaml");
    if (model !== undefined) await workerTarget.generate(model);
  } finally {
    for (const [name, search] of before) set(name, search);
  }
  const { result } = (await post("Profiler.takePreciseCoverage")) as {
    readonly result: readonly {
      readonly url: string;
      readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
    }[];
  };
  session.disconnect();
  const own = result.filter(({ url }) => url.includes("/generator/"));
  expect(own.length).toBeGreaterThan(10);
  for (const { functions } of own) for (const { ranges } of functions) for (const { count } of ranges) steps += count;
  return steps;
}

const keys = (count: number) => smallSpec() + Array.from({ length: count }, (_, at) => `unknown_${at}: 1\n`).join("");
const values = (count: number) =>
  smallSpec().replace(
    "values: [native, wasm]",
    `values: [native, wasm, ${Array.from({ length: count }, (_, at) => `v${at}`).join(", ")}]`,
  );

test.each([
  ["many findings", keys],
  ["long closed sets", values],
])("%s take steps in proportion", async (_, make) => {
  expect(make(1)).not.toBe(smallSpec());
  await stepsOf(make(10));
  const [few, many] = [await stepsOf(make(500)), await stepsOf(make(4000))];
  // Eight times as many; with the square of it, it would be sixty-four times.
  expect(many / few).toBeLessThan(12);
});
