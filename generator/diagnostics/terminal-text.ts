// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys them, so they are looked for and replaced.
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Nothing that a terminal would obey, and nothing that has no column of its own. */
export function asShown(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(OBEYED, "\ufffd");
}

const combining = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Returns how many columns a terminal gives a text. */
export function columnsOf(text: string): number {
  // Nearly all of it is plain.
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** A line, on as many as it needs. A word that is longer than a line stays whole: it may be a path or an address. */
export function wrapLine(line: string, width: number | undefined, indent: string): readonly string[] {
  if (width === undefined || columnsOf(line) <= width) return [line];
  const lines: string[] = [];
  let current = "";
  for (const [word] of line.matchAll(/ *[^ ]+/g)) {
    const next = current === "" && lines.length > 0 ? indent + word.trimStart() : current + word;
    if (current !== "" && columnsOf(next) > width) {
      lines.push(current);
      current = indent + word.trimStart();
    } else current = next;
  }
  return current === "" ? lines : [...lines, current];
}
