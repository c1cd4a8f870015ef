import { structuredPatch } from "diff";

/** The number of lines of a difference that are worth showing: enough to see what it is about. */
const maxLines = 12;

/** The first differences between two texts, one line each with `-`, `+` or a space before it; at most twelve. */
export function shortDiff(before: string, after: string): readonly string[] {
  // In a CRLF checkout, every line would differ.
  const patch = structuredPatch("", "", before.replaceAll("\r\n", "\n"), after, "", "", {
    context: 1,
    maxEditLength: 400,
  });
  if (patch === undefined) return ["almost every line differs"];
  const lines = patch.hunks.flatMap((hunk, index) => [...(index === 0 ? [] : ["…"]), ...hunk.lines]);
  const shown = lines.slice(0, maxLines).map((line) => (line.length > 160 ? `${line.slice(0, 160)}…` : line));
  return lines.length > maxLines ? [...shown, `… and ${lines.length - maxLines} more lines`] : shown;
}
