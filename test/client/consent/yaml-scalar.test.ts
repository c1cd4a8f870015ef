import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { valueAt } from "../../../templates/client/runtime/config/value-at.js";
import { yamlScalar } from "../../../templates/client/runtime/config/yaml-scalar.js";
import { fc } from "../../support/property.js";

const key = "telemetry.enabled";
const unsure = Symbol("unsure");

function ours(text: string): unknown {
  try {
    return yamlScalar(text, key);
  } catch {
    return unsure;
  }
}

describe("what people write", () => {
  test.each([
    ["telemetry:\n  enabled: true\n", true],
    ["telemetry:\n  enabled: false # not here\n", false],
    ["# settings\n\ntelemetry:   # ours\n\n      # deeper\n      enabled:   False\n", false],
    ["---\ntelemetry: {enabled: true, endpoint: https://e.test/x?y=1}\n", true],
    ['{"telemetry": {"enabled": false}}', false],
    ["telemetry: {\n  enabled: true,\n  }\n", true],
    ["telemetry:\r\n  enabled: true\r\n", true],
    ["\uFEFFtelemetry:\n  enabled: true", true],
    ["'telemetry':\n  \"enabled\": true", true],
    ["telemetry:\n  enabled: 'true'", "true"],
    ['telemetry:\n  enabled: "a \\"b\\" \\u00e9"', 'a "b" é'],
    ["telemetry:\n  enabled: it's 'on'", "it's 'on'"],
    ["telemetry:\n  enabled: https://e.test/x#y", "https://e.test/x#y"],
    ["telemetry:\n  enabled: 1", 1],
    ["telemetry:\n  enabled: 0.5", 0.5],
    ["telemetry:\n  enabled:", null],
    ["telemetry:\n  enabled: ~", null],
    ["models:\n- a\n- b: c\n  d: e\ntelemetry:\n  enabled: true\n", true],
    ["models:\n  - a\n  - [b, 'c']\ntext: |\n  telemetry:\n    enabled: false\ntelemetry:\n  enabled: true\n", true],
    ["folded: >-\n  a: b\n\n  # no comment\nquoted: 'one\n  two: three'\ntelemetry:\n  enabled: true\n", true],
    ["base: &base\n  enabled: false\nother: *base\ntelemetry:\n  enabled: true\n", true],
    ["telemetry:\n  list:\n    - enabled: false\n  enabled: true\n  tail: {enabled: false}\n", true],
    ["telemetry.enabled: true\n", true],
    ['"telemetry.enabled": false\ntelemetry:\n  other: 1\n', false],
    ["telemetry:\n  enabled:\n    deeper: 1\n", {}],
    ["", undefined],
    ["# nothing\n", undefined],
    ["telemetry:\n", undefined],
    ["telemetry: off-ish\n", undefined],
    ["other: true\n", undefined],
    ["enabled: true\n", undefined],
    ["telemetry:\n  other: true\n", undefined],
    ["x:\n  telemetry:\n    enabled: true\n", undefined],
  ])("%j is %j", (text, value) => {
    expect(ours(text)).toEqual(value);
    expect(asFound(valueAt(parse(text), key) ?? null)).toEqual(value ?? null);
  });
});

describe("a key of three parts, in whatever form its dots are written", () => {
  test.each([
    ["a:\n  b:\n    c: false", false],
    ["a:\n  b.c: false", false],
    ["a.b:\n  c: false", false],
    ["a.b.c: false", false],
    ["a:\n  b.c: false\na.b:\n  d: true", false],
    ["a:\n  b.d: false", undefined],
  ])("%j is %j", (text, value) => {
    expect(yamlScalar(text, "a.b.c")).toBe(value);
    expect(valueAt(parse(text), "a.b.c")).toBe(value);
  });

  test.each(["a:\n  b.c: false\na.b:\n  c: true", "a:\n  b.c: false\n  b:\n    c: true", "a.b: false", "a: off"])(
    "%j can't be told",
    (text) => {
      expect(() => yamlScalar(text, "a.b.c")).toThrow();
      expect(() => valueAt(parse(text), "a.b.c")).toThrow();
    },
  );
});

describe("where readers differ, or where it can't be sure", () => {
  test.each([
    ["a word that YAML 1.1 takes for no", "telemetry:\n  enabled: off"],
    ["a word that YAML 1.1 takes for yes", "telemetry:\n  enabled: Yes"],
    ["an octal number", "telemetry:\n  enabled: 0777"],
    ["a time in base sixty", "telemetry:\n  enabled: 1:30"],
    ["an anchor", "telemetry: &t\n  enabled: true"],
    ["an alias", "t: &t {enabled: true}\ntelemetry: *t"],
    ["an alias as the value", "t: &t true\ntelemetry:\n  enabled: *t"],
    ["a merge key", "t: &t {enabled: false}\ntelemetry:\n  <<: *t"],
    ["a tag", 'telemetry:\n  enabled: !!bool "true"'],
    ["the same key twice", "telemetry:\n  enabled: true\n  enabled: false"],
    ["the same mapping twice", "telemetry:\n  enabled: true\ntelemetry:\n  enabled: false"],
    ["a key with dots beside the other form", "telemetry.enabled: true\ntelemetry:\n  enabled: true"],
    ["two documents", "telemetry:\n  enabled: true\n---\ntelemetry:\n  enabled: false"],
    ["a directive", "%YAML 1.1\n---\ntelemetry:\n  enabled: true"],
    ["an explicit key", "? telemetry\n: enabled: true"],
    ["a tab as indentation", "telemetry:\n\tenabled: true"],
    ["a list", "telemetry:\n  - enabled: true"],
    ["a list at the key's own indentation", "telemetry:\n- enabled: true"],
    ["a text over two lines", "telemetry:\n  enabled: true\n    or not"],
    ["a block text", "telemetry:\n  enabled: |\n    true"],
    ["a quote that doesn't end", 'telemetry:\n  enabled: "true'],
    ["braces that don't end", "telemetry: {enabled: true"],
    ["a key that is less indented than its siblings", "telemetry:\n    other: 1\n  enabled: true"],
    ["a lone carriage return", "telemetry:\r  enabled: true"],
    ["a no in the place of the map", "telemetry: false\n"],
    ["the same as a text", 'telemetry: "Off"\n'],
    ["the same in a word that a side may name", "telemetry: none\n"],
    ["the same in another one", "telemetry: Disabled # for good\n"],
    ["a bell", "telemetry:\n  enabled: true\u0007"],
  ])("%s: it says nothing", (_, text) => {
    expect(ours(text)).toBe(unsure);
  });
});

describe("against a full reader", () => {
  /** Compares the readers: whatever ours says, theirs says; ours may be unsure of anything. Returns what ours said. */
  function judge(text: string): unknown {
    const mine = ours(text);
    if (mine === unsure) return mine;
    let theirs: unknown;
    try {
      theirs = valueAt(parse(text, { logLevel: "error" }), key);
    } catch {
      // An error elsewhere in the document.
      return mine;
    }
    expect({ text, value: asFound(mine) }).toEqual({ text, value: asFound(theirs) });
    return mine;
  }

  const scraps = [
    "telemetry",
    "enabled",
    "x",
    ":",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    "-",
    "- ",
    "# c",
    '"',
    "'",
    "{",
    "}",
    "[",
    "]",
    ",",
    "true",
    "false",
    "no",
    "null",
    "~",
    "1",
    "0.5",
    "|",
    ">",
    "&a",
    "*a",
    "!t",
    "? ",
    "<<",
    "\t",
    "\\",
    "---",
    "...",
    "a: b",
    "telemetry:\n  enabled: true",
    "enabled: false",
    "telemetry: {enabled: true}",
    "https://x.y/z?q=1#f",
    "telemetry.enabled: true",
    "\r\n",
    "\r",
    "é",
    "%",
    "@",
    "`",
  ];

  test("scraps of YAML thrown together", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...scraps), { maxLength: 14 }), (parts) => void judge(parts.join(""))),
      { numRuns: 20_000 },
    );
  });

  test("documents in every style that the full reader's own printer knows", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("true", "no", "1", "a: b", "# c", "- x", "a\nb", "it's"));
    const document = fc.record(
      {
        telemetry: fc.oneof(
          fc.constant(null),
          fc.boolean(),
          text,
          fc.record(
            {
              enabled: fc.oneof(fc.boolean(), text, fc.integer()),
              endpoint: fc.webUrl(),
              deep: fc.dictionary(text, text),
            },
            { requiredKeys: [] },
          ),
        ),
        list: fc.array(fc.oneof(text, fc.dictionary(fc.constantFrom("a", "enabled"), text))),
        other: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())),
      },
      { requiredKeys: [] },
    );
    const style = fc.record({
      indent: fc.integer({ min: 1, max: 8 }),
      collectionStyle: fc.constantFrom("any", "block", "flow"),
      lineWidth: fc.constantFrom(0, 20, 80),
      indentSeq: fc.boolean(),
      defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
      defaultKeyType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
    });
    let said = 0;
    fc.assert(
      fc.property(
        document,
        style,
        (value, options) => void (judge(stringify(value, options as never)) === unsure || said++),
      ),
      { numRuns: 2_000 },
    );
    expect(said).toBeGreaterThan(300);
  });
});

/** Of a mapping it is enough that it is one. */
function asFound(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? {} : value;
}
