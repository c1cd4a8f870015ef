import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as analyze from "../../generator/analyze.js";
import * as generateModule from "../../generator/generate.js";
import type { Outcome } from "../../generator/outcome.js";
import { run, type Tool } from "../../generator/pipeline.js";
import { fc } from "../support/property.js";
import { emptyFolder, tree } from "./project.js";

const top = join(import.meta.dirname, "../..");
const spec = readFileSync(join(top, "spec/events.yaml"), "utf8").replace(/^dashboards:\n( .*\n|\n)+/m, "");

function tool(cache: string, id: string, load: Tool["analyze"] = async () => analyze): Tool {
  mkdirSync(cache, { recursive: true });
  return {
    id,
    templates: join(top, "dist/templates"),
    memoFile: join(cache, "memo"),
    fragmentsFile: join(cache, "parts"),
    today: "2026-06-12",
    runner: { name: "test.1", lives: () => false },
    analyze: load,
    generate: async () => generateModule,
    progress: () => undefined,
  };
}

async function generate(folder: string, text: string, by: Tool): Promise<Outcome> {
  mkdirSync(join(folder, "spec"), { recursive: true });
  writeFileSync(join(folder, "spec/events.yaml"), text);
  const places = { root: folder, out: join(folder, "generated"), cwd: folder };
  return run({ specFolder: join(folder, "spec"), places, write: true }, by);
}

type Edit = (text: string, seed: number) => string;

/** Edits as people make them: in one event, in several, in what all have in common; and what is wrong. */
const oneMore: Edit = (text, seed) => text.replace(/^events:\n/m, `$&${event(`extra_${seed}`, seed)}`);
const edits: readonly Edit[] = [
  oneMore,
  (text, seed) => nth(text, /^ {4}why: .*$/gm, seed, `    why: Told anew for the ${seed}th time.`),
  (text, seed) => nth(text, /^ {4}when: .*$/gm, seed, `    when: "Now and then: ${seed}."`),
  (text, seed) => nth(text, /^ {6}(\w+): \{/gm, seed, `      added_${seed}: { type: bool, why: Whether. }\n$&`),
  (text, seed) => nth(text, /^ {6}\w+: \{ type: \w+/gm, seed, `$&, optional: true`),
  (text, seed) => text.replace(/^events:\n/m, `$&${event("twin", seed)}${event("twinTwo", seed + 1)}`),
  (text, seed) => nth(text, /^ {2}(\w+):\n(?= {4}when)/gm, seed, `  renamed_${seed}:\n`),
  (text, seed) => text.replace(/^summary: /m, `summary: Edition ${seed}. `),
  (text, seed) => text.replace(/^events:\n/m, `# ${"moved ".repeat(seed)}\n$&`),
  (text, seed) => nth(text, /^ {2}(\w+):\n(?= {4}when)[\s\S]*?(?=^ {2}\w|^\S)/gm, seed, ""),
  (text, seed) => nth(text, /type: bool/g, seed, "type: boool"),
  (text, seed) => nth(text, /^ {4}when: /gm, seed, "    note: *alias\n$&"),
];

function event(name: string, seed: number): string {
  const values = Array.from({ length: 2 + (seed % 3) }, (_, at) => `v${at}`).join(", ");
  return `  ${name}:\n    when: At times.\n    why: To know.\n    fields:\n      flavour: { type: enum, values: [${values}], why: Which. }\n`;
}

/** Replaces one of the places that match. */
function nth(text: string, pattern: RegExp, seed: number, by: string): string {
  const places = [...text.matchAll(pattern)];
  const place = places[seed % Math.max(1, places.length)];
  if (place === undefined) return text;
  const once = new RegExp(pattern.source, pattern.flags.replace("g", "y"));
  once.lastIndex = place.index;
  return text.replace(once, by);
}

test("after any edits a run finds and writes what a cold one does, to the byte", async () => {
  const cache = emptyFolder();
  const edit = fc.tuple(fc.constantFrom(...edits), fc.nat(12));
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (all) => {
      const warm = join(cache, "warm");
      let text = spec;
      await generate(warm, text, tool(cache, "same"));
      for (const [change, seed] of all) {
        text = change(text, seed);
        const cold = join(cache, "cold");
        const [before, after] = [
          await generate(warm, text, tool(cache, "same")),
          await generate(cold, text, tool(join(cache, "none"), "same")),
        ];
        expect(before.findings).toEqual(after.findings);
        expect(before.counts).toMatchObject({ events: after.counts.events, fields: after.counts.fields });
        if (after.exitCode === 0) expect(tree(warm)).toEqual(tree(cold));
        for (const folder of [cold, join(cache, "none")]) rmSync(folder, { recursive: true, force: true });
      }
      rmSync(warm, { recursive: true });
    }),
    {
      numRuns: 12,
      // A second event with a field of this name and other values: what the first one's check is called changes, too.
      examples: [
        [
          [
            [oneMore, 1],
            [oneMore, 2],
          ],
        ],
      ],
    },
  );
}, 120_000);

/** A tool that says something else of each event. */
const talkative: Tool["analyze"] = async () => ({
  ...analyze,
  readSpec: (file, past, today, known) =>
    analyze.readSpec(file, past, today, (rest, text) => {
      const parts = known?.(rest, text);
      if (parts === undefined) return undefined;
      return {
        has: parts.has,
        of: (name, make) => parts.of(name, () => (/^markdown/.test(name) ? `${make()}\n\nOLD` : make())),
      };
    }),
});

test("parts of another tool are not looked at, nor damaged ones", async () => {
  const cache = emptyFolder();
  const folder = emptyFolder();
  const page = () => readFileSync(join(folder, "TELEMETRY.md"), "utf8");
  const again = async (id: string) => {
    rmSync(join(cache, "memo"), { force: true });
    await generate(folder, spec, tool(cache, id));
    return page();
  };
  await generate(folder, spec, tool(cache, "old", talkative));
  const parts = readFileSync(join(cache, "parts"));
  expect(page()).toContain("OLD");
  expect(await again("old"), "the same tool believes what it made").toContain("OLD");
  expect(await again("new")).not.toContain("OLD");
  const at = parts.indexOf("OLD");
  for (const place of [0, 70, 120, at, parts.length - 1]) {
    const harmed = Buffer.from(parts);
    harmed.writeUInt8(harmed.readUInt8(place) ^ 1, place);
    writeFileSync(join(cache, "parts"), harmed);
    expect(await again("old"), `byte ${place}`).not.toMatch(/OL|LD/);
  }
  writeFileSync(join(cache, "parts"), parts.subarray(0, parts.length - 1));
  expect(await again("old")).not.toContain("OLD");
});
