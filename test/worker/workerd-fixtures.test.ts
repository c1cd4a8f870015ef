import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { modelOfSystem, systems } from "./generated-worker.js";
import { now, startWorker } from "./workerd.js";

const fixtures = join(import.meta.dirname, "../conformance/fixtures");

describe.each(systems)("the acceptance cases of %s, in workerd", async (system) => {
  const worker = await startWorker(modelOfSystem(system));
  afterAll(worker.stop);
  const names = readdirSync(join(fixtures, system)).flatMap((name) =>
    name.endsWith(".expect.json") ? [name.slice(0, -".expect.json".length)] : [],
  );
  // The case that uses up its identifier's share comes last.
  const order = names.toSorted((a, b) => Number(a.includes("rate")) - Number(b.includes("rate")));

  it(`${order.length} cases: each its status, and what is stored`, async () => {
    let wantedTotal = 0;
    for (const [index, name] of order.entries()) {
      const { request, expect: wanted } = JSON.parse(
        readFileSync(join(fixtures, system, `${name}.expect.json`), "utf8"),
      );
      if (name.includes("rate")) continue;
      const body = ownIdentifier(bodyOf(system, name), index);
      const answer = await worker.ask(request.path, { ...request, body });
      expect(answer.status, name).toBe(wanted.suggested_status ?? wanted.status);
      const forwarded: readonly unknown[] = wanted.forwarded ?? [];
      wantedTotal += forwarded.length;
      expect(answer.stored, name).toHaveLength(forwarded.length);
      if (system === "cozystack") continue;
      const stored = answer.stored.map(({ event, fields, time }) => ({
        event,
        fields,
        ...(time === now ? {} : { time }),
      }));
      expect(JSON.parse(ownIdentifier(Buffer.from(JSON.stringify(stored)), -1)), name).toEqual(
        JSON.parse(ownIdentifier(Buffer.from(JSON.stringify(forwarded)), -1)),
      );
    }
    expect(wantedTotal).toBeGreaterThan(0);
    const answers = worker.logged.join("");
    expect(answers).not.toMatch(/ada@example|\/home\/ada|5c5a6a39|b3a8c1d2/);
  });
});

/** Each case from a machine of its own, so that they don't use up one another's share. */
function ownIdentifier(body: Buffer, index: number): string {
  return body
    .toString("utf8")
    .replaceAll(
      /b3a8c1d2-4e5f-4a6b-8c7d-[0-9a-f]{12}/g,
      `b3a8c1d2-4e5f-4a6b-8c7d-${String(index + 1).padStart(12, "0")}`,
    );
}

function bodyOf(system: string, name: string): Buffer {
  const file = readdirSync(join(fixtures, system)).find((one) => one === `${name}.json` || one === `${name}.txt`);
  return readFileSync(join(fixtures, system, file as string));
}
