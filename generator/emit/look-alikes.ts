/** Letters of other scripts that are drawn as one of ours is. */
const drawnAs: Readonly<Record<string, string>> = {
  ...pairs(
    "а",
    "a",
    "е",
    "e",
    "о",
    "o",
    "р",
    "p",
    "с",
    "c",
    "у",
    "y",
    "х",
    "x",
    "і",
    "i",
    "ј",
    "j",
    "ѕ",
    "s",
    "ԁ",
    "d",
    "һ",
    "h",
    "ԛ",
    "q",
    "ԝ",
    "w",
  ),
  ...pairs(
    "А",
    "A",
    "В",
    "B",
    "Е",
    "E",
    "К",
    "K",
    "М",
    "M",
    "Н",
    "H",
    "О",
    "O",
    "Р",
    "P",
    "С",
    "C",
    "Т",
    "T",
    "Х",
    "X",
    "І",
    "I",
    "Ј",
    "J",
    "Ѕ",
    "S",
  ),
  ...pairs(
    "α",
    "a",
    "ο",
    "o",
    "ν",
    "v",
    "ρ",
    "p",
    "ι",
    "i",
    "κ",
    "k",
    "χ",
    "x",
    "υ",
    "u",
    "γ",
    "y",
    "Α",
    "A",
    "Β",
    "B",
    "Ε",
    "E",
    "Η",
    "H",
    "Ι",
    "I",
  ),
  ...pairs(
    "Κ",
    "K",
    "Μ",
    "M",
    "Ν",
    "N",
    "Ο",
    "O",
    "Ρ",
    "P",
    "Τ",
    "T",
    "Υ",
    "Y",
    "Χ",
    "X",
    "Ζ",
    "Z",
    "ɑ",
    "a",
    "ɡ",
    "g",
    "ⅼ",
    "l",
    "ⅰ",
    "i",
    "ı",
    "i",
  ),
};

function pairs(...letters: readonly string[]): Record<string, string> {
  return Object.fromEntries(letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? ""]] : [])));
}

/** A text in which letters that are not what they look like say so: `lо[U+043E]cal`. */
export function markLookAlikes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything but ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  // A word in one other script is a word; one letter among ours is a trap.
  return text.replaceAll(/[\p{L}\p{N}_.-]+/gu, (word) =>
    /[A-Za-z0-9_]/.test(word) || [...word].every((letter) => Object.hasOwn(drawnAs, letter))
      ? [...word].map((letter) => (isForeign(letter) ? `${letter}[${codeOf(letter)}]` : letter)).join("")
      : word,
  );
}

function isForeign(letter: string): boolean {
  return Object.hasOwn(drawnAs, letter) || /[\uff21-\uff3a\uff41-\uff5a]/.test(letter);
}

function codeOf(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Returns what a name looks like: names of one skeleton are taken for each other. */
function skeleton(name: string): string {
  return [...name.normalize("NFKC")]
    .map((letter) => drawnAs[letter] ?? letter)
    .join("")
    .replaceAll(/[1lI|]/g, "l")
    .replaceAll(/[0O]/g, "o")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .toLowerCase();
}

/** The name among others that this one is taken for. */
export function lookAlike(name: string, others: readonly string[]): string | undefined {
  const ownSkeleton = skeleton(name);
  return others.find((other) => other !== name && skeleton(other) === ownSkeleton);
}
