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
    "A text made for it takes so long to refuse that it stops a receiver.",
    "Use one class with one repetition.",
  ),
  "pattern-slow": error(
    "repetitions that overlap",
    "Each further one multiplies the ways to read a text, so refusing it takes longer than a receiver can wait.",
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
    "The tool works out everything that a pattern lets through. For this one that would take too long, so nothing can be promised about it.",
    "Use fewer and smaller repetitions, or state a justification, which TELEMETRY.md prints.",
  ),
  "map-keys": error(
    "a map whose keys aren't limited by a list or a pattern",
    "Keys travel as values do: an open one lets anything through.",
    "Give it keys of type enum (without otherwise), string or version.",
  ),
  "field-of-its-own": error(
    "an optional or nullable type where only a value can be",
    "Only a field can be optional or nullable. An item of a list, an entry of a map or a stored key is there, or it isn't.",
    "Use a type without them there.",
  ),
  "condition-on-source": error(
    "an only_when inside an object about a field that the client fills in",
    "The client may fill it in only when the event is sent. By then, everything that depends on it has been decided.",
    "Put both next to the object, or make the field optional.",
  ),
  "identifier-not-made": error(
    "a random identifier of a form that can't be made",
    "The client makes it: a UUID, digits, or a text whose pattern is fixed characters and [class]{n}. Of any other form it would never be sent.",
    "Give it one of these forms, or say made_from: given and where the program has it from.",
  ),
  "hash-of-what": error(
    "a hash of something that isn't stated, or can't be made",
    "A hash tells things apart as well as its input does, and anybody who guesses the input can confirm it. So it must be declared or justified, with a salt that the client has.",
    "Hash a text, declare the hash under identifiers (made_from: given) or justify it, and name machine, none or an identifier as its salt.",
  ),
  "in-ci-unusable": error(
    "an in_ci, or an each-event, that its identifier can't have",
    "A replacement must fit the identifier's form and stand in a field, and the client can renew only what it makes itself.",
    "Leave it out in CI, give the identifier a form of text, or give it a name in an object.",
  ),
  "value-not-number": error(
    "the value of a metric is not a whole number",
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
