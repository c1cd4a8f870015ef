import { expect, test } from "vitest";
import { renderText } from "../../generator/diagnostics/render-text.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { fc } from "../support/property.js";
import { FIVE } from "./sample-spec.js";

/** Checks that there is a model or a finding, and that the finding can be shown. */
function answers(text: string): void {
  const { model, diagnostics } = readContract(text, "events.yaml");
  expect(model !== undefined || diagnostics.length > 0).toBe(true);
  expect(
    diagnostics.every(({ span }) => span !== undefined && span.start <= span.end && span.end <= text.length + 1),
  ).toBe(true);
  expect(renderText(diagnostics, new Map([["events.yaml", text]])).length > 0).toBe(diagnostics.length > 0);
}

const texts = FIVE.map(([, text]) => text);
const SNIPPETS = [
  "\t",
  "\r\n",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\0",
  "\ud800",
  "- ",
  ": ",
  "#",
  "{",
  "}",
  "[",
  "]",
  "'",
  '"',
  "|\n",
  ">-\n",
  "&a ",
  "*a",
  "!!int ",
  "<<: ",
  "? ",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "null",
  "~",
  "__proto__: 1\n",
  "type: object",
  "'(a+)+$'",
  "type: list, of: list",
  "fields: {}",
  "1e999",
  "identifier",
];

test("for random text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), answers), { numRuns: 300 });
});

test("for random YAML-like text", () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ maxLength: 6 })), { maxLength: 60 })
        .map((parts) => parts.join("")),
      answers,
    ),
    { numRuns: 300 },
  );
});

test("for real specs with pieces put in, taken out and swapped", () => {
  const mutants = fc
    .record({
      text: fc.constantFrom(...texts),
      edits: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          cut: fc.nat(40),
          put: fc.constantFrom("", ...SNIPPETS),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ text, edits }) =>
      edits.reduce(
        (now, { at, cut, put }) =>
          now.slice(0, Math.floor(at * now.length)) + put + now.slice(Math.floor(at * now.length) + cut),
        text,
      ),
    );
  fc.assert(fc.property(mutants, answers), { numRuns: 150 });
});

test("for real specs with words swapped for others of the language", () => {
  const words = [...new Set(texts.join("\n").match(/[A-Za-z_][A-Za-z0-9_.-]*/g))];
  const mutants = fc
    .record({
      text: fc.constantFrom(...texts),
      swaps: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), word: fc.constantFrom(...words) }), {
        minLength: 1,
        maxLength: 3,
      }),
    })
    .map(({ text, swaps }) =>
      swaps.reduce((now, { at, word }) => {
        const start = Math.floor(at * now.length);
        return now.slice(0, start) + now.slice(start).replace(/[A-Za-z_][A-Za-z0-9_.-]*/, () => word);
      }, text),
    );
  fc.assert(fc.property(mutants, answers), { numRuns: 150 });
});
