import { expect, it } from "vitest";
import { EXAMPLES, type Example } from "../../generator/diagnostics/examples.js";
import { explain } from "../../generator/findings.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { specWith } from "./sample-spec.js";

/** The examples of `plainsight explain`: what is refused has the finding, and what is mended has none at all. */
const FIELD = "ok: { type: bool, why: Whether it works. }";

function indented(text: string, by: string): string {
  return text.replace(/^/gm, by);
}

function contractOf(where: Example["in"], lines: string): string {
  const fields = where === "fields" ? lines : FIELD;
  const start = `  start:\n    when: When it starts.\n    why: How often.\n    fields:\n${indented(fields, "      ")}\n`;
  const whole = specWith(where === "events" ? `${indented(lines, "  ")}\n` : start);
  if (where !== "contract") return whole;
  // Its keys stand in place of those that the sample has.
  const own = new Set([...lines.matchAll(/^(\w+):/gm)].map(([, key]) => key));
  const kept = whole.split(/^(?=\w)/m).filter((block) => !own.has(/^\w+/.exec(block)?.[0]));
  return `${kept.join("")}${lines}\n`;
}

function codesIn(where: Example["in"], lines: string): readonly string[] {
  return readContract(contractOf(where, lines), "events.yaml").diagnostics.map(({ code }) => code);
}

it.each(Object.entries(EXAMPLES))("%s: the one is refused, and the other is mended", (code, example) => {
  expect(codesIn(example.in, example.refused)).toContain(code);
  expect(codesIn(example.in, example.mended)).toEqual([]);
  expect(explain(code)).toContain(indented(example.refused, "  "));
});
