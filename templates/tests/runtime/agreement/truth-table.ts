import { describe, expect, it } from "vitest";
import type { ConsentRow, PartOfProduct, Product } from "../product.js";
import { withRun } from "../run.js";

/** Tests that the client does what the contract says in each state of the world: it sends, or it sends nothing at all. */
export function truthTable(product: Product): void {
  describe("consent", () => {
    it("has states in which it says no, and is not empty", () => {
      // Where there is no switch, nothing ever says no.
      const wanted = product.withoutSwitch !== true;
      const tables = [product.consent, ...Object.values(product.parts ?? {}).map(({ table }) => table)];
      expect(tables.flat().some(({ enabled }) => !enabled)).toBe(wanted);
    });

    it.each(product.consent.map((row) => [nameOf(row), row] as const))("%s", (_, row) =>
      withRun(product, row, async ({ decision, deliver, requests }) => {
        const { enabled, decidedBy } = decision();
        expect({ enabled, decidedBy }).toEqual({ enabled: row.enabled, decidedBy: row.decidedBy });
        // Where all belongs to parts, it is theirs to be sent.
        const [golden] = product.golden.filter(({ evenWhenOff, part }) => part === undefined && !evenWhenOff);
        if (golden === undefined) return;
        await deliver([golden]);
        expect(requests.length > 0).toBe(row.enabled);
      }),
    );
  });

  for (const [name, part] of Object.entries(product.parts ?? {})) partTable(product, name, part);
}

/** A part is decided below the rest: on where all is that it depends on, and nothing of it leaves where it is off. */
function partTable(product: Product, name: string, { table, decide }: PartOfProduct): void {
  describe(`consent for ${name}`, () => {
    it.each(table.map((row) => [nameOf(row), row] as const))("%s", (_, row) =>
      withRun(product, row, async ({ client, deliver, requests }) => {
        const { enabled, decidedBy } = decide(client);
        expect({ enabled, decidedBy }).toEqual({ enabled: row.enabled, decidedBy: row.decidedBy });
        const own = product.golden.filter(({ part }) => part === name).slice(0, 1);
        if (own.length === 0) return;
        await deliver(own);
        expect(requests.length > 0).toBe(row.enabled);
      }),
    );
  });
}

function nameOf({ env, config, stored, build, args = [], facts = {}, enabled, decidedBy }: ConsentRow): string {
  const parts = [
    ...Object.entries(env).map(([name, value]) => `${name}=${JSON.stringify(value)}`),
    ...Object.entries(config).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    ...(stored === null ? [] : [`stored ${JSON.stringify(stored)}`]),
    ...args,
    ...Object.entries(facts).flatMap(([name, is]) => (is ? [name] : [])),
    ...(build === null ? [] : [`build ${build}`]),
  ];
  return `${parts.join(", ") || "nothing said"} → ${enabled ? "on" : "off"} (${decidedBy})`;
}
