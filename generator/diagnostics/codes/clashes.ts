import { type CodeInfo, error } from "../code-info.js";

/** Two things that share what only one can have, and texts that don't say what a reader sees. */
export const CLASH_CODES = {
  "path-taken": error(
    "two files of one contract with the same path",
    "One would be read as the other, or would overwrite it.",
    "Give each file its own path.",
  ),
  "variable-taken": error(
    "one environment variable for two things",
    "Setting it for one of them would also affect the other, or would send a secret.",
    "Give each its own variable.",
  ),
  "command-taken": error(
    "one command for two things",
    "Whoever types what the page shows for turning telemetry off would do something else.",
    "Give each command its own words.",
  ),
  "unseen-character": error(
    "an invisible character in text that people type or compare",
    "People who type what the page shows would type something else, and a no would not be understood.",
    "Remove the character.",
  ),
  "look-alike": error(
    "a text that can be mistaken for another one",
    "A Cyrillic е looks like a Latin e: people who type what the page shows would type something else, or misread where reports go.",
    "Use letters of one alphabet, and write a host by its ASCII name.",
  ),
  "header-not-plain": error(
    "a value in a header that a header can't carry",
    "Headers are lines of ASCII: an ü is garbled, a line break makes the request fail, and spaces at either end are lost.",
    "Send it in the body.",
  ),
  "absence-is-a-yes": error(
    "a missing value counts as a yes",
    "Somebody who said nothing has not said yes.",
    "Remove `absent` from `enable_when`. A contract with `model: opt-out` is on without it.",
  ),
} as const satisfies Record<string, CodeInfo>;
