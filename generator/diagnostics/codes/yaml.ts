import { type CodeInfo, error } from "../code-info.js";

/** The file itself: text, YAML, and the parts of YAML that a spec leaves out. */
export const YAML_CODES = {
  "spec-empty": error(
    "the spec is empty",
    "An empty contract declares nothing.",
    "Begin with `telemetry_spec: 1`, or let `plainsight init` write a first contract.",
  ),
  "spec-not-a-map": error(
    "the spec is not a map",
    "A spec consists of keys and values.",
    "Begin with `telemetry_spec: 1`, or let `plainsight init` write a first contract.",
  ),
  "spec-not-text": error(
    "the file is not UTF-8 text",
    "Bytes that an editor doesn't show can't be reviewed.",
    "Save the spec as UTF-8 text without control characters, with LF or CRLF at the end of each line.",
  ),
  "spec-too-large": error(
    "the file is too large",
    "Nobody can review a contract of this size.",
    "Split the product, or name types once under types:.",
  ),
  "yaml-syntax": error(
    "the YAML is not well-formed",
    "Each tool would guess differently.",
    "Correct the line, close each quote, and quote texts that contain : # , [ ] { or }. A conflict of Git: run `plainsight resolve`.",
  ),
  "yaml-documents": error(
    "the file has more than one document",
    "One file is one contract; anything after --- would be overlooked.",
    "Remove the --- line and everything after it.",
  ),
  "yaml-directive": error(
    "the file has a % directive",
    "A directive can change how the rest is read.",
    "Remove the lines that begin with %.",
  ),
  "yaml-too-deep": error(
    "the file nests too deeply",
    "No contract needs more than a few levels; a file that does is a mistake or an attack.",
    "Remove levels.",
  ),
  "yaml-alias": error(
    "the file has an anchor or an alias",
    "Reviewers must see each value where it is used. Aliases can also blow a small file up into a huge one.",
    "Write it out, or name it under types: and use the name.",
  ),
  "yaml-tag": error(
    "the file has a ! tag",
    "A tag changes what a value is, and some readers run code for it.",
    "Remove the tag; quote the value if it is a text.",
  ),
  "yaml-duplicate-key": error(
    "a key appears twice in one map",
    "One of the two is silently lost, and YAML readers disagree about which.",
    "Remove one of them, or rename it.",
  ),
  "yaml-key-not-text": error(
    "a key is not a text",
    "A number, a boolean, a list or null can't be a name.",
    'Quote it: "1": …. Instead of a list or a map, write a name.',
  ),
  "yaml-ambiguous": error(
    "a value that YAML 1.1 and YAML 1.2 read differently",
    "Values such as no, on, 012 and 1:30 mean one thing to this tool and another to the next one, or to a reviewer.",
    "Quote it if it is text; otherwise write plain digits, true or false.",
  ),
} as const satisfies Record<string, CodeInfo>;
