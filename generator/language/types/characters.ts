/** A set of UTF-16 units as ranges, both ends included: rising, apart from each other. */
export type Characters = readonly (readonly [from: number, to: number])[];

const last = 0xffff;
const EVERYTHING: Characters = [[0, last]];

/** The characters that one atom of a regular expression takes: a character, an escape, or a class. Undefined for what is no character. */
export function charactersOf(atom: string): Characters | undefined {
  if (atom === "^" || atom === "$" || atom === "\\b" || atom === "\\B") return undefined;
  if (atom === ".") return without(EVERYTHING, LINE_ENDS);
  if (atom.startsWith("[")) return classOf(atom);
  return atom.startsWith("\\") ? escapeOf(atom) : one(atom.charCodeAt(0));
}

/** Returns what both have. */
export function common(a: Characters, b: Characters): Characters {
  const found: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as readonly [number, number], b[j] as readonly [number, number]];
    const [from, to] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
    if (from <= to) found.push([from, to]);
    if (x[1] < y[1]) i++;
    else j++;
  }
  return found;
}

/** Returns how many there are. */
export function sizeOf(characters: Characters): number {
  return characters.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** One that a person reads easily, where there is one. */
export function plainest(characters: Characters): number {
  const [plain] = PLAIN.flatMap((range) => common(characters, [range]));
  return (plain ?? characters[0] ?? [0])[0];
}

/** The ranges cut at each place where one of the sets begins or ends: within a piece no set tells two characters apart. */
export function pieces(sets: readonly Characters[]): Characters {
  const cuts = new Set(sets.flatMap((set) => set.flatMap(([from, to]) => [from, to + 1])));
  const rising = [...cuts].sort((a, b) => a - b);
  return rising.slice(0, -1).map((from, at) => [from, (rising[at + 1] as number) - 1]);
}

export function has(characters: Characters, code: number): boolean {
  return characters.some(([from, to]) => from <= code && code <= to);
}

const PLAIN: Characters = [
  [0x61, 0x7a],
  [0x41, 0x5a],
  [0x30, 0x39],
  [0x20, 0x7e],
];
const DIGITS: Characters = [[0x30, 0x39]];
const WORD: Characters = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const LINE_ENDS: Characters = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
/** The characters that `\s` takes. */
const SPACE: Characters = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const CLASSES: Readonly<Record<string, Characters>> = {
  d: DIGITS,
  D: without(EVERYTHING, DIGITS),
  w: WORD,
  W: without(EVERYTHING, WORD),
  s: SPACE,
  S: without(EVERYTHING, SPACE),
};
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };

function one(code: number): Characters {
  return [[code, code]];
}

function escapeOf(written: string): Characters {
  const letter = written[1] ?? "";
  if (written.length > 2 && letter === "c") return one(written.charCodeAt(2) % 32);
  if (written.length > 2) return one(Number.parseInt(written.slice(2).replace(/[{}]/g, ""), 16));
  return CLASSES[letter] ?? one(CONTROLS[letter] ?? letter.charCodeAt(0));
}

const MEMBER = /\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\[\s\S]|[\s\S]/g;

function classOf(text: string): Characters {
  const negated = text.startsWith("[^");
  const written = text.slice(negated ? 2 : 1, -1).match(MEMBER) ?? [];
  const members = written.map((member) =>
    member === "\\b" ? one(8) : member.startsWith("\\") ? escapeOf(member) : one(member.charCodeAt(0)),
  );
  const ranges: [number, number][] = [];
  for (let at = 0; at < members.length; at++) {
    const [from, to] = [members[at] as Characters, members[at + 2]];
    if (written[at + 1] === "-" && to !== undefined && sizeOf(from) === 1 && sizeOf(to) === 1) {
      ranges.push([(from[0] as readonly [number, number])[0], (to[0] as readonly [number, number])[0]]);
      at += 2;
    } else ranges.push(...from.map(([low, high]): [number, number] => [low, high]));
  }
  const all = union(ranges);
  return negated ? without(EVERYTHING, all) : all;
}

function union(ranges: readonly (readonly [number, number])[]): Characters {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = joined.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function without(all: Characters, some: Characters): Characters {
  const rest: [number, number][] = [];
  let from = 0;
  for (const [low, high] of some) {
    if (low > from) rest.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= last) rest.push([from, last]);
  return common(all, rest);
}
