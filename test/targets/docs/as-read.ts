import { marked } from "marked";

/** A page as GitHub shows it, near enough: CommonMark with tables. */
export function rendered(markdown: string): string {
  return marked.parse(markdown, { gfm: true, async: false });
}

/** Returns the text as a reader sees it: tags gone, entities decoded, white space collapsed. */
export function asRead(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}

/** The same without any white space, for finding texts that markup may stand within. */
export function squeezed(text: string): string {
  return text.replace(/[\s`]/g, "");
}
