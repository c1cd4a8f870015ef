import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMemoryLimiter } from "../../templates/worker/runtime/answer/memory-limiter.js";
import type { Accepted } from "../../templates/worker/runtime/contract.js";
import { handle } from "../../templates/worker/runtime/handle.js";
import { printSample } from "../../templates/worker/runtime/read/exposition.js";
import { collectingHost } from "./collecting-host.js";
import { generateWorker, modelOfSystem, systems } from "./generated-worker.js";

const fixtures = join(import.meta.dirname, "../conformance/fixtures");

describe.each(systems)("the acceptance cases of %s, in this process", async (system) => {
  const { contract, remove } = await generateWorker(modelOfSystem(system));
  remove();
  const names = readdirSync(join(fixtures, system)).filter((name) => name.endsWith(".expect.json"));

  it.each(names)("%s", async (name) => {
    const { request, now, repeat = 1, expect: wanted } = JSON.parse(readFileSync(join(fixtures, system, name), "utf8"));
    const body = bodyOf(system, name.slice(0, -".expect.json".length));
    const clock = () => Date.parse(now ?? "2026-06-13T08:00:00.000Z");
    const limited = contract.rateLimit && createMemoryLimiter(contract.rateLimit, clock);
    const { host, forwarded, counted, settled } = collectingHost({ now: clock, ...(limited && { limited }) });
    const statuses: number[] = [];
    const said: string[] = [];
    for (let time = 0; time < repeat; time++) {
      const answer = await handle(
        new Request(`https://endpoint.example${request.path}`, { ...request, body: Buffer.from(body) }),
        contract,
        host,
      );
      statuses.push(answer.status);
      said.push(await answer.text());
    }
    await settled();
    expect(statuses.at(-1)).toBe(wanted.suggested_status ?? wanted.status);
    if (wanted.statuses) expect(statuses).toEqual(wanted.statuses);
    if (wanted.forwarded) expect(JSON.parse(JSON.stringify(forwarded.map(plain)))).toEqual(wanted.forwarded);
    const everything = JSON.stringify([forwarded, counted, said]);
    for (const text of wanted.never_forwarded ?? []) expect(everything).not.toContain(text);
  });
});

function bodyOf(system: string, name: string): Buffer {
  const file = readdirSync(join(fixtures, system)).find((one) => one === `${name}.json` || one === `${name}.txt`);
  return readFileSync(join(fixtures, system, file as string));
}

function plain(accepted: Accepted): unknown {
  return accepted.value === undefined ? accepted : printSample(accepted);
}
