import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { Product } from "../product.js";
import { granting, withRun } from "../run.js";

export function importsNothingNew(product: Product): void {
  it("the client imports itself and what Node brings", () => {
    const imported = Object.values(sourcesOf(product)).flatMap((text) =>
      [
        ...text.matchAll(
          /^(?:import|export|\}) ?.*?\bfrom "([^"\n]+)";$|\b(?:import|require)\("([^"\n]+)"\)|^import "([^"\n]+)";$/gm,
        ),
      ].map(([, ...names]) => names.find((name) => name !== undefined) ?? ""),
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(
      imported.filter((from) => !from.startsWith("./") && !from.startsWith("../") && !from.startsWith("node:")),
    ).toEqual([]);
  });
}

export function isAbsentInBuilds(product: Product): void {
  const absent = Object.entries(product.builds).filter(([, kind]) => kind !== "normal");

  it.each(absent)("the build %s sends nothing", (build) =>
    withRun(product, { ...granting(product), build }, async ({ deliver, requests, files }) => {
      const before = files();
      await deliver();
      expect({ requests, files: files() }).toEqual({ requests: [], files: before });
    }),
  );

  it("the twin module knows no address and imports nothing of Node's", () => {
    const sources = sourcesOf(product);
    const twin = sources["off.ts"] ?? sources["off.js"] ?? "";
    expect(twin).not.toBe("");
    expect(twin).not.toMatch(/https?:|node:/);
    // Where a build or an operator names the address, none stands in the contract.
    const [, host] = /^https:\/\/([^/]+)/.exec(product.client.destination.url) ?? [];
    if (host !== undefined) expect(twin).not.toContain(host);
  });
}

function sourcesOf({ folder }: Product): Readonly<Record<string, string>> {
  const path = fileURLToPath(folder);
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.d)\.[jt]s$/.test(name),
  );
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(path, name), "utf8")]));
}
