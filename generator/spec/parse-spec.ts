import type { DiagnosticSink, TextSpan } from "./diagnostic-sink.js";
import { parseWhole } from "./parse.js";
import { type KnownEvents, nothingKnown, parseInParts } from "./parse-in-parts.js";
import type { Tree } from "./tree.js";

/** Larger files are refused: 10,000 events are a third of it. */
export const LARGEST_SPEC = 32 * 1024 * 1024;

/**
 * The text of a spec as a tree, or nothing when there is nothing to go on with. Never throws.
 * @param known what was made of events before.
 */
export function parseSpec(text: string, report: DiagnosticSink, known: KnownEvents = nothingKnown): Tree | undefined {
  const nothing: TextSpan = { start: 0, end: 0 };
  if (text.length > LARGEST_SPEC) {
    report.add("spec-too-large", nothing, `The file has ${text.length} characters; at most ${LARGEST_SPEC} are read.`);
    return undefined;
  }
  if (reportUnreadable(text, report)) return undefined;
  return parseInParts(text, known) ?? parseWhole(text, report);
}

/** Characters that no text file holds: the file is binary, in another encoding, or hides something. */
function reportUnreadable(text: string, report: DiagnosticSink): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text file holds them, so they are looked for and reported.
  const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]|\r(?!\n)/.exec(text);
  if (unreadable === null) return false;
  if (unreadable[0] === "\r") {
    report.add(
      "spec-not-text",
      { start: unreadable.index, end: unreadable.index + 1 },
      "A line ends in CR alone here.",
      {
        hint: "Save the spec with LF at the end of each line; CRLF is read, too.",
      },
    );
    return true;
  }
  const code = unreadable[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  report.add(
    "spec-not-text",
    { start: unreadable.index, end: unreadable.index + 1 },
    `The character U+${code} doesn't belong in a text file.`,
    {
      hint: "Save the spec as UTF-8 text.",
    },
  );
  return true;
}
