import { type CodeInfo, error } from "../code-info.js";

/** Keys and values against the language's tables. */
export const STRUCTURE_CODES = {
  "unknown-key": error(
    "a key that the language doesn't have",
    "An ignored key would be a promise that isn't kept.",
    "Correct its spelling, or remove it.",
  ),
  "missing-key": error("a key is missing", "Nothing that affects privacy is implicit.", "Add it."),
  "exclusive-keys": error("two keys that exclude each other", "Only one of them can apply.", "Keep one of them."),
  "wrong-kind": error(
    "a value of the wrong kind",
    "A text, a number, a list and a map mean different things.",
    "Write the kind of value that the message asks for.",
  ),
  "unknown-value": error(
    "a value that is not in the list",
    "The tool can't carry out a value that it doesn't know.",
    "Choose one of the values in the hint.",
  ),
  "unknown-type": error(
    "a type that doesn't exist",
    "A type says what may be sent, and an unknown type says nothing.",
    "Choose one of the language's types, or declare it under types:.",
  ),
  "wrong-form": error(
    "text in the wrong format",
    "Names, durations, sizes and URLs have a fixed format, so that their meaning is clear.",
    "Write it in the format that the message names.",
  ),
  "out-of-range": error(
    "a number or a length out of range",
    "Limits keep payloads and texts within reason.",
    "Choose a value within the limits.",
  ),
  "empty-value": error(
    "something is empty",
    "An empty list or text looks like an answer and isn't one.",
    "Write something, or leave the key out.",
  ),
  "repeated-item": error("an item is listed twice", "It is a mistake, or it hides one.", "Remove one of them."),
  "reserved-name": error(
    "a name that can't be used",
    "Every JavaScript object already has something called constructor or toString, and some headers belong to the transport.",
    "Choose another name.",
  ),
} as const satisfies Record<string, CodeInfo>;
