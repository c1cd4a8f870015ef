/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** In its document, from 1. */
  readonly line: number;
}

export function blocksOf(markdown: string): readonly Block[] {
  const found: Block[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [at, line] of markdown.split("\n").entries()) {
    if (!line.startsWith("```")) open?.lines.push(line);
    else if (open === undefined) open = { language: line.slice(3).trim(), line: at + 1, lines: [] };
    else {
      found.push({ language: open.language, line: open.line, text: `${open.lines.join("\n")}\n` });
      open = undefined;
    }
  }
  return found;
}
