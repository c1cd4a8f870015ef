import { describe, expect, test } from "vitest";
import { loadContract } from "../../generator/spec/load-contract.js";
import { LARGEST_SPEC } from "../../generator/spec/parse-spec.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { FIVE, largeSpec, specWith, specWithField } from "./sample-spec.js";

const codes = (text: string) => readContract(text, "events.yaml").diagnostics.map(({ code }) => code);
const modelOf = (text: string) => {
  const { model, diagnostics } = readContract(text, "events.yaml");
  expect(diagnostics).toEqual([]);
  return model;
};
/** A model without its places, which differ with the bytes before them. */
const meaning = (text: string) => JSON.stringify(modelOf(text), (key, value) => (key === "at" ? undefined : value));

describe("a file that means the same", () => {
  test.each(FIVE)("%s with Windows line ends or a byte order mark", (_path, text) => {
    expect(meaning(text.replaceAll("\n", "\r\n"))).toBe(meaning(text));
    expect(meaning(`\ufeff${text}`)).toBe(meaning(text));
    expect(meaning(`${text}\n# the end`)).toBe(meaning(text));
  });

  test("with its keys in another order", () => {
    const fields = ["a: { type: bool, why: A. }", "b: { why: B., type: int, max: 9, min: 1, example: 5 }"];
    const [one, two] = [fields, fields.toReversed()].map((order) =>
      specWith(`  start: { when: A., why: B., fields: { ${order.join(", ")} } }\n  stop: { when: C., why: D. }\n`),
    );
    expect(meaning(one ?? "")).toBe(meaning(two ?? ""));
    const shuffled = specWith(
      "  stop: { why: D., when: C. }\n  start: { fields: { b: { type: int, min: 1, max: 9, example: 5, why: B. }, a: { why: A., type: bool } }, why: B., when: A. }\n",
    );
    expect(meaning(shuffled)).toBe(meaning(one ?? ""));
  });

  test("whatever its prose holds", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an author's prose that must not become a template in what is generated.
    const prose = '*/ `${x}` | <b> --> """ \u202e \u0085 \'quoted\'';
    const text = specWith(`  start: { when: ${JSON.stringify(prose)}, why: "line one\\nline two" }\n`);
    expect(modelOf(text)?.events[0]).toMatchObject({ when: prose, why: "line one\nline two" });
  });
});

describe("a clear answer", () => {
  test.each([
    ["an empty file", "", ["spec-empty"]],
    ["white space", " \n\n", ["spec-empty"]],
    ["only ---", "---\n", ["spec-empty"]],
    ["a text", "hello", ["spec-not-a-map"]],
    ["null", "null", ["spec-not-a-map"]],
    ["NUL", "a: \0", ["spec-not-text"]],
    ["UTF-16 read as UTF-8", "\ufffd\ufffdt\0e\0", ["spec-not-text"]],
    ["many levels of brackets", `a: ${"[".repeat(100_000)}${"]".repeat(100_000)}`, ["yaml-too-deep"]],
    ["many levels of braces", `${"{a: ".repeat(50_000)}1${"}".repeat(50_000)}`, ["yaml-too-deep"]],
    ["many levels of dashes", "- ".repeat(50_000), ["yaml-too-deep"]],
    ["more than is read", `# ${"x".repeat(LARGEST_SPEC)}`, ["spec-too-large"]],
  ])("to %s", (_name, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test("to an event without fields, and to none at all", () => {
    expect(codes(specWith("  start: { when: A., why: B. }\n"))).toEqual([]);
    expect(codes(specWith("  start: { when: A., why: B., fields: {} }\n"))).toEqual([]);
    expect(codes(specWith("  {}\n"))).toEqual(["empty-value"]);
  });

  test("to 10,000 events", () => {
    expect(modelOf(largeSpec(10_000))?.events).toHaveLength(10_000);
  });

  test("to a file that isn't there, is a folder, or isn't UTF-8", () => {
    expect(loadContract("spec/none.yaml", "spec/none.yaml").diagnostics).toMatchObject([
      { code: "spec-unreadable", message: "spec/none.yaml can't be read: it is not there (ENOENT)." },
    ]);
    expect(loadContract("spec", "spec").diagnostics).toMatchObject([{ code: "spec-unreadable" }]);
    expect(loadContract(process.execPath, "a binary").diagnostics).toMatchObject([{ code: "spec-not-text" }]);
  });
});

describe("names", () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype);

  test.each(inherited)("%s is refused wherever a name is given", (name) => {
    const places = [
      specWith(`  ${name}: { when: A., why: B. }\n`),
      specWithField(`${name}: { type: bool, why: A. }`),
      specWithField(`x: { type: object, why: A., fields: { ${name}: { type: bool } } }`),
      specWithField(`x: { type: bucket, unit: files, below: { ${name}: 1, more: unlimited }, why: A. }`),
      specWithField(`x: { type: bool, code_name: ${name.toLowerCase()}, why: A., only_when: { ${name}: true } }`),
      specWith("  start: { when: A., why: B. }\n").replace(
        "identifiers: none",
        `identifiers: { ${name}: { identifies: user, made_from: random, created: first-run, format: { type: uuid } } }`,
      ),
      specWith("  start: { when: A., why: B. }\n").replace("{ event: $event,", `{ ${name}: $event,`),
      specWith("  start: { when: A., why: B. }\n").replace("wire:", `types: { ${name}: { type: bool } }\nwire:`),
      specWith("  start: { when: A., why: B. }\n").replace(
        "wire:",
        `common: { ${name}: { type: bool, why: A. } }\nwire:`,
      ),
      specWith("  start: { when: A., why: B. }\n").replace(
        "wire:",
        `ingest: { forward_to: { sink: sqlite, add: { ${name}: 1 } } }\nwire:`,
      ),
      specWith("  start: { when: A., why: B. }\n")
        .replace("identifiers:", `identifiers:`)
        .replace("falsy }] }", `falsy }], builds: { ${name}: normal } }`),
      specWith("  start: { when: A., why: B. }\n").replace(
        "falsy }] }",
        `falsy }], state_file: { path: ~/.x/s.json, keys: { ${name}.a: { type: bool } } } }`,
      ),
    ];
    for (const place of places) expect(codes(place), place).toContain("reserved-name");
  });

  test.each(["delete", "class", "await", "default", "import"])(
    "the word %s is a field's name, and an event's with a mark",
    (word) => {
      const model = modelOf(
        specWith(`  ${word}: { when: A., why: B., fields: { ${word}: { type: bool, why: C. } } }\n`),
      );
      expect(model?.events[0]).toMatchObject({ wireName: word, codeName: `${word}_`, fields: [{ codeName: word }] });
    },
  );

  test.each([
    ["x-1", "x_1"],
    ["Install", "install"],
    ["a.b", "a b"],
    ["ab", "AB"],
    ["fooBar", "foo_bar"],
  ])("%s and %s are one name in code", (one, two) => {
    expect(codes(specWithField(`${one}: { type: bool, why: A. }, ${two}: { type: bool, why: B. }`))).toEqual([
      "code-name-taken",
    ]);
    expect(codes(specWith(`  ${one}: { when: A., why: B. }\n  ${two}: { when: C., why: D. }\n`))).toEqual([
      "code-name-taken",
    ]);
  });

  test("a code_name tells them apart", () => {
    expect(
      codes(specWithField("x-1: { type: bool, why: A. }, x_1: { type: bool, code_name: x_one, why: B. }")),
    ).toEqual([]);
  });

  test("one field's name may have other values in another event, in either order", () => {
    const events = [
      "  a: { when: A., why: B., fields: { kind: { type: enum, values: [v, w], why: C. } } }\n",
      "  b: { when: A., why: B., fields: { kind: { type: enum, values: [z], why: C. } } }\n",
    ];
    for (const order of [events, events.toReversed()]) {
      expect(modelOf(specWith(order.join("")))?.events.map(({ fields }) => fields[0]?.type.values)).toEqual([
        ["v", "w"],
        ["z"],
      ]);
    }
  });
});
