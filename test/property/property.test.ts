import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readContract } from "../../generator/spec/read-contract.js";
import { fc } from "../support/property.js";
import { randomFrom } from "../worker/random.js";
import { brokenRules } from "./check.js";
import { type Contract, Contracts, drawContract, headOf, loaded, SOURCE } from "./contract.js";
import { everyPoint, pointsOf } from "./grammar.js";
import { isKnown } from "./known.js";
import { needlessReasons, notDrawn } from "./not-drawn.js";

/** PLAINSIGHT_PROPERTY=1000 PLAINSIGHT_SEED=7 vitest run test/property; `npm run property -- 10000` is one long run. */
const contracts = Number(process.env["PLAINSIGHT_PROPERTY"] ?? 150);
const cases = join(import.meta.dirname, "cases");

// Each fresh client hooks the process's end, as the one of a real program does.
process.setMaxListeners(0);

async function wrongWith(contract: Contract, values: number): Promise<readonly string[]> {
  const broken = await brokenRules(contract, values);
  return broken.filter((one) => !isKnown(one, contract)).map(({ rule, problem }) => `${rule}: ${problem}`);
}

it("whatever loads works", { timeout: 3_600_000 }, async () => {
  const property = fc.asyncProperty(new Contracts(), fc.noShrink(fc.nat()), async (contract, values) => {
    const wrong = await wrongWith(contract, values);
    if (wrong.length > 0)
      throw new Error(
        `${wrong.join("\n")}\n\nTo keep it, write test/property/cases/NAME.yaml:\n\n${headOf(contract, values)}${contract.text}`,
      );
  });
  await fc.assert(property, { numRuns: contracts, interruptAfterTimeLimit: Math.max(180_000, contracts * 1000) });
});

describe("cases that were found", () => {
  it.each(readdirSync(cases).filter((name) => name.endsWith(".yaml")))("%s", async (name) => {
    const text = readFileSync(join(cases, name), "utf8");
    const { model, diagnostics } = readContract(text, SOURCE);
    const codes = [...new Set(diagnostics.map(({ code }) => code))].sort().join(", ");
    expect(codes).toBe(/^# found: (.*)$/m.exec(text)?.[1] ?? "");
    // It works, or it is refused and the way out is named.
    if (model === undefined) {
      expect(diagnostics.filter(({ severity, hint }) => severity === "error" && !hint)).toEqual([]);
      return;
    }
    const contract = { ...(loaded(parse(text)) as Contract), text, model };
    for (const values of /^# values: ([\d ]+)/m.exec(text)?.[1]?.split(" ") ?? [1, 2])
      expect(await wrongWith(contract, Number(values))).toEqual([]);
  });
});

function has(spec: unknown, points: ReadonlySet<string>): boolean {
  return [...pointsOf(spec)].some((point) => points.has(point));
}

it("every key, form and word of the language is drawn, or it is said why not", { timeout: 600_000 }, () => {
  expect(needlessReasons(everyPoint())).toEqual([]);
  const missing = new Set([...everyPoint()].filter((point) => notDrawn(point) === undefined));
  expect(missing.size).toBeGreaterThan(300);
  let [drawn, tried, found] = [0, 0, 0];
  const look = (point?: string) => {
    const isWorth = (spec: unknown) => {
      // Of what is drawn on purpose only what has something new is loaded, and now and then another: mending adds something, too.
      if (point !== undefined && drawn % 16 > 0 && !has(spec, missing)) return false;
      tried++;
      return true;
    };
    const contract = drawContract(randomFrom(drawn++), point, isWorth);
    if (contract === undefined) return;
    found++;
    for (const one of pointsOf(contract.spec)) missing.delete(one);
  };
  for (let left = 100; left > 0; left--) look();
  // What is rare is drawn on purpose.
  for (const point of missing) for (let left = 600; left > 0 && missing.has(point); left--) look(point);
  expect([...missing]).toEqual([]);
  // Nothing is proved where hardly anything loads.
  expect(found / tried).toBeGreaterThan(0.6);
});
