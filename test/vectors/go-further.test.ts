import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { allFields, typesWithin } from "../../generator/spec/rules/rule.js";
import { hasGo, listed, withGo } from "../go/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";
import { type Case, failures, type VectorFile } from "./drive.js";
import { inValidText } from "./for-go.js";
import { buildGo } from "./gos.js";
import { asked, casesOf, KNOWN } from "./known.js";

const temporary = temporaryFolder("vectors-go-further");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Docglow's, whose state file calls the identifier otherwise. */
const docglow = join(import.meta.dirname, "../../spec/systems/docglow/events.yaml");
const text = readFileSync(docglow, "utf8")
  .replace("      instance_id: { type: identifier }", "      install.id: { type: identifier, of: instance_id }")
  .replace(/\nclients: .*\n/, "\n");
const otherwise = withGo(read(text, docglow));

const models = [
  ...KNOWN.map(([name, path], at) => [name, `c${at}`, asked(path, "go")] as const),
  ["an identifier under another key", "other", otherwise] as const,
];
/** Maps have no order in Go: their entries are sorted, and nobody promises another one. */
function hasMap(model: Model): boolean {
  return allFields(model).some(({ type }) => typesWithin(type).some(({ keys }) => keys !== undefined));
}

function inAnyOrder({ expect: expected, ...one }: Case): Case {
  const requests = (expected["requests"] ?? []) as readonly Record<string, unknown>[];
  const anyOrder = requests.map(({ body, ...rest }) =>
    typeof body !== "string" ? { ...rest } : /^[[{]/.test(body) ? { ...rest, json: body } : rest,
  );
  return { ...one, expect: "requests" in expected ? { ...expected, requests: anyOrder } : expected };
}

describe.runIf(isThere("Go", hasGo()))("Go", () => {
  let runner: (name: string) => readonly string[];
  beforeAll(() => {
    runner = buildGo(
      temporary,
      models.flatMap(([, name, model]) => (typeof model === "string" ? [] : [{ name, model }])),
    );
    expect(listed("gofmt", ["-l", join(temporary, "samples")])).toBe("");
  }, 300_000);

  it.each(models)("answers as the contract of %s does", { timeout: 300_000 }, async (name, place, model) => {
    if (typeof model === "string") {
      // Said by `gen` in these words; nothing is half done.
      expect(model).toMatch(/^The Go client can't /);
      console.warn(`${name}: ${model}`);
      return;
    }
    const all = casesOf(model).map((one) => (hasMap(model) ? inAnyOrder(one) : one));
    const cases = inValidText({ cases: all }) as VectorFile;
    expect(await failures(runner(place), cases)).toEqual([]);
  });
});
