import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkEvolution } from "../../generator/evolve/check-evolution.js";
import { classify } from "../../generator/evolve/classify.js";
import { freeze } from "../../generator/evolve/frozen-text.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { modelOf } from "./read-case.js";
import { changed, type Edit } from "./sneak.js";

/**
 * Two hundred edits of one contract that uses most of the language: a name, and texts in place of others, one edit to a line.
 *
 * - `locked`: told as more, or refused, and `check` fails.
 * - `told`: shown to the reviewer as more; nothing need be raised.
 * - `less`: told, and not as more; only the version may have to rise.
 * - `quiet`: nothing is held up.
 */
const folder = join(import.meta.dirname, "tries");
const baseText = readFileSync(join(folder, "base.yaml"), "utf8");
const base = modelOf(baseText, "events.yaml");
const released = freeze(base);

interface Try {
  readonly name: string;
  readonly edits: readonly Edit[];
}

function triesOf(kind: string): readonly Try[] {
  const lines = readFileSync(join(folder, `${kind}.jsonl`), "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => {
    const [name, ...edits] = JSON.parse(line) as [string, ...Edit[]];
    return { name, edits };
  });
}

/** Returns what is reported for an edit, and what fails. */
function judged(edits: readonly Edit[]) {
  const { model, diagnostics } = readContract(changed(baseText, edits), "events.yaml");
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
  if (model === undefined) return { held: [], shown: [], told: 0, failed: errors };
  const findings = classify(base, model);
  const against = { ref: "main", model: { ...base, frozen: [released] }, frozen: [released], damaged: [] };
  const isMore = (id: string, impact: string) => impact === "more" || id === "buckets-shifted";
  const failed = checkEvolution({ ...model, frozen: [released] }, against).diagnostics.map(({ code }) => code);
  return {
    held: findings
      .filter(({ id, impact, needs }) => impact === "refused" || (isMore(id, impact) && needs !== "nothing"))
      .map(({ id }) => id),
    shown: findings.filter(({ id, impact }) => isMore(id, impact)).map(({ id }) => id),
    told: findings.length,
    failed: [...errors, ...failed],
  };
}

describe("each edit is told for what it is", () => {
  it.each(triesOf("locked"))("locked: $name", ({ edits }) => {
    const { held, failed } = judged(edits);
    expect(failed).not.toEqual([]);
    // What doesn't load is held up by that.
    if (failed.some((code) => /^(?:epoch|version)-not-raised$/.test(code))) expect(held).not.toEqual([]);
  });

  it.each(triesOf("told"))("told: $name", ({ edits }) => expect(judged(edits).shown).not.toEqual([]));

  it.each(triesOf("less"))("less: $name", ({ edits }) => {
    const { held, shown, told, failed } = judged(edits);
    expect([held, shown, told > 0]).toEqual([[], [], true]);
    expect(failed.filter((code) => code !== "version-not-raised")).toEqual([]);
  });

  it.each(triesOf("quiet"))("quiet: $name", ({ edits }) => {
    const { held, failed } = judged(edits);
    expect([held, failed]).toEqual([[], []]);
  });
});
