/** The fields that a page says can be sent: section (an event, or what is sent with all) → field → its closed set, as text. */
export type Parsed = Readonly<Record<string, Readonly<Record<string, readonly string[] | "open">>>>;

/** Reads a page back, as a person would: by its headings and lists. Knows nothing of how it was made. */
export function parsePage(markdown: string): Parsed {
  const found: Record<string, Record<string, readonly string[] | "open">> = {};
  let section = "";
  for (const line of sentPart(markdown).split("\n")) {
    const heading = /^### `?([^`]+)`?$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading;
      found[section] = {};
    }
    const [, , field, said = ""] = /^- \*\*(`+) ?(.+?) ?\1\*\*: (.*)$/.exec(line) ?? [];
    const fields = found[section];
    if (field !== undefined && fields !== undefined) fields[field] = closedSet(firstSentence(said));
  }
  return found;
}

function sentPart(markdown: string): string {
  const from = markdown.indexOf("\n## What is sent\n");
  return markdown.slice(from, markdown.indexOf("\n## ", from + 1));
}

/** Returns the first sentence, the rule; the reason comes after it. A full stop inside code ends nothing. */
function firstSentence(text: string): string {
  return /^(?:`[^`]*`|[^`.])*/.exec(text)?.[0] ?? "";
}

function closedSet(may: string): readonly string[] | "open" {
  if (may.startsWith("`true` or `false`")) return ["true", "false"];
  const list = /(?:\bone of|(?:^|each )always) ((?:`[^`]*`(?: \([^)]*\))?(?:, )?)+)/.exec(may)?.[1];
  return list === undefined ? "open" : [...list.matchAll(/`([^`]*)`/g)].map(([, value = ""]) => value);
}
