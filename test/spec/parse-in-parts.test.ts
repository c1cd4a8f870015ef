import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Fragments } from "../../generator/model/fragments.js";
import { diagnosticSink } from "../../generator/spec/diagnostic-sink.js";
import { parseWhole } from "../../generator/spec/parse.js";
import { type KnownEvents, parseInParts } from "../../generator/spec/parse-in-parts.js";
import type { Entry, Tree } from "../../generator/spec/tree.js";
import { fc } from "../support/property.js";

const five = ["", "systems/cocoindex/", "systems/cozystack/", "systems/docglow/", "systems/jina/"];
const specs = five.map((folder) => readFileSync(new URL(`../../spec/${folder}events.yaml`, import.meta.url), "utf8"));

/** Everything in memory: what was packed once is unpacked from then on. */
function remembering(): KnownEvents {
  const packed = new Map<string, string>();
  return (_, event): Fragments => ({
    has: () => packed.has(event),
    of: (_name, make) => {
      const text = packed.get(event) ?? make();
      packed.set(event, text);
      return text;
    },
  });
}

/** Without what was made of events before. */
function bare(tree: Tree | undefined): unknown {
  if (tree?.kind === "list") return { ...tree, items: tree.items.map(bare) };
  if (tree?.kind !== "map") return tree;
  const entry = ({ key, value }: Entry) => ({ key, value: bare(value) });
  return { ...tree, entries: [...tree.entries].map(([name, one]) => [name, entry(one)]) };
}

/** Read in parts it is the same to the offset, or it is not read in parts. */
function holds(text: string, known: KnownEvents): boolean {
  const parts = parseInParts(text, known);
  if (parts === undefined) return false;
  const report = diagnosticSink("spec");
  expect(bare(parts)).toEqual(bare(parseWhole(text, report)));
  expect(report.found).toEqual([]);
  return true;
}

test("the project's own contract is read event by event", () => {
  const [own = ""] = specs;
  const known = remembering();
  expect(holds(own, known)).toBe(true);
  expect(holds(own, known)).toBe(true);
  // An event that has moved is found again, at its new place.
  expect(holds(own.replace(/^events:$/m, "\n\nevents:   # what there is\n\n"), known)).toBe(true);
});

const scraps = [
  ..."\n,#,:,-,?,|,>,{,},[,],',\",&a,*a,!t,%,\t,\r,@,`".split(",").map((one) => one || ","),
  "  x:\n",
  "    y: z\n",
  " ",
  "  ",
  "# a comment\n",
  "  # another\n",
  "    # deeper\n",
  "---\n",
  "...\n",
  "events:\n",
  "  install:\n",
  "    note: |\n      two\n\n      lines\n",
  "    note: >-\n",
  '    note: "open\n',
  "    note: 'closed\n      later'\n",
  "    list:\n    - one\n    -   two\n",
  "? key\n: value\n",
  "\ufeff",
];

test("whatever is put into a contract or taken out of it", () => {
  const harm = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    out: fc.nat(40),
    put: fc.constantFrom(...scraps),
  });
  let inParts = 0;
  fc.assert(
    fc.property(fc.constantFrom(...specs), fc.array(harm, { minLength: 1, maxLength: 4 }), (spec, harms) => {
      let text = spec;
      for (const { at, out, put } of harms) {
        const place = text.lastIndexOf("\n", Math.floor(at * text.length)) + 1;
        text = text.slice(0, place) + put + text.slice(place + (out > 30 ? out : 0));
      }
      if (holds(text, remembering())) inParts++;
    }),
    { numRuns: 400 },
  );
  expect(inParts).toBeGreaterThan(0);
});
