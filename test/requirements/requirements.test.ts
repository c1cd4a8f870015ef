import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systems } from "../conformance/systems.js";
import { flaw, isAboutClient, isShownInGo, isShownInPython, readRequirements } from "./proofs.js";

/** Every sentence of the five documents, by its number: what has no line in a table is forgotten. */
const documents = {
  codegraph: "CG 1-25 30-67 70-84 90-103 110-114",
  cocoindex: "CI 1-11 20-25 30-35 40-43 50 60-63",
  cozystack: "CZ 1-5 10-14 20-28 30-34 40-45 50-52",
  docglow: "DG 1-5 10-27 30-31 40-50 60-68 70-74",
  jina: "JI 1-3 10-13 20-23 30-43 50-52",
} as const;

function idsOf(ranges: string): readonly string[] {
  const [prefix, ...parts] = ranges.split(" ");
  return parts.flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => `${prefix}-${String(first + at).padStart(3, "0")}`);
  });
}

describe.each(systems)("%s", (system) => {
  const table = readRequirements(readFileSync(join(import.meta.dirname, `${system}.txt`), "utf8"));

  it("has a line for every sentence of its document, once", () => {
    expect(table.map(({ id }) => id).sort()).toEqual(idsOf(documents[system]));
  });

  it("has a proof for each, or says why none can be here", () => {
    expect(table.filter(({ proofs }) => proofs.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it("has a proof in Python where the sentence is about the client of a product in Python", () => {
    const inPython = system === "cocoindex" || system === "docglow" || system === "jina";
    const missing = table.filter((one) => inPython && isAboutClient(one) && !isShownInPython(one));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it("has a proof in Go where the sentence is about the client of a product in Go", () => {
    const missing = table.filter((one) => system === "cozystack" && isAboutClient(one) && !isShownInGo(one));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it("names proofs that are there and that say so themselves", () => {
    const flaws = table.flatMap(({ id, proofs }) =>
      proofs.flatMap((proof) => {
        const found = flaw(proof, id, system);
        return found === undefined ? [] : [`${id} ${proof}: ${found}`];
      }),
    );
    expect(flaws).toEqual([]);
  });
});

it.each([
  ["case accept-nothing", "no case called accept-nothing"],
  ["case accept-health", "it does not cite DG-001"],
  ["table consent: no-such-row", "no row of consent called no-such-row"],
  ["table consent: kill-switch", "it does not cite DG-001"],
  ["table weather", "no table called weather"],
  ["behaviour asked twice", "no behaviour called asked twice"],
  ["test client/nothing.test.ts", "no file client/nothing.test.ts"],
  ["test client/fields.test.ts: has no such test", "no test of that name in client/fields.test.ts"],
  ["page: On by default.", "not on the page"],
  ["somebody said so", "no kind of proof"],
])("a proof that is none is found: %s", (proof, expected) => {
  expect(flaw(proof, "DG-001", "docglow")).toBe(expected);
});
