import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { invariants } from "../../generator/evolve/check-evolution.js";
import { EVOLUTION_CODES } from "../../generator/evolve/classes/index.js";
import { rules } from "../../generator/evolve/rules/index.js";
import { caseNames, casesFolder, judgeCase, readCase } from "./read-case.js";

/** Classes that no pair of contracts can show: `base.test.ts`, `freeze.test.ts` and `locks.test.ts` have them. */
const elsewhere = [
  "base-not-understood",
  "baseline-unreadable",
  "frozen-damaged",
  "guard-changed",
  "nothing-checked",
  "release-not-frozen",
];

/** Folders that show more than one class, or one that does not look like it. */
const stories = [
  "codegraph-v2",
  "product-renamed",
  "ranges-into-labels",
  "rhythm-changed",
  "sent-although-off",
  "state-file-opened",
  "what-a-sibling-decides",
  "what-is-hashed",
];

describe("every class of change", () => {
  it.each(caseNames)("%s is told as in its folder", async (name) => {
    await expect(judgeCase(readCase(name))).toMatchFileSnapshot(join(casesFolder, name, "expected.txt"));
  });

  it("has a folder in which it fires", () => {
    expect(caseNames).toEqual(
      [...Object.keys(EVOLUTION_CODES).filter((id) => !elsewhere.includes(id)), ...stories].sort(),
    );
    const silent = caseNames.filter(
      (name) =>
        !stories.includes(name) &&
        !judgeCase(readCase(name)).includes(
          `${name}${EVOLUTION_CODES[name as keyof typeof EVOLUTION_CODES].impact === "refused" ? "" : ":"}`,
        ),
    );
    expect(silent).toEqual([]);
  });

  it.each(rules.map(({ id }) => id))("%s is missed when its rule is deleted", (id) => {
    const found = readCase(id);
    const without = judgeCase(
      found,
      rules.filter((rule) => rule.id !== id),
    );
    expect(without).not.toBe(judgeCase(found));
    expect(without.split("--- check ---")[0]).not.toContain(`${id}: `);
  });

  it.each(invariants.flatMap(({ codes }) => codes).filter((code) => !elsewhere.includes(code)))(
    "%s is missed when its invariant is deleted",
    (code) => {
      const found = readCase(code);
      expect(judgeCase(found)).toContain(`error ${code}`);
      expect(
        judgeCase(
          found,
          rules,
          invariants.filter(({ codes }) => !codes.includes(code)),
        ),
      ).not.toContain(`error ${code}`);
    },
  );

  it("of which nothing differs has no finding", () => {
    for (const name of caseNames) {
      const { base, ...rest } = readCase(name);
      expect(judgeCase({ ...rest, base, head: { ...base, frozen: [], changes: [] }, baseReleased: [] })).toContain(
        "  no changes\n",
      );
    }
  });
});
