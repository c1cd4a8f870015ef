/** The difference between two wordings, as far as it can be seen without understanding them. */
export type WordingChange =
  /** Case, white space, the shape of quotes and dashes, the full stop at the end. */
  | "none"
  /** A word is spelt differently by one letter. */
  | "spelling"
  /** Another word that means the same: "repository" for "repo". */
  | "synonym"
  /** The same words with one more that can only limit: "two maintainers" for "maintainers". */
  | "stricter"
  | "other";

export function compareWords(before: string, after: string): WordingChange {
  const [was, is] = [plain(before), plain(after)];
  if (was === is) return "none";
  const [old, now] = [tokens(was), tokens(is)];
  const [oldSame, nowSame] = [inCommonWords(was), inCommonWords(is)];
  if (old.length === now.length && old.every((token, at) => token === now[at] || isTypo(token, now[at] ?? "")))
    return "spelling";
  if (oldSame.length === nowSame.length && oldSame.every((token, at) => token === nowSame[at])) return "synonym";
  return isStricter(old, now) ? "stricter" : "other";
}

/** Returns whether nobody could read the one otherwise than the other. */
export function sameWords(before: string, after: string): boolean {
  const change = compareWords(before, after);
  return change !== "stricter" && change !== "other";
}

/** Without what is typography alone. Commas and colons stay: they can turn a sentence round. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replaceAll(/[\u201c-\u201f]/g, '"')
    .replaceAll(/\s[-\u2013\u2014]+\s/g, " - ")
    .replaceAll("\u2026", "...")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/(?<!\.)\.$/, "");
}

/** Words and phrases that say the same in a sentence about telemetry. Nothing that bounds or counts is among them. */
const synonyms: readonly (readonly [string, RegExp])[] = [
  ["repo", /\brepositor(?:y|ies)\b|\brepos\b/g],
  ["id", /\bidentifiers?\b|\bids\b/g],
  ["app", /\bapplications?\b|\bapps\b/g],
  ["config", /\bconfigurations?\b|\bconfigs\b/g],
  ["info", /\binformation\b/g],
  ["folder", /\bdirector(?:y|ies)\b|\bfolders\b/g],
  ["os", /\boperating systems?\b/g],
  ["cli", /\bcommand[- ]line\b/g],
  ["delete", /\b(?:remove|erase|purge)(?=[sd]?\b)/g],
  ["store", /\b(?:keep|retain)(?=s?\b)|\bretain(?=ed\b)/g],
  ["stored", /\bkept\b|\bstoreed\b/g],
  ["how often", /\bhow frequently\b/g],
  ["for example", /\be\.g\.|\bfor instance\b/g],
  ["that is", /\bi\.e\./g],
  ["begin", /\bstart(?=s?\b)/g],
  ["show", /\bdisplay(?=s?\b)/g],
  ["choose", /\bpick(?=s?\b)|\bselect(?=s?\b)/g],
  ["help", /\bassist(?=s?\b)/g],
  ["fast", /\bquickly\b|\brapidly\b/g],
  ["large", /\bbig\b/g],
  ["do not", /\bdon't\b/g],
  ["does not", /\bdoesn't\b/g],
  ["is not", /\bisn't\b/g],
  ["are not", /\baren't\b/g],
  ["cannot", /\bcan't\b|\bcan not\b/g],
  ["will not", /\bwon't\b/g],
  ["it is", /\bit's\b/g],
  ["we will", /\bwe'll\b/g],
  ["and", /&/g],
];

/** Spelt one way on either side of the Atlantic. */
function inCommonWords(text: string): readonly string[] {
  const common = synonyms.reduce((now, [word, others]) => now.replace(others, word), text);
  return tokens(
    common
      .replaceAll(/(?<=\p{L}{3})is(?=(?:e|es|ed|ing|ation|ations)\b)/gu, "iz")
      .replaceAll(/(?<=\p{L}{2})our(?=s?\b|al\b|ite\b)/gu, "or")
      .replaceAll(/(?<=\p{L})ogue\b/gu, "og"),
  );
}

function tokens(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}']+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** Words that turn or bound a sentence: never a slip of the pen. */
const weighty =
  /^(no|not|non|nor|never|ever|none|nothing|nobody|without|within|only|except|unless|but|all|any|every|each|some|most|more|less|first|third|before|after|once|twice|daily|hourly|on|off|in|out|can|can't|cannot|may|must|will|won't|is|isn't|are|aren't|do|don't|does|doesn't)$/;

/** One letter more, fewer, other, or two that changed places, in a word of some length. */
function isTypo(a: string, b: string): boolean {
  if (weighty.test(a) || weighty.test(b) || !/^\p{L}{4,}$/u.test(a) || !/^\p{L}{4,}$/u.test(b)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // A letter in front makes another word: "moral" and "amoral".
  if (long.length - short.length > 1 || short[0] !== long[0]) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++;
  const [restShort, restLong] = [short.slice(start, short.length - end), long.slice(start, long.length - end)];
  // The plural is another number of things.
  if (restShort === "" && restLong === "s" && end === 0) return false;
  if (restShort.length <= 1 && restLong.length <= 1) return Math.max(a.length, b.length) >= 5;
  return restShort.length === 2 && restShort === [...restLong].reverse().join("") && short.length === long.length;
}

/** Words that can only make a promise narrower, wherever it stands. */
const limiting = /^(one|two|three|four|five|named|core|lead|few|single|only|just|strictly|solely)$/;

function isStricter(old: readonly string[], now: readonly string[]): boolean {
  let at = 0;
  const more: string[] = [];
  for (const token of now)
    if (token === old[at]) at++;
    else more.push(token);
  return at === old.length && more.length > 0 && more.every((token) => limiting.test(token));
}

/** Words that take something back from what is next to it. */
const exception =
  /\b(but|except|excepting|unless|other than|apart from|if|when|while|only|besides|however|excluding|beyond|until|aside|save for|may|might|can|could|sometimes|usually|mostly|generally|typically)\b/i;

/**
 * A promise as the single things that it promises: "A, B or C" is three. An exception belongs to each of them, so that to add one
 * is to take all of them back.
 */
export function promisesIn(text: string): readonly string[] {
  const parts = text
    .replaceAll(/\s+/g, " ")
    .trim()
    .split(/(?<=[^\s])[,;](?=\s|$)|\.(?=\s|$)/)
    .map((part) => part.trim().replace(/^(and|or|nor)\s+/i, ""))
    .filter((part) => part !== "");
  const exceptions = parts.filter((part) => exception.test(part));
  const things = parts.filter((part) => !exception.test(part));
  if (exceptions.length === 0) return things;
  const limits = ` (${exceptions.join("; ")})`;
  return things.length === 0 ? exceptions : things.map((thing) => thing + limits);
}

/** Returns whether a place is only said more exactly: where it is, or that it is encrypted. */
export function isMoreExact(before: string, after: string): boolean {
  const [was, is] = [plain(before), plain(after)];
  if (!is.startsWith(was)) return false;
  return (
    /^,? ?\(?(in|within|hosted in|located in|encrypted)\b[^,;&+]*\)?$/.test(is.slice(was.length)) &&
    !/\b(and|or|also|plus|copied|copy|shared)\b/.test(is.slice(was.length))
  );
}

/** Returns whether a list of things goes on where it ended: "file paths" and "file paths or names". */
export function namesMore(before: string, after: string): boolean {
  const [was, is] = [plain(before), plain(after)];
  if (!was.startsWith("never collected: ") || !is.startsWith(was)) return false;
  const more = is.slice(was.length);
  return /^,? (?:and|or|nor) \S/.test(more) && !exception.test(more) && !/[.,;:()]/.test(more.slice(1));
}
