import { type CodeInfo, error } from "../code-info.js";

/** Field types, their parameters and examples. */
export const TYPE_CODES = {
  "type-needs-itself": error(
    "a type that contains itself",
    "It would never end.",
    "Build it from one of the language's own types.",
  ),
  "parameter-repeated": error(
    "a parameter that the named type already has",
    "A name means the same type wherever it is used.",
    "Remove it, or write a separate type.",
  ),
  "empty-range": error(
    "a range that contains no number",
    "Nothing could ever be sent.",
    "Give a max that is not below min.",
  ),
  "otherwise-not-listed": error(
    "an `otherwise` that is not among the values",
    "The replacement for unlisted values must itself be listed.",
    "Add it to `values`, or name a listed value.",
  ),
  "edges-not-rising": error(
    "bucket edges that don't rise",
    "A label whose range is covered by an earlier one is never sent, which misleads readers.",
    "Write the labels from the smallest edge to the largest, unlimited last.",
  ),
  "edges-not-closed": error(
    "a bucket without an unlimited label",
    "Numbers past the last edge would have no label.",
    "Give the last label the edge unlimited.",
  ),
  "pattern-invalid": error(
    "a pattern that is not a regular expression",
    "No value can be checked against it.",
    "Check its brackets and escapes; write it in '…' quotes.",
  ),
  "pattern-not-anchored": error(
    "a pattern that is not anchored",
    "Without ^ and $ it accepts any text that contains a match.",
    "Begin with ^ and end with $; put alternatives in parentheses: ^(a|b)$.",
  ),
  "pattern-nested-repetition": error(
    "a repetition inside a repetition",
    "A hostile text can take so long to reject that the receiver hangs.",
    "Use one class with one repetition, such as [a-z]+.",
  ),
  "pattern-slow": error(
    "repetitions that overlap",
    "Each additional one multiplies the ways to read a text, so rejecting it takes too long.",
    "Put a fixed character between them, or merge them into one.",
  ),
  "pattern-look-around": error(
    "a pattern with look-around",
    "Not all languages support look-around, so clients would disagree.",
    "Use plain character classes, such as [a-z0-9].",
  ),
  "pattern-back-reference": error(
    "a pattern with a back-reference",
    "It can't be checked in linear time.",
    "Use plain character classes, such as [a-z0-9].",
  ),
  "too-wide": error(
    "a pattern that accepts paths, addresses or sentences",
    "Open text is how names, paths and secrets leave a machine by accident.",
    "Narrow the pattern, or state a justification, which TELEMETRY.md prints.",
  ),
  "pattern-undecided": error(
    "a pattern that is too complex",
    "The tool computes everything that a pattern accepts. For this one that would take too long, so the page couldn't say anything about it.",
    "Use fewer and smaller repetitions, or state a justification, which TELEMETRY.md prints.",
  ),
  "map-keys": error(
    "a map whose keys aren't limited by a list or a pattern",
    "Keys are sent, too, and an open key lets anything through.",
    "Give it keys of type enum (without otherwise), string or version.",
  ),
  "field-of-its-own": error(
    "an optional or nullable type where only a value can be",
    "Only a field can be optional or nullable. An item of a list, an entry of a map or a stored key is there, or it isn't.",
    "Remove `optional` or `nullable` there.",
  ),
  "condition-on-source": error(
    "an only_when inside an object about a field that the client fills in",
    "The client may fill it in only when the event is sent. By then, everything that depends on it has been decided.",
    "Put both next to the object, or make the field optional.",
  ),
  "identifier-not-made": error(
    "a random identifier whose format can't be generated, or that isn't a field",
    "The client generates it: a UUID, digits, or a text whose pattern consists of fixed characters and [class]{n}. It fills in fields only, not items of a list, values of a map or cases of a one_of. Otherwise it would never be sent.",
    "Use one of these formats and a field of its own, or write made_from: given and say where the program gets it.",
  ),
  "hash-of-what": error(
    "a hash whose input isn't stated, or that can't be computed",
    "A hash identifies as much as its input does, and anybody who guesses the input can confirm it. So it must be declared or justified, with a salt that the client has.",
    "Hash a text, declare the hash under identifiers (made_from: given) or justify it, and name machine, none or an identifier as its salt.",
  ),
  "in-ci-unusable": error(
    "an in_ci, or an each-event, that its identifier can't have",
    "A replacement must fit the identifier's format and be in a field, and the client can only renew identifiers that it creates itself.",
    "Write `in_ci: leave-out`, give the identifier a text format, or put it into an object under a name.",
  ),
  "value-not-number": error(
    "the value of a metric is not a whole number",
    "A sample's value is a number; anything else would never be sent.",
    "Write `type: int`, or `type: const` with a number.",
  ),
  "example-missing": error(
    "a field without an example",
    "TELEMETRY.md and the tests show one of everything that is sent.",
    "Add an example.",
  ),
  "example-refused": error(
    "an example that its type refuses",
    "Either the example is misleading, or the type is wrong.",
    "Correct the example, or the type.",
  ),
} as const satisfies Record<string, CodeInfo>;
