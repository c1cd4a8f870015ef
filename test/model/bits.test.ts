import { describe, expect, test } from "vitest";
import { eventBits, machineBits, metricBits } from "../../generator/model/bits.js";
import { contract, modelOf } from "../targets/five.js";

const bitsOf = (fields: string) =>
  eventBits([], modelOf(`\n  one: { when: Now., why: To see., fields: { ${fields} } }`).events[0] ?? { fields: [] });

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
  ])("%s", (fields, combinations) => expect(2 ** bitsOf(fields).closed).toBeCloseTo(combinations, 6));

  test("long lists of large numbers stay numbers", () => {
    expect(bitsOf("a: { type: list, of: { type: int }, max_items: 256, example: [1], why: W. }").closed).toBeCloseTo(
      256 * 53,
      0,
    );
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
