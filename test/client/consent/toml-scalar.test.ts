import { parse, stringify } from "smol-toml";
import { describe, expect, test } from "vitest";
import { tomlScalar } from "../../../templates/client/runtime/config/toml-scalar.js";
import { valueAt } from "../../../templates/client/runtime/config/value-at.js";
import { fc } from "../../support/property.js";

const key = "telemetry.enabled";
const unsure = Symbol("unsure");

function ours(text: string): unknown {
  try {
    return tomlScalar(text, key);
  } catch {
    return unsure;
  }
}

/**
 * Compares the readers: whatever ours says, theirs says; ours may be unsure of anything. Of a mapping ours only says that it is
 * one.
 */
function judge(text: string): unknown {
  const mine = ours(text);
  if (mine !== unsure) expect({ text, value: mine }).toEqual({ text, value: mapped(valueAt(parse(text), key)) });
  return mine;
}

function mapped(value: unknown): unknown {
  const isMapping = typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
  return isMapping ? {} : value;
}

describe("what people write", () => {
  test.each([
    ["[telemetry]\nenabled = true\n", true],
    ["# settings\n[ telemetry ] # ours\nenabled=false# no\n", false],
    ["telemetry.enabled = false", false],
    ["telemetry = { enabled = true, endpoint = 'https://e.test' }", true],
    ['"telemetry"."enabled" = "true"', "true"],
    ["[telemetry]\r\nenabled = 'C:\\x'\r\n", "C:\\x"],
    ["[telemetry]\nenabled = 1\n", 1],
    [
      "when = 2026-06-12 10:30:00Z\nmask = 0xff\nlist = [\n  1, # one\n  { a = 1 },\n]\n[telemetry]\nenabled = true\n",
      true,
    ],
    ['text = """\n[telemetry]\nenabled = false"""\n[telemetry]\nenabled = true\n', true],
    ["[[models]]\nenabled = false\n[models.telemetry]\nenabled = false\n[telemetry]\nenabled = true\n", true],
    ["[telemetry.sub]\nx = 1\n[telemetry]\nenabled = true\n", true],
    ["", undefined],
    ["enabled = true", undefined],
    ["[telemetry]\n[other]\nenabled = true", undefined],
    ["telemetry = true", undefined],
  ])("%j is %j", (text, value) => {
    expect(judge(text)).toEqual(value);
  });
});

describe("where it can't be sure", () => {
  test.each([
    ["the same key twice", "[telemetry]\nenabled = true\nenabled = false"],
    ["the same table twice", "[telemetry]\nenabled = true\n[telemetry]\nx = 1"],
    ["a list of such tables", "[[telemetry]]\nenabled = true"],
    ["a table that is added to from elsewhere", "telemetry = {enabled = true}\n[telemetry.x]\ny = 1"],
    ["a date", "[telemetry]\nenabled = 2026-06-12"],
    ["a list", "[telemetry]\nenabled = [true]"],
    ["a text of several lines", '[telemetry]\nenabled = """true"""'],
    ["a key with dots in quotes beside the other form", '"telemetry.enabled" = true\n[telemetry]\nenabled = true'],
    ["no value", "[telemetry]\nenabled ="],
    ["a word", "[telemetry]\nenabled = yes"],
    ["something behind the value", "[telemetry]\nenabled = true false"],
    ["a table that doesn't end", "[telemetry\nenabled = true"],
  ])("%s: it says nothing", (_, text) => {
    expect(ours(text)).toBe(unsure);
  });
});

describe("against a full reader", () => {
  const scraps = [
    "[telemetry]\n",
    "[[telemetry]]\n",
    "[a]\n",
    "[a.b]\n",
    "[telemetry.x]\n",
    "[[a]]\n",
    "enabled = true\n",
    "enabled=false # x\n",
    "telemetry.enabled = true\n",
    "telemetry = {enabled = true}\n",
    "telemetry",
    "enabled",
    "x = ",
    "a = 1\n",
    ".",
    "=",
    "\n",
    " ",
    '"',
    "'",
    '"""',
    "'''",
    "[",
    "]",
    "{",
    "}",
    ",",
    "true",
    "# c",
    "1979-05-27",
    "1.5",
    "inf",
    "\t",
    "\\",
    "\r\n",
    "é",
    "x = [\n 1, # c\n {a = 1}]\n",
    'x = """\n[telemetry]\nenabled = true"""\n',
    '"telemetry.enabled" = true\n',
    "y = 'a'\n",
  ];

  test("scraps of TOML thrown together", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...scraps), { maxLength: 9 }), (parts) => void judge(parts.join(""))),
      { numRuns: 20_000 },
    );
  });

  test("documents that the full reader's own printer prints", () => {
    const leaf = fc.oneof(
      fc.boolean(),
      fc.string({ unit: "grapheme" }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(fc.string()),
    );
    const table = fc.record(
      {
        enabled: leaf,
        endpoint: fc.webUrl(),
        deep: fc.dictionary(fc.string(), leaf),
        list: fc.array(fc.record({ a: leaf })),
      },
      { requiredKeys: [] },
    );
    let said = 0;
    fc.assert(
      fc.property(
        fc.record({ telemetry: fc.oneof(leaf, table), other: table, "x y": leaf }, { requiredKeys: [] }),
        (value) => void (judge(stringify(value)) === unsure || said++),
      ),
      { numRuns: 2_000 },
    );
    expect(said).toBeGreaterThan(300);
  });
});
