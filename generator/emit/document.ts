import type { HasFragments } from "../model/fragments.js";

/**
 * A page as a tree. Text is data here and never markup: only the printers (`markdown.ts`, `html.ts`) know what must be
 * escaped, so nothing that stands in a spec can become part of a page's structure.
 */
export interface Page {
  readonly title: string;
  /** The spec's path as shown to people. */
  readonly source: string;
  /** The blocks before the first section. */
  readonly intro: readonly Block[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: Inline;
  readonly blocks: readonly Block[];
  readonly sections?: readonly Section[];
  /** The event that this part of the page belongs to: it is printed once, as long as it stays as it is. */
  readonly event?: HasFragments;
}

export type Block =
  | { readonly kind: "paragraph"; readonly content: Inline }
  /** Somebody's own words, as they stand. */
  | { readonly kind: "quote"; readonly content: Inline }
  | { readonly kind: "list"; readonly items: readonly Inline[]; readonly numbered?: true }
  | { readonly kind: "table"; readonly header: readonly Inline[]; readonly rows: readonly (readonly Inline[])[] }
  | { readonly kind: "code"; readonly language: "js" | "json" | "sh" | "text" | "yaml"; readonly text: string };

/** A string is plain text. */
export type Inline = string | CodeSpan | Strong | Link | readonly Inline[];
export interface CodeSpan {
  readonly kind: "code";
  readonly text: string;
}
export interface Strong {
  readonly kind: "strong";
  readonly content: Inline;
}
export interface Link {
  readonly kind: "link";
  /** `https://…`, `#section` or a relative path. */
  readonly to: string;
  readonly content: Inline;
}

export function paragraph(content: Inline): Block {
  return { kind: "paragraph", content };
}

export function quote(content: Inline): Block {
  return { kind: "quote", content };
}

export function list(items: readonly Inline[]): Block {
  return { kind: "list", items };
}

/** Returns where the order counts. */
export function numbered(items: readonly Inline[]): Block {
  return { kind: "list", items, numbered: true };
}

export function table(header: readonly Inline[], rows: readonly (readonly Inline[])[]): Block {
  return { kind: "table", header, rows };
}

export function codeBlock(language: "js" | "json" | "sh" | "text" | "yaml", text: string): Block {
  return { kind: "code", language, text };
}

export function code(text: string): CodeSpan {
  return { kind: "code", text };
}

export function strong(content: Inline): Strong {
  return { kind: "strong", content };
}

export function link(to: string, content: Inline): Link {
  return { kind: "link", to, content };
}

/** A sentence with parts put into it: say`Set ${code("CI")}.` */
export function say(sentence: TemplateStringsArray, ...parts: readonly Inline[]): Inline {
  return sentence.flatMap((text, index) => [text, parts[index] ?? ""]).filter((part) => part !== "");
}

/** Parts one after the other: `a, b, c`, or with a last word `a, b or c`. */
export function enumerate(parts: readonly Inline[], last?: "and" | "or"): Inline {
  return parts.flatMap((part, index) =>
    index === 0 ? [part] : [index === parts.length - 1 && last !== undefined ? ` ${last} ` : ", ", part],
  );
}

const markup = /`([^`\r\n]+)`|(https:\/\/[A-Za-z0-9][A-Za-z0-9\-._~:/?#@!$&+,;=%]*[A-Za-z0-9/_=-])/;

/** Text as people write it in a spec: `words in backticks` are code, and https addresses are links. All else is plain. */
export function prose(text: string): Inline {
  const mark = markup.exec(text);
  if (mark === null) return text;
  const [all, quoted, address] = mark;
  const part = quoted === undefined ? link(address as string, address as string) : code(quoted);
  return [text.slice(0, mark.index), part, prose(text.slice(mark.index + all.length))].filter((piece) => piece !== "");
}

/** The words alone, without markup. */
export function plainText(content: Inline): string {
  if (typeof content === "string") return content;
  if (isParts(content)) return content.map(plainText).join("");
  return content.kind === "code" ? content.text : plainText(content.content);
}

export function isParts(content: Inline): content is readonly Inline[] {
  return Array.isArray(content);
}

/** A heading's anchor, by the rule that GitHub uses. */
export function anchorOf(title: Inline): string {
  return plainText(title)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
    .replaceAll(" ", "-");
}
