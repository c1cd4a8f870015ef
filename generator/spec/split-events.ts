/** The places of a spec's events in its text, so that each can be read by itself. */
export interface Split {
  /** Each from the beginning of its key's line up to that of the next. */
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  /** The indentation of their keys. */
  readonly indent: number;
  /** The position of the key `events`. */
  readonly key: number;
}

/**
 * Characters by which a line of YAML mean something else than its indentation says, or its offset something else than its place.
 */
const ODD = /\r|\t|^(?:---|\.\.\.|%)|^\ufeff/m;

/**
 * Cuts the block under `events:` at the lines that are indented as its first key is, if nothing in the text looks odd. It is a
 * proposal: whoever reads the pieces makes sure that each is one whole entry by itself, and reads all in one where that isn't so.
 */
export function splitEvents(text: string): Split | undefined {
  const head = /^events:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*([ ]+)(?=[^\s#])/m.exec(text);
  if (head === null || ODD.test(text)) return undefined;
  const indent = head[1]?.length ?? 0;
  const starts: number[] = [];
  let at = head.index + head[0].length - indent;
  while (at < text.length) {
    const depth = spacesAt(text, at);
    const first = text[at + depth];
    if (first !== "\n" && first !== "#" && first !== undefined) {
      if (depth === 0) break;
      if (depth < indent) return undefined;
      if (depth === indent) starts.push(at);
    }
    at = text.indexOf("\n", at) + 1 || text.length;
  }
  const ends = [...starts.slice(1), at];
  return { pieces: starts.map((start, index) => ({ start, end: ends[index] ?? at })), indent, key: head.index };
}

function spacesAt(text: string, at: number): number {
  let end = at;
  while (text[end] === " ") end++;
  return end - at;
}
