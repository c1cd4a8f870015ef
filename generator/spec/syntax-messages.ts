/** The name of each mistake in the YAML itself: the parser's own words may change with its version. */
const MESSAGES: Readonly<Record<string, readonly [message: string, hint?: string]>> = {
  BAD_DQ_ESCAPE: [
    "This is not an escape that YAML knows.",
    "In \"…\" a backslash begins an escape. Use '…' for patterns.",
  ],
  BAD_INDENT: ["This is not indented like what it belongs to.", "Is a bracket or a quote before it not closed?"],
  BAD_SCALAR_START: ["A text can't begin with this character.", "Quote the text."],
  BLOCK_AS_IMPLICIT_KEY: [
    "A key and its value don't fit on this line.",
    "A text that contains a colon and a space must be quoted.",
  ],
  BLOCK_IN_FLOW: ["Lines with - or key: aren't allowed inside { … } or [ … ]."],
  KEY_OVER_1024_CHARS: ["A key is longer than 1,024 characters."],
  MISSING_CHAR: [
    "Something is missing here: a comma, a colon, a space, a quote or a closing bracket.",
    "Quote texts that contain : # , [ ] { or }.",
  ],
  MULTILINE_IMPLICIT_KEY: ["A key must be on one line.", "Is a quote or a colon missing before it?"],
  MULTIPLE_DOCS: ["A second document begins here.", "One file is one contract: remove the --- line and what follows."],
  // Not the parser's: it only misses a character.
  OPEN_QUOTE: ["A quote is opened here, and closed nowhere behind it.", "Close it, where the text ends."],
  RESOURCE_EXHAUSTION: ["The file nests deeper than anything can be read."],
  TAB_AS_INDENT: ["A tab can't indent.", "Use spaces."],
  UNEXPECTED_TOKEN: ["This isn't allowed here.", "Quote texts that contain : # , [ ] { or }."],
};

/** Our words for one of the parser's error codes. */
export function syntaxMessage(code: string): { readonly message: string; readonly hint: string | undefined } {
  const [message, hint] = MESSAGES[code] ?? ["This is not YAML that a spec may use."];
  return { message, hint };
}
