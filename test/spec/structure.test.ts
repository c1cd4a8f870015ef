import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { checkStructure } from "../../generator/spec/check-structure.js";
import { diagnosticSink } from "../../generator/spec/diagnostic-sink.js";
import { metaSchema, metaSchemaText } from "../../generator/spec/meta-schema.js";
import { parseSpec } from "../../generator/spec/parse-spec.js";
import { type Tree, toJson } from "../../generator/spec/tree.js";
import { fc } from "../support/property.js";
import { FIVE } from "./sample-spec.js";

const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  ownProperties: true,
});
const valid = ajv.compile(JSON.parse(metaSchemaText()));

/** Our walk over the meta-schema: whether it finds nothing, and what it says. */
function walk(tree: Tree): { readonly fine: boolean; readonly codes: readonly string[] } {
  const report = diagnosticSink("events.yaml");
  const fine = checkStructure(tree, metaSchema(), "the spec", {
    definitions: metaSchema().definitions,
    report,
    broken: new Set(),
  });
  return { fine, codes: report.found.map(({ code }) => code) };
}

function treeOf(text: string): Tree {
  const tree = parseSpec(text, diagnosticSink("events.yaml"));
  if (tree === undefined) throw new Error("not YAML");
  return tree;
}

type Place = readonly (string | number)[];

/** Every place in a tree, the tree itself among them. */
function placesIn(tree: Tree, path: Place = []): readonly Place[] {
  if (tree.kind === "scalar") return [path];
  const inner =
    tree.kind === "map"
      ? [...tree.entries].map(([key, { value }]) => [key, value] as const)
      : tree.items.map((item, index) => [index, item] as const);
  return [path, ...inner.flatMap(([step, value]) => placesIn(value, [...path, step]))];
}

/** The tree with the value at a place changed; `undefined` removes it, and a rename moves it. */
function changed(tree: Tree, path: Place, change: (tree: Tree) => Tree | undefined, rename?: string): Tree | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change(tree);
  if (tree.kind === "list")
    return {
      ...tree,
      items: tree.items.flatMap((item, index) =>
        index === step ? (changed(item, rest, change, rename) ?? []) : [item],
      ),
    };
  if (tree.kind !== "map") return tree;
  const entries = new Map(
    [...tree.entries].flatMap(([key, entry]) => {
      if (key !== step) return [[key, entry] as const];
      const value = changed(entry.value, rest, change, rename);
      const name = rest.length === 0 && rename !== undefined ? rename : key;
      return value === undefined ? [] : [[name, { key: { ...entry.key, value: name }, value }] as const];
    }),
  );
  return { ...tree, entries };
}

const place = { start: 0, end: 1 };
const scalar = (value: null | boolean | number | string): Tree => ({ kind: "scalar", value, plain: false, ...place });
const WORDS = [
  "",
  "none",
  "queued",
  "json",
  "enum",
  "agent_id",
  "truthy",
  "15m",
  "1KiB",
  "X_Y",
  "https://a.example/b",
  "__proto__",
  "constructor",
  "a b",
  "Ünicode",
  "long ".repeat(300),
  "n".repeat(200),
  "A".repeat(200),
];
const values = fc.oneof(
  fc.constantFrom(...WORDS).map(scalar),
  fc.constantFrom(0, 1, -1, 1.5, 2 ** 53, 1e300, true, false, null).map(scalar),
  fc.constant<Tree>({ kind: "list", items: [], ...place }),
  fc.constant<Tree>({ kind: "list", items: [scalar("a"), scalar("a")], ...place }),
  fc.constant<Tree>({ kind: "map", entries: new Map(), flow: true, ...place }),
  fc.constant<Tree>({
    kind: "map",
    entries: new Map([["type", { key: scalar("type") as never, value: scalar("bool") }]]),
    flow: true,
    ...place,
  }),
);
const trees = FIVE.map(([, text]) => treeOf(text));
const places = trees.map((tree) => placesIn(tree));

/** One change to one of the five specs, small enough to be read when it fails. */
const mutations = fc.record({
  spec: fc.nat(trees.length - 1),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  kind: fc.constantFrom("replace", "remove", "rename"),
  value: values,
  name: fc.constantFrom(...WORDS),
});

type Mutation = typeof mutations extends fc.Arbitrary<infer One> ? One : never;

function mutant({ spec, at, kind, value, name }: Mutation): { readonly tree: Tree; readonly where: string } {
  const tree = trees[spec] ?? scalar(null);
  const path = places[spec]?.[Math.floor(at * (places[spec]?.length ?? 0))] ?? [];
  const change = kind === "replace" ? () => value : kind === "remove" ? () => undefined : (same: Tree) => same;
  return {
    tree: changed(tree, path, change, kind === "rename" ? name : undefined) ?? scalar(null),
    where: path.join("."),
  };
}

/** Other products' contracts, which use what the five don't. */
const others = readdirSync("test/contracts", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("events.yaml"))
  .map((path) => [path, readFileSync(`test/contracts/${path}`, "utf8")] as const);

describe("the meta-schema", () => {
  test.each([...FIVE, ...others])("lets %s through, for ajv and for the walk", (_path, text) => {
    expect(valid(toJson(treeOf(text)))).toBe(true);
    expect(walk(treeOf(text))).toEqual({ fine: true, codes: [] });
  });

  test("means the same to ajv and to the walk", () => {
    fc.assert(
      fc.property(mutations, (mutation) => {
        const { tree, where } = mutant(mutation);
        const { fine, codes } = walk(tree);
        const judged = valid(toJson(tree));
        if (fine !== judged) throw new Error(`${where}: ${codes} ${JSON.stringify(valid.errors?.slice(0, 3))}`);
        expect(fine).toBe(codes.length === 0);
      }),
      { numRuns: 1500 },
    );
  });

  test("explains every key", () => {
    const silent: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      for (const [name, property] of Object.entries((schema as { properties?: object }).properties ?? {})) {
        const { description, $ref, ...rest } = property as { description?: string; $ref?: string };
        const named =
          $ref === undefined
            ? description
            : (metaSchema().definitions[$ref.slice("#/definitions/".length)]?.description as string | undefined);
        // A named type's parameters are explained at the type that has them.
        if (named === undefined && Object.keys(rest).length > 0) silent.push(`${path}.${name}`);
      }
      for (const [key, value] of Object.entries(schema))
        if (key !== "enum" && key !== "const") visit(value, `${path}.${key}`);
    };
    visit(metaSchema(), "");
    expect(silent).toEqual([]);
  });

  test("is marked, ends in a line break and has nothing of a machine in it", () => {
    expect(metaSchemaText()).toMatch(
      /^\{\n {2}"\$schema": "http:\/\/json-schema\.org\/draft-07\/schema#",\n {2}"\$comment": "Code generated by plainsight/,
    );
    expect(metaSchemaText().endsWith("}\n")).toBe(true);
  });

  test("offers no item of an editor's own: nowhere do required keys stand beside the properties", () => {
    const both: unknown[] = [];
    JSON.parse(metaSchemaText(), (_, value: unknown) => {
      if (
        typeof value === "object" &&
        value !== null &&
        "properties" in value &&
        Array.isArray((value as { required?: unknown }).required)
      )
        both.push(value);
      return value;
    });
    expect(both).toEqual([]);
  });
});
