import { describe, expect, it } from "vitest";
import { attachReleases } from "../../generator/evolve/attach-releases.js";
import { checkEvolution } from "../../generator/evolve/check-evolution.js";
import { classify } from "../../generator/evolve/classify.js";
import { freeze, printFrozen } from "../../generator/evolve/frozen-text.js";
import { neededNumbers } from "../../generator/evolve/raise.js";
import { raiseNumbers } from "../../generator/evolve/raise-text.js";
import { docsTarget } from "../../generator/targets/docs/docs.js";
import { modelOf } from "./read-case.js";
import { baseText, changed, type Edit } from "./sneak.js";

const reason = "An editor went over it";
const base = modelOf(baseText, "events.yaml");

/** The edits as a version of their own whose words are said to mean the same. */
function said(edits: readonly Edit[]): string {
  return changed(baseText, [
    ...edits,
    ["schema_version: 1\n", "schema_version: 2\n"],
    ["value: 1, from", "value: 2, from"],
    ["First version. }", `First version. }\n  - { version: 2, change: Words., wording_only: ${reason}. }`],
  ]);
}

const found = (edits: readonly Edit[]) => classify(base, modelOf(said(edits), "events.yaml"));
const told = (edits: readonly Edit[]) => found(edits).map(({ id, impact }) => `${impact} ${id}`);

describe("new words that mean the same, according to the contract", () => {
  it.each<[string, readonly Edit[]]>([
    ["a purpose", [["Which platforms to support.", "On which platforms it has to work."]]],
    ["a promise", [["File names.", "What files are called."]]],
    ["an occasion", [["Once per full index.", "Whenever an index was made as a whole."]]],
    ["a reason", [["Rough size.", "Roughly how many there are."]]],
    ["a notice", [["collects anonymous usage data", "counts, without names, how it is used"]]],
    ["a way of resetting", [["reset_by: deleting", "reset_by: taking away"]]],
  ])("%s is words, and is shown", (_name, edits) => {
    expect(told(edits)).toEqual(["docs reworded", "docs prose-edited"].slice(0, told(edits).length));
    const [first] = found(edits);
    expect(first?.sentence).toContain(`said to mean the same (${reason})`);
    expect(first?.before).not.toBe(first?.after);
  });

  it.each<[string, readonly Edit[], string]>([
    [
      "a promise that is gone",
      [
        ["  - File names.", "  - Anything at all."],
        ["never_collected:", "never_collected:"],
      ],
      "docs reworded",
    ],
    [
      "one purpose more",
      [["  - Which platforms to support.", "  - Which platforms to support.\n  - Who uses it."]],
      "more purpose-changed",
    ],
    ["a value more", [["[native, wasm]", "[native, wasm, remote]"]], "more value-added"],
    ["a promise of the machine's", [["[allowlist-only, no-stdout]", "[allowlist-only]"]], "more promise-removed"],
    [
      "an identifier that lives longer",
      [["    reset_by: deleting ~/.tool/telemetry.json\n", ""]],
      "more rotation-lengthened",
    ],
    ["another meaning of what is counted", [["Which targets people pick.", "Who picks them."]], "docs reworded"],
  ])("%s is what it is", (_name, edits, expected) => expect(told(edits)).toContain(expected));

  it("have no effect for what another version changed", () => {
    const second = modelOf(said([["Rough size.", "How many there are."]]), "events.yaml");
    const third = changed(said([["Rough size.", "How many there are."]]), [
      ["schema_version: 2\n", "schema_version: 3\n"],
      ["value: 2, from", "value: 3, from"],
      ["File names.", "Names."],
      ["history:\n", "history:\n  - { version: 3, change: Three. }\n"],
    ]);
    const model = attachReleases(
      modelOf(third, "events.yaml"),
      [base, second].map((one) => ({
        version: one.schemaVersion,
        source: `frozen/v${one.schemaVersion}.json`,
        text: printFrozen(freeze(one)),
      })),
    ).model;
    expect(checkEvolution(model).diagnostics.map(({ code }) => code)).toEqual(["epoch-not-raised"]);
  });

  it("raise the version and no epoch, and stand in the change log", () => {
    const edited = changed(baseText, [["File names.", "What files are called."]]);
    const model = { ...modelOf(edited, "events.yaml"), frozen: [freeze(base)] };
    const needed = neededNumbers(model, model.frozen, reason);
    expect(needed).toMatchObject({ schemaVersion: 2, consentEpoch: 1 });
    if (needed === undefined) throw new Error("unreachable");
    const text = raiseNumbers(edited, model, needed);
    expect(text).toContain(`wording_only: "${reason}" }`);
    const raised = attachReleases(modelOf(text, "events.yaml"), [
      { version: 1, source: "frozen/v1.json", text: printFrozen(freeze(base)) },
    ]).model;
    expect(checkEvolution(raised).diagnostics).toEqual([]);
    const [page] = docsTarget.generate(raised);
    expect(page?.text).toContain(`said to mean the same (${reason})`);
  });
});
