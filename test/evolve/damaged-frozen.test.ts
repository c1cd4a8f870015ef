import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readChain } from "../../generator/evolve/frozen-chain.js";
import { freeze, printFrozen } from "../../generator/evolve/frozen-text.js";
import type { Model } from "../../generator/model/model.js";
import { digestOf } from "../../generator/model/published.js";
import { contract, FIVE } from "../targets/five.js";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One place of a file, and the same file with something else there. */
function* mutations(root: Json): Generator<readonly [place: string, mutated: Json]> {
  function* walk(
    value: Json,
    put: (other: Json | undefined) => Json,
    place: string,
  ): Generator<readonly [string, Json]> {
    for (const other of [undefined, null, 0, "x", true, [], {}] as const)
      if (JSON.stringify(other) !== JSON.stringify(value)) yield [`${place} = ${JSON.stringify(other)}`, put(other)];
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value) as [string, Json][]) {
      const inside = (other: Json | undefined): Json => {
        if (Array.isArray(value)) {
          const list = value as readonly Json[];
          return put(list.flatMap((one, at) => (String(at) !== key ? [one] : other === undefined ? [] : [other])));
        }
        const { [key]: _, ...rest } = value as Record<string, Json>;
        return put(other === undefined ? rest : { ...(value as Record<string, Json>), [key]: other });
      };
      yield* walk(item, inside, `${place}.${key}`);
    }
  }
  yield* walk(root, (other) => other ?? null, "");
}

const read = (text: string) => readChain([{ version: 1, source: "spec/frozen/v1.json", text }]);

describe.each(FIVE)("the released version of %s", (product) => {
  const model: Model = contract(product);
  const text = printFrozen(freeze(model));

  it("is read back as it was written, also with other white space", () => {
    expect(read(text)).toEqual({ frozen: [freeze(model)], diagnostics: [] });
    expect(read(JSON.stringify(JSON.parse(text))).diagnostics).toEqual([]);
    expect(read(text.replaceAll("\n", "\r\n")).diagnostics).toEqual([]);
  });

  it("with any one place damaged is named, and nothing crashes", () => {
    let count = 0;
    for (const [place, mutated] of mutations(JSON.parse(text) as Json)) {
      // With another comment it says the same.
      if (place.startsWith(".$comment")) continue;
      count += 1;
      const { diagnostics } = read(JSON.stringify(mutated));
      if (diagnostics.length !== 1 || diagnostics[0]?.code !== "frozen-damaged")
        expect({ place, diagnostics }).toEqual({ place, diagnostics: "frozen-damaged" });
    }
    expect(count).toBeGreaterThan(500);
  });

  it("without its digest is named", () => {
    const { digest: _, ...written } = JSON.parse(text) as { readonly [key: string]: Json };
    expect(read(JSON.stringify(written)).diagnostics).toMatchObject([{ code: "frozen-damaged" }]);
  });
});

it("the project's own released versions are read", () => {
  for (const file of [
    "spec/frozen/v1.json",
    ...["cocoindex", "jina"].map((name) => `spec/systems/${name}/frozen/v1.json`),
  ])
    expect(read(readFileSync(join(import.meta.dirname, "../..", file), "utf8")).diagnostics).toEqual([]);
});

it("a type that this version doesn't know, or that lacks what its kind has, is named though the digest is right", () => {
  const text = printFrozen(freeze(contract("codegraph")));
  const { $comment, format, digest: _, ...written } = JSON.parse(text) as { readonly [key: string]: Json };
  const withType = (change: object) => {
    const { common, ...rest } = written as { readonly common: readonly { readonly type: object }[] };
    const [{ type, ...field } = { type: {} }, ...others] = common;
    const changed = { ...rest, common: [{ ...field, type: { ...type, ...change } }, ...others] };
    return JSON.stringify({ $comment, format, digest: digestOf(changed), ...changed });
  };
  const said = (change: object) => read(withType(change)).diagnostics.map(({ message }) => message);
  expect(said({})).toEqual([]);
  expect(said({ kind: "wave" })).toEqual([expect.stringContaining('common[0].type is "wave", a type that')]);
  expect(said({ kind: "list" })).toEqual([expect.stringContaining("common[0].type.of is missing")]);
  expect(said({ kind: "map", keys: { kind: "enum" }, of: 3 })).toEqual([
    expect.stringContaining("common[0].type.keys.schema is missing"),
  ]);
});
