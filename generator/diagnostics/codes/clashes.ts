import { type CodeInfo, error } from "../code-info.js";

/** Two things that share what only one can have, and texts that don't say what a reader sees. */
export const CLASH_CODES = {
  "path-taken": error(
    "two files of one contract in one place",
    "One would be read as the other, or written over it.",
    "Give each file a path of its own.",
  ),
  "variable-taken": error(
    "one environment variable for two things",
    "Setting it for one of them would decide the other, too, or would send a secret.",
    "Give each a variable of its own.",
  ),
  "unseen-character": error(
    "an invisible character in a text that people type or compare",
    "People who type what the page shows would type something else, and a no would not be understood.",
    "Write the text without it.",
  ),
  "look-alike": error(
    "a text that looks like another one",
    "A Cyrillic е looks like a Latin e: people who type what the page shows would type something else, or misread where reports go.",
    "Write the letters of one alphabet, and a host by its ASCII name.",
  ),
  "header-not-plain": error(
    "a value in a header that a header can't carry",
    "Headers are lines of ASCII: an ü arrives as something else, a line break stops the request, and spaces at either end are lost.",
    "Send it in the body.",
  ),
  "absence-is-a-yes": error(
    "a missing value taken for a yes",
    "Somebody who said nothing has not said yes.",
    "Remove absent from enable_when. A contract with model: opt-out is on without it.",
  ),
} as const satisfies Record<string, CodeInfo>;
