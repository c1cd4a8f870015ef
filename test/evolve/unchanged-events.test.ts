import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { classify } from "../../generator/evolve/classify.js";
import { diffFiles } from "../../generator/evolve/gather-diffs.js";
import { leaveOutUnchanged } from "../../generator/evolve/unchanged-events.js";
import { machineBits } from "../../generator/model/bits.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { fc } from "../support/property.js";
import { FIVE } from "../targets/five.js";
import { changed, type Edit } from "./sneak.js";

/** Twenty events in one contract, so that there is something to leave out. */
const many = manyEvents(20);
const texts = [...FIVE.map(textOf), many];

function textOf(product: (typeof FIVE)[number]): string {
  return readFileSync(product === "codegraph" ? "spec/events.yaml" : `spec/systems/${product}/events.yaml`, "utf8");
}

/** Returns the diff when both are read whole; undefined where one of them is no contract. */
function wholly(before: string, after: string) {
  const [was, is] = [before, after].map((text) => readContract(text, "events.yaml").model);
  if (was === undefined || is === undefined) return undefined;
  return { findings: classify(was, is), bits: [was, is].map((one) => machineBits(one).closed.toFixed(1)) };
}

function holds(before: string, after: string): void {
  const { diffs } = diffFiles({ name: "before.yaml", text: before }, { name: "events.yaml", text: after });
  const whole = wholly(before, after);
  // A mistake that stands the same on both sides is for `check` to find.
  if (whole === undefined) return;
  expect(diffs[0]?.findings).toEqual(whole.findings);
  const machine = diffs[0]?.bits.find(({ of }) => of === "one machine");
  if (machine !== undefined) expect([machine.before?.toFixed(1), machine.after?.toFixed(1)]).toEqual(whole.bits);
}

describe("what stands the same on both sides is not read, and the answer is that of reading all of it", () => {
  it("for each of two hundred edits of a contract that uses most of the language", () => {
    const folder = join(import.meta.dirname, "tries");
    const base = readFileSync(join(folder, "base.yaml"), "utf8");
    for (const kind of ["locked", "told", "less", "quiet"])
      for (const line of readFileSync(join(folder, `${kind}.jsonl`), "utf8")
        .split("\n")
        .filter(Boolean)) {
        const [, ...edits] = JSON.parse(line) as [string, ...Edit[]];
        holds(base, changed(base, edits));
      }
  });

  it("for lines that are taken away, doubled, moved, or swapped, anywhere", () => {
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const edit = fc.record({ kind: fc.constantFrom("drop", "double", "move", "number", "word"), at: place, to: place });
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.array(edit, { minLength: 1, maxLength: 3 }), (which, edits) => {
        const before = texts[which] ?? "";
        holds(before, edits.reduce(withEdit, before));
      }),
      { numRuns: 120 },
    );
  });

  it("for events that are added, renamed, reordered and taken away", () => {
    const blocks = many.split(/(?=^ {2}event_\d+:\n)/m);
    const [head = "", ...events] = blocks;
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          events.map((_, at) => at),
          { minLength: 1 },
        ),
        fc.nat(19),
        (order, renamed) => {
          const after = order
            .map((at) => events[at] ?? "")
            .map((text, at) => (at === renamed ? text.replace(/event_(\d+):/, "other_$1:") : text));
          holds(many, head + after.join(""));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("what may be left out", () => {
  it("is each event whose bytes are equal, and nothing that is changed, bound or mentioned", () => {
    const after = many
      .replace("Each time that 3 is done.", "Each time that 3 is over.")
      .replace(/^ {2}event_5:\n/m, "  event_5:\n    renamed_from: old\n");
    const reduced = leaveOutUnchanged(many, after);
    expect(reduced?.names.size).toBe(18);
    expect([...(reduced?.names ?? [])]).not.toContain("event_3");
    expect(reduced?.after).toHaveLength(after.length);
    // Whatever is left stands where it stood.
    expect(reduced?.after.indexOf("event_3:")).toBe(after.indexOf("event_3:"));
    const mentioned = many.replace("summary: Much.", "summary: Much, for one event_7.");
    expect(leaveOutUnchanged(mentioned, mentioned)?.names.has("event_7")).toBe(false);
  });

  it.each([
    ["another type by the same name", (text: string) => text.replace("max_length: 20", "max_length: 30")],
    ["a promise that is gone", (text: string) => text.replace("  - Paths.\n", "")],
    ["a carriage return", (text: string) => text.replaceAll("\n", "\r\n")],
  ])("is nothing where the rest differs: %s", (_, change) => {
    expect(change(many)).not.toBe(many);
    expect(leaveOutUnchanged(many, change(many))).toBeUndefined();
  });

  it("doesn't depend on the numbers and the history, which are compared themselves", () => {
    const raised = many.replace("schema_version: 1", "schema_version: 2");
    const after = `${raised}history:\n  - { version: 1, change: First version. }\n  - { version: 2, change: More. }\n`;
    expect(leaveOutUnchanged(many, after)?.names.size).toBe(19);
    holds(many, after);
  });
});

function withEdit(text: string, { kind, at, to }: { kind: string; at: number; to: number }): string {
  const lines = text.split("\n");
  const [from, onto] = [Math.floor(at * lines.length), Math.floor(to * lines.length)];
  const line = lines[from] ?? "";
  if (kind === "drop") return lines.toSpliced(from, 1).join("\n");
  if (kind === "double") return lines.toSpliced(from, 0, line).join("\n");
  if (kind === "move") return lines.toSpliced(from, 1).toSpliced(onto, 0, line).join("\n");
  const other =
    kind === "number" ? line.replace(/\d+/, (n) => String(Number(n) + 1)) : line.replace(/[a-z]{4,}\b(?!:)/, "other");
  return lines.with(from, other).join("\n");
}

function manyEvents(count: number): string {
  const event = (at: number) => `  event_${at}:
    when: Each time that ${at} is done.
    why: To see whether anybody does it.
    fields:
      word: { type: word, example: one, why: Which one. }
      times: { type: int, max: ${10 + at}, example: 1, why: How often. }
`;
  return `telemetry_spec: 1
product: many
title: Many
summary: Much.
schema_version: 1
why: [To see.]
never_collected:
  - Paths.
  - Names.
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
identifiers: none
destination: { url: https://t.example/v1, operator: { name: Us, party: first }, client_ip: discarded, retention: { raw: 30d }, deletion: Ask us. }
contact: Ask us.
types:
  word: { type: string, pattern: "^[a-z]+$", max_length: 20 }
wire: { format: json, body: { event: $event, $common: , $fields: } }
delivery: { mode: immediate }
events:
${Array.from({ length: count }, (_, at) => event(at)).join("")}`;
}
