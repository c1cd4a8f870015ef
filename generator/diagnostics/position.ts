/** A place in a text as people count: from 1. Columns count UTF-16 units, as editors do; a byte order mark doesn't count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Returns where a text's lines begin. Worked out once for a file, however many findings it has. */
export function lineStarts(text: string): readonly number[] {
  const starts = [text.startsWith("\ufeff") ? 1 : 0];
  for (const found of text.matchAll(/\r\n?|\n/g)) starts.push(found.index + found[0].length);
  return starts;
}

/** The position of an offset; the last one for offsets past the end. */
export function positionOf(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(0, offset - (starts[low] ?? 0)) + 1 };
}
