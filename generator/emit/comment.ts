/** Characters that could end a comment, start a new line in it, or make it read in another order than it is written in. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Text from a spec as it may stand in a comment of TypeScript or JavaScript: on one line, unable to end it. */
export function commentText(text: string): string {
  return text.replace(UNSAFE, " ").replaceAll("*/", "*\u2215").replace(/\s+/g, " ").trim();
}

/** ` // …`, to stand behind code; nothing where there is nothing to say. */
export function trailingComment(text: string): string {
  const safe = commentText(text);
  return safe === "" ? "" : ` // ${safe}`;
}

/** `// …` on as many lines as it takes; ends in a newline. */
export function lineComments(text: string, indent: string, width = 120): string {
  const lines: string[] = [];
  let current = `${indent}//`;
  for (const word of commentText(text).split(" ")) {
    if (current.length + 1 + word.length > width && !current.endsWith("//")) {
      lines.push(current);
      current = `${indent}//`;
    }
    current += ` ${word}`;
  }
  return [...lines, current].map((line) => `${line}\n`).join("");
}

/** A doc comment: one line where it fits, else one per paragraph. Spaces that a paragraph begins with stay: it is a line of an example. */
export function docComment(paragraphs: readonly string[], indent = ""): string {
  const lines = paragraphs
    .map((text) => `${/^ */.exec(text)?.[0]}${commentText(text)}`)
    .filter((line) => line.trim() !== "");
  if (lines.length === 0) return "";
  const short = `${indent}/** ${lines[0]} */\n`;
  if (lines.length === 1 && short.length <= 121) return short;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

/** A text on lines of at most so many columns, where words allow it. @param mayBegin what a line may begin with: marks may mean something there. */
export function wrapWords(text: string, columns: number, mayBegin: RegExp): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && mayBegin.test(word) && current.length + 1 + word.length > columns) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

/** A mark that begins each line of a comment, and what may follow it. */
interface Marked {
  readonly mark: string;
  readonly indent: string;
  /** The columns of a line, with its indentation. */
  readonly width: number;
  /** What a line may begin with without a meaning of its own. */
  readonly mayBegin: RegExp;
  /** A paragraph of a contract as it may stand there. */
  readonly clean: (paragraph: string) => string;
}

/** Paragraphs as a comment of lines, with an empty one between two; ends in a newline. */
export function markedLines(paragraphs: readonly string[], { mark, indent, width, mayBegin, clean }: Marked): string {
  const columns = width - indent.length - mark.length - 1;
  return paragraphs
    .filter((paragraph) => paragraph.trim() !== "")
    .flatMap((paragraph, at) => [...(at > 0 ? [""] : []), ...wrapWords(clean(paragraph), columns, mayBegin)])
    .map((line) => `${indent}${mark}${line === "" ? "" : ` ${line}`}\n`)
    .join("");
}
