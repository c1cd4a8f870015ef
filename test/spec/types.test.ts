import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { TYPES, typeNamed } from "../../generator/language/types/index.js";
import { accepts } from "../../generator/model/accepts.js";
import type { JsonSchema, JsonValue } from "../../generator/model/json-schema.js";
import type { Type } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { fc } from "../support/property.js";
import { specWithField } from "./sample-spec.js";

// Lengths count UTF-16 units everywhere; that ajv calls the option old is no news.
const ajv = new Ajv({ strict: true, allowUnionTypes: true, unicode: false, logger: false });

function lowered(field: string): Type {
  const { model, diagnostics } = readContract(specWithField(`x: { ${field}, why: A. }`), "events.yaml");
  const type = model?.events[0]?.fields[0]?.type;
  if (type === undefined) throw new Error(diagnostics.map(({ message }) => message).join(" "));
  return type;
}

const uuid = (parameters: object) => typeNamed("uuid")?.lower(parameters, {} as never) as Type;
const J = "justification: The test needs one line of text.";

const CASES: readonly (readonly [name: string, type: Type, good: readonly JsonValue[], bad: readonly JsonValue[]])[] = [
  ["bool", lowered("type: bool"), [true, false], [0, 1, "true", null]],
  ["int", lowered("type: int, example: 1"), [0, 2 ** 53 - 1], [-1, 1.5, 2 ** 53, "1", null, 1e300]],
  ["int with bounds", lowered("type: int, min: -3, max: 9, example: 1"), [-3, 9], [-4, 10]],
  ["enum", lowered(`type: enum, values: ["a", "it's \\\\ \\"q\\"", ""]`), ["a", 'it\'s \\ "q"', ""], ["A", "b", null]],
  ["bucket", lowered('type: bucket, unit: s, below: { "<1s": 1, "1s+": unlimited }'), ["<1s", "1s+"], [0, 1, "2s"]],
  [
    "string",
    lowered("type: string, pattern: '^[a-z]+$', max_length: 5, example: a"),
    ["a", "abcde"],
    ["", "abcdef", "a\n", "A", 1],
  ],
  [
    "text",
    lowered(`type: text, max_length: 8, ${J}, example: a`),
    ["a", "Grüße 🎉", "x y"],
    [
      "",
      "a\nb",
      "\t",
      "\u0007",
      "\u007f",
      "\u0085",
      "a\u2028b",
      "\u2029",
      "\u202ea",
      "\u2066",
      "\u200f",
      "\ufeff",
      "\ud800",
      "\udc00a",
      "123456789",
    ],
  ],
  [
    "version",
    lowered('type: version, example: "1.0"'),
    [
      "6.0",
      "v1.31.4",
      "1.0.0a1",
      "1.0.0-alpha48",
      "2.4.0",
      "0.9.12",
      "3.7.13",
      "1.0.0-alpha.1+build.5",
      "v1.30.0-gke.1234567",
      "v1.31.4+k3s1",
      "1.2.3.dev0",
      "1.2.3-4-g1a2b3c-dirty",
      "5.15.0-91-generic",
    ],
    [
      "1",
      "v1",
      "",
      "1.2.3.4",
      "v10.0.0.1",
      "1.0.0+local/../x",
      "1.0.0?user=ada",
      "1.0 ",
      " 1.0",
      "1.0\n",
      "1.0-10.0.0.1",
      "1.0+192.168.0.1",
      "1.0-rc.10.0.0.1.2",
      "1..0",
      "1.0@x",
      `1.0-${"a".repeat(29)}`,
      "latest",
      "127.0.0.1",
    ],
  ],
  [
    "timestamp",
    lowered("type: timestamp, example: 2026-06-12T00:00:00Z".replace("2026-06-12T00:00:00Z", '"2026-06-12T00:00:00Z"')),
    ["2026-06-12T00:00:00Z", "2026-06-12T23:59:59.123456Z"],
    [
      "2026-06-12",
      "2026-13-12T00:00:00Z",
      "2026-06-32T00:00:00Z",
      "2026-06-12T24:00:00Z",
      "2026-06-12T00:00:60Z",
      "2026-06-12T00:00:00",
      "2026-06-12T00:00:00+00:00",
      "2026-06-12t00:00:00z",
      "2026-06-12T00:00:00.1234567Z",
    ],
  ],
  [
    "timestamp in any zone",
    lowered('type: timestamp, timezone: any, example: "2026-06-12T00:00:00Z"'),
    ["2026-06-12T00:00:00Z", "2026-06-12T00:00:00+05:30"],
    ["2026-06-12T00:00:00", "2026-06-12T00:00:00+15:00"],
  ],
  [
    "timestamp without zone",
    lowered('type: timestamp, timezone: none, example: "2022-08-21T18:53:59.681842"'),
    ["2022-08-21T18:53:59.681842", "2022-08-21T18:53:59"],
    ["2022-08-21T18:53:59Z"],
  ],
  [
    "uuid",
    uuid({}),
    ["da9d4ade-2171-11ed-8713-56286d1a91c2", "6099a6ff-87bd-463b-9deb-6b8dcdc7c47b"],
    [
      "DA9D4ADE-2171-11ED-8713-56286D1A91C2",
      "da9d4ade217111ed871356286d1a91c2",
      "",
      "{da9d4ade-2171-11ed-8713-56286d1a91c2}",
    ],
  ],
  [
    "uuid of version 4",
    uuid({ version: 4 }),
    ["6099a6ff-87bd-463b-9deb-6b8dcdc7c47b"],
    ["da9d4ade-2171-11ed-8713-56286d1a91c2", "6099a6ff-87bd-463b-7deb-6b8dcdc7c47b"],
  ],
  ["const", lowered("type: const, value: 1"), [1], [2, "1", true]],
  [
    "list",
    lowered("type: list, of: { type: int, max: 3 }, max_items: 2, example: [1]"),
    [[], [1], [1, 3]],
    [[4], [1, 2, 3], "1", null, {}],
  ],
  [
    "object",
    lowered(
      "type: object, fields: { i: { type: int, example: 1 }, o: { type: bool, optional: true }, z: { type: bool, nullable: true } }",
    ),
    [
      { i: 1, z: null },
      { i: 1, o: true, z: false },
    ],
    [{}, { i: 1 }, { i: 1, z: true, more: 1 }, { i: "1", z: true }, [], null],
  ],
];

describe("values", () => {
  const validators = new Map(CASES.map(([name, type]) => [name, ajv.compile(type.schema as object)]));
  const rows = CASES.flatMap(([name, type, good, bad]) => [
    ...good.map((value) => [name, "lets through", value, type.schema, true] as const),
    ...bad.map((value) => [name, "refuses", value, type.schema, false] as const),
  ]);

  test.each(rows)("%s %s %j", (name, _verb, value, schema, expected) => {
    expect(accepts(schema, value)).toBe(expected);
    expect(validators.get(name)?.(value)).toBe(expected);
  });

  test("are judged by the tool as ajv judges them", () => {
    const parts = fc.constantFrom("1", ".", "-", "a", "v", "Z", "T", ":", "0", "\n", "é", "🎉", "+", "2026-06-12");
    const values = fc.oneof(
      fc.jsonValue(),
      fc.array(parts, { maxLength: 14 }).map((all) => all.join("")),
    ) as fc.Arbitrary<JsonValue>;
    fc.assert(
      fc.property(fc.constantFrom(...CASES), values, ([name, type], value) => {
        expect(accepts(type.schema, value)).toBe(validators.get(name)?.(value));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(CASES)("%s: what it suggests as an example is let through", (_name, type) => {
    const example = typeNamed(type.kind)?.example?.(type);
    if (example !== undefined) expect(accepts(type.schema, example)).toBe(true);
  });
});

test("no IPv4 address is ever within a version", () => {
  const version = CASES.find(([name]) => name === "version")?.[1].schema as JsonSchema;
  const around = fc.stringMatching(/^[v0-9A-Za-z.+-]{0,12}$/);
  fc.assert(
    fc.property(around, fc.ipV4(), around, (before, address, after) => {
      // Digits that touch the address make another number of its ends.
      fc.pre(!/[0-9]$/.test(before) && !/^[0-9]/.test(after));
      expect(accepts(version, before + address + after)).toBe(false);
    }),
    { numRuns: 3000 },
  );
});

test("our own patterns refuse long texts made for them", () => {
  const long = ["1.", "1", "a", "-a", "+1", "\u{1f389}", "2026-06-12T", "0", " "].map((part) => part.repeat(30_000));
  for (const [, { schema }] of CASES) {
    if (schema.pattern === undefined) continue;
    for (const text of long) for (const end of ["", "\n", "!"]) new RegExp(schema.pattern).test(text + end);
  }
});

test("every type says what it lets through, and describes each parameter", () => {
  for (const { name, describes, parameters } of TYPES) {
    expect(describes, name).toMatch(/^[a-z`]/);
    for (const { description } of Object.values(parameters)) expect(description, name).toMatch(/^[A-Z`].*[.]$/);
  }
});
