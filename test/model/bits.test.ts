import { describe, expect, test } from "vitest";
import { eventBits, machineBits, metricBits } from "../../generator/model/bits.js";
import { contract, sampleOf } from "../targets/five.js";

const bitsOf = (fields: string) =>
  eventBits([], sampleOf(`\n  one: { when: Now., why: To see., fields: { ${fields} } }`).events[0] ?? { fields: [] });

describe("the closed sets of an event", () => {
  // Each with the number of different things that can be said.
  test.each([
    ["a: { type: bool, why: W. }", 2],
    ["a: { type: enum, values: [x, z, w], why: W. }", 3],
    ["a: { type: const, value: 1, why: W. }", 1],
    ["a: { type: int, min: 1, max: 99, example: 1, why: W. }", 99],
    ["a: { type: bucket, unit: files, below: { few: 10, many: unlimited }, why: W. }", 2],
    ["a: { type: enum, values: [x, z, w], nullable: true, why: W. }", 4],
    ["a: { type: enum, values: [x, z, w], nullable: true, optional: true, why: W. }", 5],
    ["a: { type: bool, legacy: true, why: W. }, b: { type: bool, why: W. }", 2],
    ["a: { type: bool, why: W. }, b: { type: enum, values: [x, z, w], why: W. }", 6],
    ["a: { type: list, of: { type: enum, values: [x, z, w] }, max_items: 2, example: [x], why: W. }", 1 + 3 + 9],
    ["a: { type: list, of: { type: const, value: 1 }, max_items: 3, example: [1], why: W. }", 4],
    ["a: { type: object, why: W., fields: { b: { type: bool }, c: { type: bool, optional: true } } }", 6],
    ["a: { type: string, pattern: '^[0-9]{1,3}$', max_length: 3, example: '1', why: W. }", 1110],
  ])("%s", (fields, combinations) => expect(2 ** bitsOf(fields).closed).toBeCloseTo(combinations, 6));

  test("long lists of large numbers stay numbers", () => {
    expect(bitsOf("a: { type: list, of: { type: int }, max_items: 256, example: [1], why: W. }").closed).toBeCloseTo(
      256 * 53,
      0,
    );
  });
});

describe("one contract's nested and flat forms tell as much", () => {
  const inner =
    "b: { type: bool, why: W. }, k: { type: int, example: 1, why: W. }, t: { type: string, pattern: '^[a-z]+$', max_length: 40, example: a, why: W. }, u: { type: string, pattern: '^[a-z]+$', max_length: 2, example: a, why: W. }";
  const flat = bitsOf(inner);
  test.each([
    ["an object", `o: { type: object, why: W., fields: { ${inner} } }`, ["o.t"]],
    [
      "an object in an object",
      `o: { type: object, why: W., fields: { p: { type: object, fields: { ${inner} } } } }`,
      ["o.p.t"],
    ],
    [
      "half of it",
      `b: { type: bool, why: W. }, o: { type: object, why: W., fields: { ${inner.slice(inner.indexOf("k:"))} } }`,
      ["o.t"],
    ],
  ])("%s", (_, fields, open) => {
    expect(bitsOf(fields).closed).toBeCloseTo(flat.closed, 9);
    expect(bitsOf(fields).open).toEqual(open);
  });

  test("an object that may be absent has one more thing to say", () => {
    const optional = bitsOf(
      "o: { type: object, optional: true, why: W., fields: { b: { type: bool }, t: { type: text, max_length: 9, justification: It is for people to read., example: a } } }",
    );
    expect(optional).toMatchObject({ closed: Math.log2(3), open: ["o.t"] });
  });

  test("a list of objects tells as much as its items", () => {
    const listed = bitsOf(
      "l: { type: list, max_items: 1, why: W., example: [], of: { type: object, fields: { b: { type: bool }, t: { type: version, example: 1.0.0 } } } }",
    );
    expect(listed).toMatchObject({ closed: Math.log2(3), open: ["l[].t"] });
  });
});

test("open text and identifiers are named, not counted", () => {
  const model = contract("codegraph");
  const install = eventBits(
    model.common,
    model.events.find(({ wireName }) => wireName === "install") ?? { fields: [] },
  );
  expect(install.open).toEqual(["codegraph_version", "targets"]);
  expect(install.identifiers).toEqual(["machine_id"]);
  expect(install.closed).toBeCloseTo(Math.log2(12 * 2 * 99 * 11 * 3 * 2 * 2), 9);
  expect(install.parts[0]).toEqual({ wireName: "node_major", bits: Math.log2(99) });
});

test("a machine is told apart by what the client fills in itself, each field once", () => {
  expect(machineBits(contract("codegraph")).parts.map(({ wireName }) => wireName)).toEqual([
    "node_major",
    "arch",
    "os",
    "ci",
  ]);
  expect(machineBits(contract("docglow"))).toMatchObject({
    open: ["docglow_version", "python_version"],
    identifiers: ["instance_id"],
    closed: 2,
  });
});

test("a sample's value counts, too", () => {
  const metric = contract("cozystack").metrics.find(({ wireName }) => wireName === "cozy_pvs_count");
  if (metric === undefined) throw new Error("no such metric");
  expect(metricBits(metric)).toMatchObject({ open: ["driver"], identifiers: [] });
  expect(metricBits(metric).closed).toBeCloseTo(53 + Math.log2(12), 6);
});
