import { type CodeInfo, error } from "../code-info.js";

/** Field types, their parameters and examples. */
export const TYPE_CODES = {
  "type-needs-itself": error(
    "a type that is made of itself",
    "It would never end.",
    "Give it one of the language's own types.",
  ),
  "parameter-repeated": error(
    "a parameter that the named type already has",
    "A name stands for one type wherever it is used.",
    "Remove it, or write a type of its own.",
  ),
  "empty-range": error(
    "a range without a number in it",
    "Nothing could ever be sent.",
    "Give a max that is not below min.",
  ),
  "otherwise-not-listed": error(
    "an otherwise outside its values",
    "What replaces an unlisted value must itself be listed.",
    "Add it to values, or name one that is there.",
  ),
  "edges-not-rising": error(
    "bucket edges that don't rise",
    "A label that an earlier one swallows is never sent, and its reader is misled.",
    "Write the labels from the smallest edge to the largest, unlimited last.",
  ),
  "edges-not-closed": error(
    "a bucket without an unlimited label",
    "Numbers past the last edge would have no label.",
    "Give the last label the edge unlimited.",
  ),
  "pattern-invalid": error(
    "a pattern that is not a regular expression",
    "Nothing can be held to it.",
    "Check its brackets and escapes; write it in '…' quotes.",
  ),
  "pattern-not-anchored": error(
    "a pattern that is not anchored",
    "Without ^ and $ it lets through anything that merely contains a match.",
    "Begin with ^ and end with $; put alternatives in brackets.",
  ),
  "pattern-nested-repetition": error(
    "a repetition inside a repetition",
    "A text made for it takes longer to refuse than anybody waits; that stops a receiver.",
    "Use one class with one repetition.",
  ),
  "pattern-slow": error(
    "repetitions that overlap",
    "Each of them that follows multiplies the ways in which a text can be read; refusing it then takes longer than a receiver can wait.",
    "Put a fixed character between them, or join them.",
  ),
  "pattern-look-around": error(
    "a pattern with look-around",
    "Other languages' expressions have none, so clients would disagree.",
    "Say what is allowed in plain classes.",
  ),
  "pattern-back-reference": error(
    "a pattern with a back-reference",
    "It can't be checked in linear time.",
    "Say what is allowed in plain classes.",
  ),
  "too-wide": error(
    "a pattern that lets through paths, addresses or sentences",
    "Open text is how names, paths and secrets leave a machine by accident.",
    "Narrow the pattern, or state a justification, which TELEMETRY.md prints.",
  ),
  "pattern-undecided": error(
    "a pattern of too many forms",
    "What it lets through is worked out over all texts that it can be; of this one that would take too long, so nothing can be promised about it.",
    "Use fewer and smaller repetitions, or state a justification, which TELEMETRY.md prints.",
  ),
  "map-keys": error(
    "a map whose keys are not held to a list or a pattern",
    "Keys travel as values do: an open one lets anything through.",
    "Give it keys of type enum (without otherwise), string or version.",
  ),
  "field-of-its-own": error(
    "a type that may be absent or null where no field stands",
    "Only a field can be absent or null: an item of a list, an entry of a map or a stored key is there, or it isn't.",
    "Use a type without them there.",
  ),
  "condition-on-source": error(
    "an only_when inside an object about a field that the client fills in",
    "Such a field may be filled in only when it is sent, when what hangs on it has long been decided.",
    "Put both beside the object, or make the field optional.",
  ),
  "identifier-not-made": error(
    "a random identifier of a form that can't be made",
    "The client makes it: a UUID, digits, or a text whose pattern is fixed characters and [class]{n}. Of any other form it would never be sent.",
    "Give it one of these forms, or say made_from: given and where the program has it from.",
  ),
  "hash-of-what": error(
    "a hash of something that isn't said, or can't be made",
    "A hash tells one from another as well as what it is made of, and who can guess that can confirm it. So it is declared or justified, and its salt is something that the client has.",
    "Hash a text, declare the hash under identifiers (made_from: given) or justify it, and name machine, none or an identifier as its salt.",
  ),
  "in-ci-unusable": error(
    "an in_ci, or an each-event, that its identifier can't have",
    "What stands in an identifier's place has to fit where it stands, and only what the client makes can it make anew.",
    "Leave it out in CI, or give the identifier a form of text that the client makes.",
  ),
  "value-not-number": error(
    "the value of a metric is no whole number",
    "A sample's value is a number; anything else would never be sent.",
    "Give it type: int, or const with a number.",
  ),
  "example-missing": error(
    "a field without an example",
    "TELEMETRY.md and the tests show one of everything that is sent.",
    "Add an example.",
  ),
  "example-refused": error(
    "an example that its type refuses",
    "Either the example misleads, or the type is wrong.",
    "Correct one of the two.",
  ),
} as const satisfies Record<string, CodeInfo>;
