import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Model } from "../../../generator/model/model.js";
import { visible, visibleLines } from "../../../generator/code/visible.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { FIVE, contract } from "../five.js";
import { leaves, replaced, wordsAt } from "../leaves.js";
import { asRead, rendered, squeezed } from "./as-read.js";

/** Each of these broke a shipped tool, or is what an attacker would try on this one. */
const HOSTILE: readonly string[] = [
  "*/ alert(1) /*",
  "a ` b",
  "``` c",
  "~~~ fence ~~~",
  "${process.env.HOME} and $x$",
  "one | two || three",
  "back\\|slash \\",
  "<b>bold</b><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "&lt;b&gt; &#60;b&#62; &amp;",
  "first line\nsecond line\n\n# a heading\n\n- an item\n\n| a | table |\n| --- | --- |",
  "--> <!-- -->",
  '""" \'\'\'',
  "\u200fright to left\u202e\u2066",
  "[click](javascript:alert(1)) ![x](http://example.test/x.png) [x]: http://example.test",
  "<javascript:alert(1)> <https://example.test>",
  "# not a heading",
  "1. not a list",
  "+ nor this",
  "=====",
  "---",
  "> no quote",
  "*no* _emphasis_ **here** __or__ ~~there~~",
  "it's done",
  "    indented",
  "[^1] [ ] [x] task",
  "{{ template }} {% raw %} <%= erb %>",
  "nul\u0000 bell\u0007 \ud800 lone",
  "https://example.test/?a=1|b`c<d>\"e",
  "@someone #123 :smile:",
];

const pageOf = (model: Model) => docsTarget.generate(model)[0]?.text ?? "";

/** Every text that an author wrote, replaced. */
function withTexts(model: Model, change: (text: string) => string): Model {
  const texts = leaves(model, structural).filter((leaf) => typeof leaf.value === "string" && wordsAt(leaf) === undefined);
  return texts.reduce((changed, { path, value }) => replaced(changed, path, change(String(value))), model);
}

/** What the builder derives rather than takes from the spec, or what decides the page's form and not its words. */
const structural: ReadonlySet<string> = new Set(["at", "codeName", "frozen", "changes", "kind", "rule", "identifier", "justification", "date", "storedAs"]);

/** The skeleton of a page: its elements without their texts. Code and links inside a line are what an author may write. */
function shape(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<\/?(code|a)\b[^>]*>/g, "")
    .replace(/>[^<]*/g, ">")
    .replace(/<(h\d)[^>]*>/g, "<$1>");
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

  test.each(FIVE)("any text at any place of %s keeps the page's form", (product) => {
    const model = contract(product);
    const plain = shape(rendered(pageOf(withTexts(model, () => "plain"))));
    const nasty = fc.array(fc.constantFrom(..."`|\\*_~<>&#-+=[]()!$:;\"' \n\tax1.".split(""), "```", "-->", "\r\n", "\u202e", "&lt;", "https://a.test/"), { minLength: 1, maxLength: 12 });
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
  expect(addresses.filter((address) => !/^(https:\/\/|#|mailto:|http:\/\/(example|www)\.|[^:]*$)/.test(address))).toEqual([]);
}

const allowed: ReadonlySet<string> = new Set(["h1", "h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "strong", "a", "blockquote"]);
