import ts from "typescript";
import { describe, expect, it } from "vitest";
import { inLanguage } from "../../generator/emit/javascript.js";
import type { Model } from "../../generator/model/model.js";
import { targets } from "../../generator/targets/index.js";
import type { OutputFile } from "../../generator/targets/target.js";
import { contract, FIVE } from "./five.js";
import { HOSTILE, withTexts } from "./hostile-texts.js";

/**
 * Hostile texts of an author, which stand in code, too: as a literal, a name, a comment. Each place gets each kind of text once
 * in a few turns.
 */
const texts = [
  ...HOSTILE,
  "init : fresh checkout of the repository that is long enough for the line to be broken behind it",
  "is it ? or : is it not, and so on until the line is too long for what prints it to leave it as it is",
  "a ? b : c => { d } ; // e",
  "\\u{110000} \\x \\",
  "\u2028\u2029",
  "a&&b||c??d",
  `${"very ".repeat(40)}long`,
];
/** More places than one contract has are between two turns: few turns reach each pair of neighbours. */
const turns = [0, 7, 19, 31];

/** Keys of names, which the language holds to letters, digits and a few signs. */
const names = ["pattern", "url", "source", "wireName", "product", "field", "of", "by", "secret", "codeNames"];

function turned(model: Model, turn: number): Model {
  let at = turn;
  return withTexts(model, () => texts[at++ % texts.length] as string, names);
}

async function generated(model: Model): Promise<readonly OutputFile[]> {
  // Nothing is embedded: the page's script is parsed where it is built.
  const files = await Promise.all(targets.map((target) => target.generate(model, { "page.js": "", "page.css": "" })));
  return files.flat();
}

function problemIn({ path, text }: OutputFile): string | undefined {
  // Names of views are names of the language, and a sample of Prometheus' text has no escapes: it is what travels.
  if (!/\.sql$/.test(path) && /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/.test(text))
    return `${path}: a mark that turns the direction of reading`;
  if (path.endsWith(".json")) {
    try {
      JSON.parse(text);
      return undefined;
    } catch (error) {
      return `${path}: ${String(error)}`;
    }
  }
  if (!/\.[cm]?[jt]s$/.test(path)) return undefined;
  const { parseDiagnostics } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest) as unknown as {
    parseDiagnostics: readonly ts.Diagnostic[];
  };
  const [first] = parseDiagnostics;
  return first === undefined
    ? undefined
    : `${path}: ${String(first.messageText)} at ${text.slice(Math.max(0, (first.start ?? 0) - 60), (first.start ?? 0) + 60)}`;
}

describe.each(FIVE)("%s with hostile texts in each place", (product) => {
  it.each(turns)("every generated module parses (turn %i)", async (turn) => {
    const files = await generated(turned(contract(product), turn));
    expect(files.filter(({ path }) => /\.[jt]s$/.test(path)).length).toBeGreaterThan(5);
    expect(files.flatMap((file) => problemIn(file) ?? [])).toEqual([]);
  });

  it("and so it is in JavaScript, of both kinds", async () => {
    const files = await generated(turned(contract(product), 3));
    for (const language of ["js", "cjs"] as const) {
      const made = inLanguage(files, "client/", language, "spec/events.yaml");
      expect(made.flatMap((file) => problemIn(file) ?? [])).toEqual([]);
    }
  });
});
