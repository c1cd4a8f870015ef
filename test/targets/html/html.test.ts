import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { asRead, rendered } from "../docs/as-read.js";
import { contract, FIVE } from "../five.js";
import { HOSTILE, withTexts } from "../hostile-texts.js";
import { htmlOf } from "./page-of.js";

/** Returns the content that a reader sees, without what the page has beyond TELEMETRY.md. */
function content(html: string): string {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return asRead(
    main.replace(/<section id="check"[\s\S]*$/, "").replace(/<p class="pointer">You saw [\s\S]*?<\/p>/, ""),
  ).replace(/\s/g, "");
}

describe.each(FIVE)("%s", (product) => {
  const html = htmlOf(contract(product));

  test("says what TELEMETRY.md says, word for word", () => {
    const markdown = docsTarget.generate(contract(product))[0]?.text ?? "";
    expect(content(html)).toBe(asRead(rendered(markdown)).replace(/\s/g, ""));
  });

  test("loads nothing, and lets nothing run but its own style and script", () => {
    const markup = html.replace(/<script[\s\S]*?<\/script>/g, "");
    expect(
      markup.match(/\s(src|srcset|action|on[a-z]+)=|<(link|img|iframe|object|embed|base)\b|@import|url\(/i)?.[0],
    ).toBeUndefined();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(
      script.match(
        /\beval\b|new Function|\bfetch\b|XMLHttpRequest|WebSocket|sendBeacon|import\(|localStorage|innerHTML|document\.write/,
      )?.[0],
    ).toBeUndefined();
  });

  test("has one of each landmark, labels for all that can be filled in, and no name twice", () => {
    for (const landmark of ["<main ", "<nav ", 'role="search"', "<h1>"]) expect(html.split(landmark)).toHaveLength(2);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id ?? "");
    expect(ids).toEqual([...new Set(ids)]);
    for (const [, target = ""] of html.matchAll(/\s(?:for|aria-labelledby|aria-describedby|href="#)="?([^"]*)"/g))
      expect(ids).toContain(target);
    for (const [, target = ""] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    expect(html.match(/<(input|select|textarea)\b/g)?.length).toBe(html.match(/<label /g)?.length);
  });
});

describe("hostile texts", () => {
  const model = contract("docglow");
  const shape = (html: string) =>
    html
      .replace(/<script[\s\S]*?<\/script>/g, "<script>")
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/ (id|href|aria-labelledby|content)="[^"]*"/g, "")
      .replace(/<\/?(code|a|wbr)>/g, "")
      // Words of one line that people are shown are quoted; those of several stand in a block.
      .replace(/<blockquote>\s*(?:<p>)?([^<]*)(?:<\/p>)?\s*<\/blockquote>/g, '<pre tabindex="0">$1</pre>')
      .replace(/>[^<]*/g, ">");
  const plain = shape(htmlOf(withTexts(model, (text) => `${text} plain`, ["pattern"])));
  test.each(HOSTILE)("%j at every place at once", (text) => {
    expect(shape(htmlOf(withTexts(model, (old) => `${text} ${old}`, ["pattern"])))).toBe(plain);
  });
});
