import { describe, expect, it } from "vitest";
import { classify } from "../../generator/evolve/classify.js";
import { modelOf } from "./read-case.js";
import { baseText, changed, type Edit } from "./sneak.js";

/** Each of these once passed as less, as words or as nothing. */
const lists =
  "ll: { type: list, max_items: 2, why: L., example: [[{ a: 1 }]], of: { type: list, max_items: 2, of: { type: object, fields: { a: { type: int, max: 3, example: 1 } } } } }";
const withLists: Edit = ["      exact:", `      ${lists}\n      exact:`];
const shape = "shape: { type: object, why: Shape., fields: { a: { type: int, max: 3, example: 1 } } }";
const withPart: Edit = [
  "  builds:",
  "  parts:\n    crash: { what: crash reports, model: opt-in, order: [{ env: TOOL_CRASH, enable_when: truthy }] }\n  builds:",
];
const optIn: Edit = ["model: opt-out", "model: opt-in"];
/** Who hasn't answered is asked; nothing is sent without a yes. */
const answers = (noes: string): readonly Edit[] => [
  optIn,
  ["{ stored: enabled }", `{ stored: answer, enable_when: ["yes"], disable_when: ${noes} }`],
  ["enabled: { type: bool }", `answer: { type: enum, values: ["yes", "no", never] }`],
];
const aggregates = (text: string): Edit => ["raw: 90d", `raw: 90d, aggregates: "${text}"`];

describe("more can't be called less, the same or words", () => {
  it.each<[string, readonly Edit[], readonly Edit[], string]>([
    [
      "minutes are no months",
      [["raw: 90d", "raw: 60m"]],
      [["raw: 60m", "raw: 30d"]],
      "more retention-extended: Single events are kept for 30d; it was 60m.",
    ],
    [
      "milliseconds are no months",
      [["raw: 90d", "raw: 500ms"]],
      [["raw: 500ms", "raw: 1d"]],
      "more retention-extended: Single events are kept for 1d; it was 500ms.",
    ],
    [
      "minutes in words are no months",
      [aggregates("90 minutes")],
      [["90 minutes", "12 months"]],
      "more retention-extended: Aggregates are kept for 12 months; it was 90 minutes.",
    ],
    [
      "a time with conditions can't be compared",
      [aggregates("1 year")],
      [["1 year", "30 days, then in the archive for ever"]],
      "more retention-extended: Aggregates are kept for 30 days, then in the archive for ever; it was 1 year.",
    ],
    [
      "a field of an object in lists in lists",
      [withLists],
      [["max: 3, example: 1 } }", "max: 3, example: 1 }, b: { type: bool, optional: true } }"]],
      'more field-added: "index" will also send ll.b: true or false, may be left out.',
    ],
    [
      "a wider field of an object in lists in lists",
      [withLists],
      [["max: 3, example: 1", "max: 9, example: 1"]],
      'more type-widened: ll.a of "index" is now a whole number from 0 to 9, and was a whole number from 0 to 3.',
    ],
    [
      "a field of an object, by its whole name",
      [["      exact:", `      ${shape}\n      exact:`]],
      [["max: 3, example: 1 }", "max: 3, example: 1 }, b: { type: bool }"]],
      'more field-added: "index" will also send shape.b: true or false.',
    ],
    [
      "labels that change places",
      [],
      [['"<100": 100, "100-1k": 1000, "1k+": unlimited', '"1k+": 100, "100-1k": 1000, "<100": unlimited']],
      'refused meaning-changed: files of "index" tells 1k+, 100-1k, <100; it told <100, 100-1k, 1k+.',
    ],
    [
      "a header that holds what a variable holds",
      [],
      [["\nwire:\n", "\nwire:\n  headers: { authorization: { env: TOOL_TOKEN, secret: true } }\n"]],
      "more field-added: A header of every request will also send authorization: what TOOL_TOKEN holds.",
    ],
    [
      "another variable in a header",
      [["\nwire:\n", "\nwire:\n  headers: { authorization: { env: TOOL_TOKEN, secret: true } }\n"]],
      [["TOOL_TOKEN", "HOME"]],
      "more field-added: A header of every request will also send authorization: what HOME holds.",
    ],
    [
      "a new question with yes preselected",
      [optIn],
      [["  notice:", "    - { where: first run, question: Share?, preselected: accept }\n  notice:"]],
      "more default-on: When first run asks, the preselected answer is accept; it was not asked.",
    ],
    [
      "yes preselected by a question under another name",
      [optIn],
      [
        ["where: installer", "where: the installer"],
        ["preselected: decline", "preselected: accept"],
      ],
      "more default-on: When the installer asks, the preselected answer is accept; it was decline.",
    ],
    [
      "asking again who said no",
      [],
      [["preselected: decline", "preselected: decline\n      ask_again: every-time"]],
      "more promise-removed: It is no longer promised: installer asks nobody a second time.",
    ],
    [
      "another question",
      [],
      [["Share anonymous usage data?", "Continue?"]],
      "more description-meaning: The question asked by installer reads: Continue?",
    ],
    [
      "another notice",
      [],
      [["disables it", "does not disable it"]],
      'more description-meaning: The notice reads: tool collects anonymous usage data; "tool telemetry off" does not disable it.',
    ],
    [
      "a note that says more",
      [],
      [["why: Rough size.", "why: Rough size., note: With the user's name."]],
      'more description-meaning: The note about files of "index" reads: With the user\'s name.',
    ],
    [
      "a spelling of yes that the list didn't name",
      [["{ env: DO_NOT_TRACK, disable_when: truthy }", "{ env: DO_NOT_TRACK, disable_when: truthy }"]],
      [
        [
          "{ env: DO_NOT_TRACK, disable_when: truthy }",
          '{ env: DO_NOT_TRACK, disable_when: ["1", "true", "yes", "on", " 1 "] }',
        ],
      ],
      "more off-switch-removed: Telemetry with DO_NOT_TRACK=1  is on; it was off.",
    ],
    [
      "a store, named once",
      [],
      [["  client_ip:", "  stored_in: A table in Texas.\n  client_ip:"]],
      "more recipient-added: It goes to the store A table in Texas.",
    ],
    [
      "a stored no that is none any more",
      answers(`["no", never]`),
      [['["no", never]', '["no"]']],
      "more off-switch-removed: ~/.tool/telemetry.json answer: never no longer counts as a no: who answered so is asked again.",
    ],
    [
      "one answer more that is a no",
      answers(`["no"]`),
      [['disable_when: ["no"]', 'disable_when: ["no", never]']],
      "less off-switch-added: ~/.tool/telemetry.json answer: never now counts as a no: who answered so is not asked again.",
    ],
    [
      "no word about where it is kept",
      [["  client_ip:", "  stored_in: A table in Texas.\n  client_ip:"]],
      [["  stored_in: A table in Texas.\n", ""]],
      "more promise-removed: It is no longer promised: it is said where the data is kept.",
    ],
    [
      "no controller",
      [["\nwire:\n", "\nlegal: { controller: Tool Ltd, basis: consent }\nwire:\n"]],
      [["controller: Tool Ltd, ", ""]],
      "more promise-removed: It is no longer promised: a controller is named.",
    ],
    [
      "other words for a part that people said yes to",
      [withPart, ["why: Rough size.", "part: crash, optional: true, why: Rough size."]],
      [["what: crash reports", "what: crash reports with memory"]],
      'more description-meaning: What the part "crash" is about reads: crash reports with memory.',
    ],
    [
      "a field that takes another's place",
      [["      exact:", "      parts: { type: bool, why: Size. }\n      exact:"]],
      [
        ["      full: {", "      parts: { renamed_from: full,"],
        ["      parts: { type: bool, why: Size. }\n", ""],
      ],
      'refused meaning-changed: parts of "index" would be what full was.',
    ],
    [
      "fields that change places",
      [["      exact:", "      parts: { type: bool, why: Whether all was read. }\n      exact:"]],
      [
        ["      full: {", "      full: { renamed_from: parts,"],
        ["      parts: {", "      parts: { renamed_from: full,"],
      ],
      'refused meaning-changed: full of "index" would be what parts was.',
    ],
    [
      "events that change places",
      [],
      [
        ["  index:\n", "  index:\n    renamed_from: install\n"],
        ["  install:\n", "  install:\n    renamed_from: index\n"],
      ],
      'refused meaning-changed: "index" would be what "install" was.',
    ],
    ...["changes nothing", undefined].map((is): [string, readonly Edit[], readonly Edit[], string] => [
      `what deleting the state file does: ${is}`,
      [["    keys:\n", "    deleting_it: turns telemetry off\n    keys:\n"]],
      [["    deleting_it: turns telemetry off\n", is === undefined ? "" : `    deleting_it: ${is}\n`]],
      `more description-meaning: What deleting the state file does reads: ${is ?? "not stated"}.`,
    ]),
  ])("%s", (_name, before, after, expected) => {
    const base = changed(baseText, before);
    const found = classify(modelOf(base, "base.yaml"), modelOf(changed(base, after), "head.yaml"));
    expect(found.map(({ impact, id, sentence }) => `${impact} ${id}: ${sentence}`)).toContain(expected);
  });
});

describe("less is still less", () => {
  it.each<[readonly Edit[], readonly Edit[], string]>([
    [[["raw: 90d", "raw: 90s"]], [["raw: 90s", "raw: 1m"]], "retention-shortened"],
    [[aggregates("2 years")], [["2 years", "18 months"]], "retention-shortened"],
    [
      [],
      [['"<100": 100, "100-1k": 1000, "1k+": unlimited', '"up to 100": 100, "100-1k": 1000, "1k+": unlimited']],
      "value-renamed",
    ],
    [[], [["where: installer", "where: the installer's last page"]], "off-switch-added"],
    [[["  client_ip:", "  stored_in: A table in Texas.\n  client_ip:"]], [["in Texas", "in Texxas"]], "prose-edited"],
  ])("%j, %j: %s", (before, after, id) => {
    const base = changed(baseText, before);
    const found = classify(modelOf(base, "base.yaml"), modelOf(changed(base, after), "head.yaml"));
    expect(found.map((finding) => finding.id)).toContain(id);
    expect(found.map((finding) => finding.id)).not.toContain("default-on");
    expect(found.map((finding) => finding.id)).not.toContain("retention-extended");
  });
});
