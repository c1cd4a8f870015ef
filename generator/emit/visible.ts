// biome-ignore lint/suspicious/noControlCharactersInRegex: they can't be seen, so they are looked for and named.
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu;

/** One line for people: white space becomes one space; what could not be seen, or would turn the direction of reading, is named. */
export function visible(text: string): string {
  // Nearly all text is plain; it need not be searched three times.
  if (!/[^ -~]| {2}/.test(text)) return text.trim();
  return text
    .replace(/[ \t\r\n\f\v\u2028\u2029]+/g, " ")
    .trim()
    .replace(unseen, named);
}

/** The same for text whose lines stand as they are. */
export function visibleLines(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unseen, (unit) => (unit === "\n" || unit === "\t" ? unit : named(unit)));
}

const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A report as it is printed: marks that would turn the direction of reading are named, whatever printed them. */
export function inReadingOrder(text: string): string {
  return text.replace(turning, named);
}

function named(unit: string): string {
  return `[U+${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
