import { describe, expect, it, test } from "vitest";
import { camelCase } from "../../generator/names.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { planVersion } from "../../generator/plan/plan.js";
import { camel, wordsIn } from "../../generator/plan/words.js";
import { fc } from "../support/property.js";
import { contract, FIVE, sampleOf } from "../targets/five.js";

describe("words", () => {
  it.each([
    ["ci-vendor", ["ci", "vendor"]],
    ["a_b_c", ["a", "b", "c"]],
    ["GRPCGatewayRuntime.start", ["grpc", "gateway", "runtime", "start"]],
    ["2fa-used", ["2fa", "used"]],
  ])("%s is %j", (name, words) => expect(wordsIn(camelCase(name))).toEqual(words));

  it("give the name again that they were made of", () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_.@ -]{1,24}$/), (name) => {
        fc.pre(camelCase(name) !== "" && camelCase(name) !== "_");
        expect(camel(wordsIn(camelCase(name)))).toBe(camelCase(name));
      }),
    ));
});

describe.each(FIVE)("the plan of %s", (product) => {
  const model = contract(product);
  const plan = planOf(model);

  it("is plain data", () => expect(JSON.parse(JSON.stringify(plan))).toEqual(plan));

  it("says its edition", () => expect(plan.plan).toBe(planVersion));

  it("has every event, every field that is sent, and no place in a file", () => {
    expect(plan.emitters.map(({ name }) => name)).toEqual(
      [...model.events, ...model.metrics].map((one) => one.wireName),
    );
    for (const one of plan.emitters) {
      const fields =
        one.kind === "event" ? one.fields : one.kind === "metric" ? one.labels : [...one.by, ...one.counters];
      const of = [...model.events, ...model.metrics].find(({ wireName }) => wireName === one.name);
      const all = of === undefined ? [] : "labels" in of ? of.labels : of.fields;
      expect(fields.map(({ name }) => name).sort()).toEqual(
        all.flatMap(({ wireName, legacy }) => (legacy ? [] : [wireName])).sort(),
      );
    }
    expect(JSON.stringify(plan)).not.toContain('"at":');
  });
});

test("an open text is a rule that every language can keep, not a pattern", () => {
  const said =
    'one: { when: Now., why: To see., fields: { note: { type: text, max_length: 9, justification: "No closed list exists for it, and it is short.", example: Hello, why: x } } }';
  const [emitter] = planOf(sampleOf(`\n  ${said}`)).emitters;
  expect(emitter).toMatchObject({ fields: [{ name: "note", value: { is: "line", most: 9 } }] });
});
