import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CODES } from "../../generator/diagnostics/codes.js";
import { renderText } from "../../generator/diagnostics/render-text.js";
import { readContract } from "../../generator/spec/read-contract.js";

/** Each folder is one mistake: `events.yaml`, and the exact report in `expected.txt`. `npx vitest -u` writes the reports anew. */
const FOLDER = new URL("./cases/", import.meta.url);
const names = readdirSync(FOLDER).sort();

function report(name: string): { readonly codes: readonly string[]; readonly text: string } {
  const text = readFileSync(new URL(`${name}/events.yaml`, FOLDER), "utf8");
  const { diagnostics } = readContract(text, "events.yaml");
  return {
    codes: diagnostics.map(({ code }) => code),
    text: renderText(diagnostics, new Map([["events.yaml", text]])),
  };
}

test.each(names)("%s", async (name) => {
  await expect(report(name).text).toMatchFileSnapshot(new URL(`${name}/expected.txt`, FOLDER).pathname);
});

describe("every code", () => {
  const fired = new Set(names.flatMap((name) => report(name).codes));
  // It takes 32 MB: limits.test.ts.
  fired.add("spec-too-large");
  // It takes a day: test/evolve/exceptions.test.ts.
  fired.add("silence-ended");
  // It takes a day, too: expires.test.ts.
  fired.add("expires-soon");

  test("has a case in which it fires", () => {
    expect(Object.keys(CODES).filter((code) => !fired.has(code))).toEqual([]);
  });

  test("that fires is in the table", () => {
    expect([...fired].filter((code) => !(code in CODES))).toEqual([]);
  });

  test.each(Object.entries(CODES))("%s says what, why and what to do", (code, { title, why, mend }) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(title).toMatch(/[^.]$/);
    for (const text of [why, mend]) expect(text).toMatch(/^[A-Z"].*[.…]$/);
  });
});

test("a folder is named for the first code that fires in it, or says more", () => {
  for (const name of names) {
    const { codes } = report(name);
    expect(codes.length, name).toBeGreaterThan(0);
    expect(
      codes.some((code) => name.startsWith(code)),
      `${name}: ${codes}`,
    ).toBe(true);
  }
});
