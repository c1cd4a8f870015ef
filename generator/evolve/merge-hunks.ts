/** The length of the marks: so long that no line of a contract is taken for one. */
export const markSize = 41;

/** Returns what `git merge-file --diff3` made of three texts, with every conflict taken apart that is none: where both sides only add. */
export function mergeHunks(merged: string): { readonly text: string; readonly conflicts: number } {
  const mark = (sign: string) => sign.repeat(markSize);
  const hunk = new RegExp(
    `^${mark("<")}[^\\n]*\\n([^]*?)^\\${mark("|").split("").join("\\")}[^\\n]*\\n([^]*?)^${mark("=")}\\r?\\n([^]*?)^${mark(">")}[^\\n]*(?:\\n|$)`,
    "gm",
  );
  let conflicts = 0;
  const text = merged.replace(hunk, (_whole, ours: string, base: string, theirs: string) => {
    const both = bothAdded(base, ours, theirs);
    if (both !== undefined) return both;
    conflicts++;
    return `<<<<<<< ours\n${ours}||||||| base\n${base}=======\n${theirs}>>>>>>> theirs\n`;
  });
  return { text, conflicts };
}

/** Both additions, ours first where they stand at one place. Undefined where a side takes something away or has another in its place. */
function bothAdded(base: string, ours: string, theirs: string): string | undefined {
  for (const split of [inLines, inWords]) {
    const [from, left, right] = [split(base), split(ours), split(theirs)];
    const [own, other] = [addition(from, left), addition(from, right)];
    if (own === undefined || other === undefined) continue;
    const same = own.at === other.at && own.put.join("") === other.put.join("");
    const puts = same ? [own] : own.at <= other.at ? [own, other] : [other, own];
    const pieces = puts.toReversed().reduce((now, { at, put }) => now.toSpliced(at, 0, ...put), [...from]);
    return pieces.join("");
  }
  return undefined;
}

const inLines = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const inWords = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_.-]+|\s+|[^\s]/gu) ?? [];

/** The one run of pieces that a side has more than the base. */
function addition(
  base: readonly string[],
  side: readonly string[],
): { readonly at: number; readonly put: readonly string[] } | undefined {
  if (side.length < base.length) return undefined;
  let start = 0;
  while (start < base.length && base[start] === side[start]) start++;
  let end = 0;
  while (end < base.length - start && base.at(-1 - end) === side.at(-1 - end)) end++;
  return start + end < base.length ? undefined : { at: start, put: side.slice(start, side.length - end) };
}
