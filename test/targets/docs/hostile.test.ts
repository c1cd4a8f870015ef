import { describe, expect, test } from "vitest";
import { visible, visibleLines } from "../../../generator/emit/visible.js";
import type { Model } from "../../../generator/model/model.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { fc } from "../../support/property.js";
import { contract, FIVE } from "../five.js";
import { HOSTILE, withTexts } from "../hostile-texts.js";
import { asRead, rendered, squeezed } from "./as-read.js";

const pageOf = (model: Model) => docsTarget.generate(model)[0]?.text ?? "";

/** The skeleton of a page: its elements without their texts. Code and links inside a line are what an author may write. */
function shape(html: string): string {
  return (
    html
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/<\/?(code|a)\b[^>]*>/g, "")
      // Words of one line that people are shown are quoted; those of several stand in a block.
      .replace(/<blockquote>\s*<p>([^<]*)<\/p>\s*<\/blockquote>/g, "<pre>$1</pre>")
      .replace(/>[^<]*/g, ">")
      .replace(/<(h\d)[^>]*>/g, "<$1>")
  );
}

describe("hostile texts", () => {
  const model = contract("docglow");
  const benign = shape(rendered(pageOf(withTexts(model, (text) => `${text} plain`))));

  test.each(HOSTILE)("%j at every place at once", (text) => {
    const html = rendered(pageOf(withTexts(model, (old) => `${text} ${old}`)));
    expect(shape(html)).toBe(benign);
    holdsNothingForeign(html);
    const seen = squeezed(asRead(html));
    // In tables, lists and sentences on one line; in a block of code with its lines.
    for (const wanted of [visible(text), visibleLines(text)]) expect(seen).toContain(squeezed(wanted));
  });

  test.each(HOSTILE)("%j as what a person types to turn it off", (run) => {
    const typed = (text: string) => {
      const commands = { disable: { ...model.consent, run: text, prints: [], stores: [] } };
      return rendered(pageOf({ ...model, consent: { ...model.consent, commands } }));
    };
    const html = typed(run);
    expect(shape(html)).toBe(shape(typed("plain")));
    holdsNothingForeign(html);
    expect(squeezed(asRead(html))).toContain(squeezed(visibleLines(run)));
  });

  test.each(FIVE)("any text at any place of %s keeps the page's form", (product) => {
    const model = contract(product);
    const plain = shape(rendered(pageOf(withTexts(model, () => "plain"))));
    const nasty = fc.array(
      fc.constantFrom(
        ..."`|\\*_~<>&#-+=[]()!$:;\"' \n\tax1.".split(""),
        "```",
        "-->",
        "\r\n",
        "\u202e",
        "&lt;",
        "https://a.test/",
      ),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const html = rendered(pageOf(withTexts(model, () => `x${parts.join("")}y`)));
        expect(shape(html)).toBe(plain);
        holdsNothingForeign(html);
      }),
      { numRuns: 25 },
    );
  });
});

function holdsNothingForeign(page: string): void {
  const html = page.replace(/^<!--[^>]*-->/, "");
  expect(html).not.toContain("<!--");
  const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag));
  expect([...tags].filter((tag) => !allowed.has(tag ?? ""))).toEqual([]);
  const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? "");
  expect(
    addresses.filter((address) => !/^(https:\/\/|#|mailto:|http:\/\/(example|www)\.|[^:]*$)/.test(address)),
  ).toEqual([]);
}

const allowed: ReadonlySet<string> = new Set([
  "h1",
  "h2",
  "h3",
  "p",
  "ol",
  "ul",
  "li",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
  "code",
  "pre",
  "strong",
  "a",
  "blockquote",
]);
