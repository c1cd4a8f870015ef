import { describe, expect, it } from "vitest";
import { lookAlike, markLookAlikes } from "../../generator/emit/look-alikes.js";
import { classify } from "../../generator/evolve/classify.js";
import { modelOf } from "./read-case.js";
import { baseText, changed, type Edit } from "./sneak.js";

describe("letters that look like others", () => {
  it.each([
    ["lоcal", "lо[U+043E]cal"],
    ["раура", "р[U+0440]а[U+0430]у[U+0443]р[U+0440]а[U+0430]"],
    ["ｏs", "ｏ[U+FF4F]s"],
    ["Привет, мир", "Привет, мир"],
    ["Größe in Köln", "Größe in Köln"],
    ["plain", "plain"],
  ])("%s is shown as %s", (text, shown) => expect(markLookAlikes(text)).toBe(shown));

  it.each([
    ["full", ["fuII", "files"], "fuII"],
    ["modern", ["modem"], "modem"],
    ["o0", ["OO"], "OO"],
    ["files", ["file", "flies"], undefined],
    ["same", ["same"], undefined],
  ])("%s among %j is taken for %s", (name, others, taken) => expect(lookAlike(name, others)).toBe(taken));

  it.each<[Edit, string]>([
    [
      ["      full: {", "      fuII: { type: bool, optional: true, why: W. }\n      full: {"],
      "It looks like full, and is not.",
    ],
    [["[native, wasm]", "[native, wasm, nаtive]"], 'nа[U+0430]tive", which looks like "native"'],
  ])("%j is told", (edit, expected) => {
    const found = classify(modelOf(baseText, "base.yaml"), modelOf(changed(baseText, [edit]), "head.yaml"));
    expect(found.map(({ sentence }) => sentence).join("\n")).toContain(expected);
  });
});

it("a new event is told with what it may hold", () => {
  const text = changed(baseText, [
    [
      "  install:\n",
      "  opened:\n    when: Each time.\n    why: Use.\n    fields:\n      how: { type: enum, values: [a, b], why: H. }\n      host: { type: text, max_length: 40, justification: Nobody knows what it will be called., example: x, why: W. }\n  install:\n",
    ],
  ]);
  const [added] = classify(modelOf(baseText, "base.yaml"), modelOf(text, "head.yaml"));
  expect(added).toMatchObject({ id: "event-added", before: "not reported" });
  expect(added?.after).toMatch(/^opened, with host: .*40.*; how: one of "a", "b" \(open text: host\)$/);
});

it("what one named type does to two fields is one row", () => {
  const named: readonly Edit[] = [
    ["common:\n", "types:\n  backend: { type: enum, values: [native, wasm] }\n\ncommon:\n"],
    ["backend: { type: enum, values: [native, wasm], why", "backend: { type: backend, why"],
    [
      "    limit: { once_per: machine }",
      "    limit: { once_per: machine }\n    fields: { with: { type: backend, why: W. } }",
    ],
  ];
  const before = changed(baseText, named);
  const after = changed(before, [["[native, wasm]", "[native, wasm, remote]"]]);
  const found = classify(modelOf(before, "base.yaml"), modelOf(after, "head.yaml"));
  expect(found.map(({ sentence }) => sentence)).toEqual([
    'backend of "index" (likewise with of "install") may also be "remote".',
  ]);
});
