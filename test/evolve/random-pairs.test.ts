import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { classify } from "../../generator/evolve/classify.js";
import type { JsonValue } from "../../generator/model/json-schema.js";
import type { Model } from "../../generator/model/model.js";
import { fieldsSchema } from "../../generator/payload/event-schema.js";
import { fc } from "../support/property.js";
import { casesFolder, modelOf } from "./read-case.js";

type Spec = Record<string, unknown>;

const start = parse(readFileSync(join(casesFolder, "promise-added/base.yaml"), "utf8")) as Spec;
const edges = ["<10", "<100", "<1k", "<10k"] as const;
const edgeOf = { "<10": 10, "<100": 100, "<1k": 1000, "<10k": 10_000 } as const;

/** A field's type, and values of which some are allowed and some are not. */
const type: fc.Arbitrary<Spec> = fc.oneof(
  fc.constant({ type: "bool" }),
  fc.subarray(["native", "wasm", "remote", "true", "a"], { minLength: 1 }).map((values) => ({ type: "enum", values })),
  fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 4, max: 20_000 }))
    .map(([min, max]) => ({ type: "int", min, max, example: max })),
  fc.subarray([...edges], { minLength: 1 }).map((labels) => ({
    type: "bucket",
    unit: "files",
    below: { ...Object.fromEntries(labels.map((label) => [label, edgeOf[label]])), more: "unlimited" },
  })),
  fc
    .constantFrom(
      { pattern: "^[a-z]+$", max_length: 4 },
      { pattern: "^[a-z]+$", max_length: 8 },
      { pattern: "^[a-z0-9]+$", max_length: 8 },
    )
    .map((rest) => ({ type: "string", example: "abc", ...rest })),
  fc
    .constantFrom(
      { of: { type: "enum", values: ["a", "b"] } },
      { of: { type: "enum", values: ["a"] } },
      { of: { type: "bool" } },
    )
    .chain((of) =>
      fc.integer({ min: 1, max: 3 }).map((max_items) => ({ type: "list", ...of, max_items, example: [] })),
    ),
);
const field = fc
  .record({ type, optional: fc.boolean(), nullable: fc.boolean() })
  .map(({ type: own, optional, nullable }) => ({
    ...own,
    ...(optional ? { optional } : {}),
    ...(nullable ? { nullable } : {}),
    why: "Needed.",
  }));
const fields = fc.dictionary(fc.constantFrom("alpha", "beta", "gamma", "delta"), field, {
  minKeys: 1,
  noNullPrototype: true,
});

const values: readonly JsonValue[] = [
  true,
  false,
  null,
  0,
  1,
  3,
  4,
  5,
  20,
  9999,
  20_000,
  "native",
  "wasm",
  "remote",
  "true",
  "a",
  "abc",
  "abcdef",
  "ab1",
  ...edges,
  "more",
  [],
  ["a"],
  ["b"],
  [true],
  ["a", "a"],
  ["a", "b", "a"],
];
const payload = fc.dictionary(fc.constantFrom("alpha", "beta", "gamma", "delta"), fc.constantFrom(...values), {
  noNullPrototype: true,
});

function contract(own: Spec, version: number): Model {
  const events = { index: { when: "Once per full index.", why: "Which sizes deserve work.", fields: own } };
  const common = {
    ...(start["common"] as Spec),
    schema_version: { type: "const", value: version, from: "schema-version", why: "Which page applies." },
  };
  const history = Array.from({ length: version }, (_, index) => ({ version: index + 1, change: "Changed." }));
  return modelOf(JSON.stringify({ ...start, schema_version: version, history, common, events }), "events.yaml");
}

/** The published schema, but for what must be there: leaving something out tells nothing. */
function judge(model: Model) {
  const schema = fieldsSchema(model.events[0]?.fields ?? []);
  return new Ajv({ strict: false, ownProperties: true }).compile({ ...schema, required: [] });
}

/** The ranges of a number may get other names, and be joined, without more being told: only then is a label no judge. */
const relabelled = new Set(["value-renamed", "precision-lowered", "buckets-shifted"]);

it("whatever head lets in and base does not is told as more", () => {
  let growing = 0;
  fc.assert(
    fc.property(fields, fields, fc.array(payload, { minLength: 10, maxLength: 10 }), (was, is, payloads) => {
      const [before, after] = [contract(was, 1), contract(is, 2)];
      const [letsIn, letIn] = [judge(after), judge(before)];
      const findings = classify(before, after);
      const kind = (model: Model, name: string) =>
        model.events[0]?.fields.find(({ wireName }) => wireName === name)?.type.kind ?? "none";
      const isBucket = (name: string) =>
        kind(after, name) === "bucket" && ["bucket", "int"].includes(kind(before, name));
      const told = (name: string) =>
        findings.some(
          ({ impact, id, sentence }) =>
            (impact === "more" || id === "free-text" || (relabelled.has(id) && isBucket(name))) &&
            new RegExp(`\\b${name}\\b`).test(sentence),
        );
      for (const one of payloads) {
        const names = Object.keys(one).filter(
          (name) => letsIn({ [name]: one[name] as JsonValue }) && !letIn({ [name]: one[name] as JsonValue }),
        );
        growing += names.length;
        expect(names.filter((name) => !told(name))).toEqual([]);
      }
    }),
    { numRuns: 120 },
  );
  expect(growing).toBeGreaterThan(100);
});

it("where nothing differs nothing is told", () => {
  fc.assert(
    fc.property(fields, (own) => {
      expect(classify(contract(own, 1), contract(own, 1))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

it("where fields differ something is told, and both ways round", () => {
  fc.assert(
    fc.property(fields, fields, (was, is) => {
      fc.pre(JSON.stringify(sorted(was)) !== JSON.stringify(sorted(is)));
      const there = classify(contract(was, 1), contract(is, 1));
      expect(there.length).toBeGreaterThan(0);
      expect(classify(contract(is, 1), contract(was, 1)).length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, key === "below" ? item : sorted(item)]),
  );
}
