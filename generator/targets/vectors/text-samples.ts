import { kept, type Sample, said } from "./samples.js";

const long = "a".repeat(2000);

/** Returns what a pattern lets through. */
export function matcher(pattern: string): (text: string) => boolean {
  const expression = new RegExp(pattern);
  return (text) => expression.test(text);
}

/** Each is kept or refused by the rule: a final newline, digits of other scripts, lengths in UTF-16 units, what is one too long. */
export function texts(
  most = Number.POSITIVE_INFINITY,
  lets: (text: string) => boolean,
  example: string,
): readonly Sample[] {
  const tries = [
    example,
    `${example}\n`,
    `\n${example}`,
    `${example}\u0000`,
    `${example}٣`,
    `${example} `,
    example.toUpperCase(),
    "",
    "/home/ann/secret",
    "é",
    "😀",
    "<>&\u2028",
    ...(most < 1024
      ? [
          "x".repeat(most),
          "x".repeat(most + 1),
          "1".repeat(most),
          "😀".repeat(Math.ceil(most / 2) + 1),
          "é".repeat(most),
        ]
      : [long]),
  ];
  return [...new Set(tries)].map((given) =>
    given.length <= most && lets(given) ? kept(given) : { what: `not ${said(given)}`, given },
  );
}

/** Text on one line. */
export function isLine(text: string): boolean {
  return (
    text !== "" &&
    [...text].every((character) => {
      const code = character.codePointAt(0) ?? 0;
      const within = (first: number, last: number) => code >= first && code <= last;
      return !(
        within(0, 0x1f) ||
        within(0x7f, 0x9f) ||
        code === 0x61c ||
        within(0x200e, 0x200f) ||
        within(0x2028, 0x202e) ||
        within(0x2066, 0x2069) ||
        code === 0xfeff ||
        within(0xd800, 0xdfff)
      );
    })
  );
}
