import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { partsOf } from "../../generator/dev/parts.js";
import { draftContract } from "../../generator/learn/draft.js";
import { readSample } from "../../generator/learn/sample.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { receive } from "../../templates/dev/receive.js";

/**
 * From a payload alone to a contract whose worker keeps that payload whole. Somebody fills in the prose and confirms the times and
 * closed sets; nothing about structure is corrected.
 */
const contracts = join(import.meta.dirname, "../contracts");

/** Payloads that hold what a draft leaves out, or say twice what a contract says once. Each with its reason. */
const notWhole: Readonly<Record<string, readonly [many: number, why: string]>> = {
  "aws-cdk": [1, "One value looks like a path."],
  "azure-cli": [1, "A text holds JSON, which a person draws."],
  dbt: [1, "A text in a list holds JSON, which a person draws."],
  gitlab: [2, "Two values are hosts' names."],
  n8n: [2, "Each event holds an address of the network."],
  nextcloud: [1, "Pairs hold values of several kinds, for which a person names each."],
  syncthing: [1, "What a build says of itself looks like free text."],
  synapse: [1, "One value is a host's name."],
  wasp: [1, "One value looks like arguments of a command, and stays out of a draft."],
};

/** Forms of which a draft names the fields, and draws no request that carries their values: metrics, lines, what is encoded within. */
const drawnByHand: readonly string[] = ["angular-cli", "cozystack-1.6", "homebrew", "meltano"];

const payloads = readdirSync(contracts).flatMap((name) => {
  if (drawnByHand.includes(name)) return [];
  const folder = join(contracts, name, "payloads");
  return existsSync(folder) ? readdirSync(folder).map((file) => [name, join(folder, file)] as const) : [];
});

/** Fills in each TODO of prose as a person would. */
function decided(draft: string): string {
  return (
    draft
      .replace("product: TODO", "product: sample")
      .replaceAll("env: TODO", "env: SAMPLE_TELEMETRY")
      .replaceAll("TODO.invalid", "telemetry.example.com")
      .replaceAll("justification: TODO", "justification: It is written by people; no closed list of it exists.")
      // Of a value that was always null, a person says what it is otherwise.
      .replaceAll("type: TODO", "type: bool")
      .replaceAll("TODO", "Decided by a person.")
  );
}

describe("a draft", () => {
  it.each(payloads)("of %s: the worker keeps the payload whole", { timeout: 120_000 }, async (name, file) => {
    const body = readFileSync(file, "utf8");
    const samples = readSample(body);
    if ("problem" in samples) throw new Error(samples.problem);
    const { leftOut, text } = draftContract(samples, () => true);
    const [left] = notWhole[name] ?? [];
    if (left !== undefined) return expect(leftOut).toHaveLength(left);
    const { diagnostics, model } = readContract(decided(text), "events.yaml");
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toEqual([]);
    expect(leftOut).toEqual([]);
    expect(model).toBeDefined();
    if (model === undefined) return undefined;
    const parts = await partsOf(model, "dist/templates", (specifier) => import(specifier));
    const request = new Request(`http://localhost${parts.contract.path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const { accepted, counts } = await receive(request, parts.contract, parts.pages);
    expect(accepted.length).toBeGreaterThan(0);
    return expect(Object.keys(counts).sort()).toEqual(["accepted", "forwarded"]);
  });
});
