import { describe, expect, it } from "vitest";
import type { FieldContract } from "../../templates/client/runtime/contract.js";
import { among } from "../../templates/client/runtime/values/among.js";
import { ifGiven, orNull } from "../../templates/client/runtime/values/constant.js";
import { cut } from "../../templates/client/runtime/values/cut.js";
import { sampleLine } from "../../templates/client/runtime/values/metric.js";
import { integer } from "../../templates/client/runtime/values/numbers.js";
import { object } from "../../templates/client/runtime/values/object.js";
import { orElse } from "../../templates/client/runtime/values/or-else.js";
import { below, fill, flag, list, oneOf, text, upTo } from "../../templates/client/runtime/values/values.js";
import { fc } from "../support/property.js";

const token = text(8, /^[a-z]+$/);
const fields: readonly FieldContract[] = [
  { name: "kind", take: oneOf(["mcp_tool", "cli_command"]) },
  { name: "tool_name", code: "name", take: token },
  { name: "count", take: integer(0, 100) },
  { name: "langs", optional: true, take: list(token, 2) },
  { name: "adapter", take: orNull(token) },
  { name: "client", optional: true, onlyWhen: { kind: ["mcp_tool"] }, take: token },
  { name: "either", optional: true, onlyWhen: { count: [1, 2] }, take: flag },
  { name: "cut", optional: true, take: cut(text(2), 2) },
  { name: "form", optional: true, take: ifGiven(orElse(token, "rest")) },
  { name: "size", optional: true, take: below([10, 60], ["<10", "10-60", "60+"]) },
  { name: "platform", take: oneOf(["linux", "other"], "other") },
  { name: "shape", optional: true, take: object([{ name: "a", take: integer(0) }]) },
];
const good = { kind: "mcp_tool", name: "explore", count: 1, adapter: null, platform: "linux" };
const sent = { kind: "mcp_tool", tool_name: "explore", count: 1, adapter: null, platform: "linux" };
/** A list whose iterator has no end. */
const endless = Object.assign(["a"], {
  *[Symbol.iterator]() {
    for (;;) yield "a";
  },
});
const throwing = {
  ...good,
  get name(): string {
    throw new Error("getter");
  },
};

describe("a payload", () => {
  it.each<[what: string, given: object, expected: object | undefined]>([
    ["what the contract names, under its wire names", good, sent],
    ["nothing beside it", { ...good, path: "/home/ada", __proto__: { kind: "x" } }, sent],
    ["an optional field that is invalid is left out", { ...good, langs: ["ok", "NOT"] }, sent],
    ["a list that is too long is left out", { ...good, langs: ["a", "b", "c"] }, sent],
    ["a list with a hole is left out", { ...good, langs: new Array(2) }, sent],
    ["a list is what stands at its places", { ...good, langs: endless }, { ...sent, langs: ["a"] }],
    ["a required field that is invalid: no payload", { ...good, name: "Explore" }, undefined],
    ["an enum in the wrong case", { ...good, kind: "MCP_TOOL" }, undefined],
    ["a required field that is missing", { ...good, count: undefined }, undefined],
    ["NaN", { ...good, count: Number.NaN }, undefined],
    ["1.5 for a whole number", { ...good, count: 1.5 }, undefined],
    ["out of range", { ...good, count: 101 }, undefined],
    ["minus zero is zero", { ...good, count: -0 }, { ...sent, count: 0 }],
    ["a number as text", { ...good, count: "1" }, undefined],
    ["ten megabytes", { ...good, name: "a".repeat(10_000_000) }, undefined],
    ["a getter that throws", throwing, undefined],
    ["null where nothing says so", { ...good, name: null }, undefined],
    [
      "toJSON takes no part",
      { ...good, shape: { a: 1, toJSON: () => ({ path: "/x" }) } },
      { ...sent, shape: { a: 1 } },
    ],
    ["an object that lacks a field is left out", { ...good, shape: { b: 1 } }, sent],
    [
      "a field that another one excludes is left out",
      { ...good, kind: "cli_command", client: "cursor" },
      { ...sent, kind: "cli_command" },
    ],
    ["a field that another one allows is there", { ...good, client: "cursor" }, { ...sent, client: "cursor" }],
    ["what is not in the set becomes `other`", { ...good, platform: "BeOS" }, { ...sent, platform: "other" }],
    [
      "what depends on several values of another is there",
      { ...good, count: 2, either: true },
      { ...sent, count: 2, either: true },
    ],
    ["what none of them allows is left out", { ...good, count: 3, either: true }, { ...sent, count: 3 }],
    ["a text that is too long is cut", { ...good, cut: "a\u{1f600}" }, { ...sent, cut: "a" }],
    ["a text of another form is replaced", { ...good, form: "/home/ada" }, { ...sent, form: "rest" }],
    ["what is not given is not replaced", { ...good, form: undefined }, sent],
    ["a raw number becomes its range", { ...good, size: 10 }, { ...sent, size: "10-60" }],
    ["a number that is none has no range", { ...good, size: Number.POSITIVE_INFINITY }, sent],
  ])("%s", (_, given, expected) => {
    const filled = fill(fields, given as object);
    expect(filled).toEqual(expected);
    expect(Object.is(filled?.["count"], -0)).toBe(false);
  });

  it("is built of the contract's keys alone, whatever is given, and building it never throws", () => {
    const names = new Set(fields.map(({ name }) => name));
    const anything = fc.anything({ withProxy: true, withNullPrototype: true } as never);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom("kind", "name", "count", "langs", "adapter", "client", "size", "platform", "shape", "path"),
          anything,
        ),
        (given) => {
          const filled = fill(fields, { ...good, ...given }) ?? {};
          expect(Object.keys(filled).filter((name) => !names.has(name))).toEqual([]);
          for (const field of fields) {
            const value = filled[field.name];
            // What was made of a number or an object is not what makes it.
            if (value !== undefined && field.name !== "size") expect(field.take(value)).toEqual(value);
          }
        },
      ),
    );
  });

  it.each([{}, 5, "text", []])("is not made of %j", (given) => expect(fill(fields, given as object)).toBeUndefined());

  it("reads each property once", () => {
    let reads = 0;
    const given = {
      ...good,
      get name() {
        return reads++ === 0 ? "explore" : "/etc/passwd";
      },
    };
    expect(fill(fields, given as object)).toEqual(sent);
    expect(reads).toBe(1);
  });
});

describe("ranges", () => {
  const half = below([10, 60, 300], ["<10s", "10-60s", "1-5m", "5m+"]);
  it.each([
    [0, "<10s"],
    [9.999, "<10s"],
    [10, "10-60s"],
    [299.9, "1-5m"],
    [300, "5m+"],
    [-5, "<10s"],
  ])("below: %d → %s", (given, label) => expect(half(given)).toBe(label));
  const whole = upTo([1, 5], ["1Gi", "5Gi", "more"]);
  it.each([
    [0, "1Gi"],
    [1, "1Gi"],
    [1.9, "1Gi"],
    [2, "5Gi"],
    [5.99, "5Gi"],
    [6, "more"],
  ])("up to: %d → %s", (given, label) => expect(whole(given)).toBe(label));
});

it("lists of what has to be made", () => {
  const sizes = list(below([10], ["small", "large"]), 2);
  expect([sizes([1, 20]), sizes([1, 2, 3]), sizes([1, "x"]), sizes("x")]).toEqual([
    ["small", "large"],
    undefined,
    undefined,
    undefined,
  ]);
});

it("a value among many is looked up, and not looked for", () => {
  let read = 0;
  const many = {
    *[Symbol.iterator]() {
      for (; read < 10_000; read++) yield `v${read}`;
    },
  };
  const take = among(many, "other");
  const before = read;
  expect(["v0", "v9999", "w", 7, undefined].map((one) => take(one))).toEqual([
    "v0",
    "v9999",
    "other",
    "other",
    "other",
  ]);
  expect(read).toBe(before);
});

describe("a sample", () => {
  const metric = {
    name: "nodes",
    labels: [{ name: "os", take: text() }],
    value: integer(0),
  };
  it("escapes its labels", () =>
    expect(sampleLine(metric, { os: 'a"b\\c\nd' }, 3)).toBe('nodes{os="a\\"b\\\\c\\nd"} 3'));
  it.each([1.5, Number.NaN, -1, "3", undefined, null])("has a value that the contract lets through: %j", (value) =>
    expect(sampleLine(metric, { os: "x" }, value)).toBeUndefined(),
  );
});
