import { type CodeInfo, error } from "../code-info.js";

/** Findings about who decides, and whether what is said there can be true. */
export const CONSENT_CODES = {
  "match-never-holds": error(
    "a match that can never be true there",
    "The page would name a switch that does nothing.",
    "Write a value that can occur there, or remove the match.",
  ),
  "no-behind-a-yes": error(
    "a flag or a fact after a step that says yes",
    "It can only say no, and the earlier step would override it.",
    "Move it above the steps that say yes.",
  ),
  "fact-without-means": error(
    "a fact without an explanation",
    "The page has to tell readers in plain words where nothing is ever sent.",
    "Add `means` with an explanation, or name a fact that the client knows, such as `ci`.",
  ),
  "key-of-the-opposite-sense": error(
    "a key whose name says no, read as a yes",
    "By default, true turns reporting on, so disable_telemetry: true would count as consent.",
    "Write both sides: disable_when: [true], enable_when: [false].",
  ),
  "config-form-unknown": error(
    "a configuration file in an unknown format",
    "A file that can't be read counts as a no, so telemetry would be off for everybody.",
    "Name a file that ends in .json, .jsonc, .toml, .yaml, .yml, .ini or .txt, or state its form.",
  ),
  "state-file-form": error(
    "a state file whose format is unknown, or can't store its keys",
    "A no that somebody writes into it would not be understood, or an answer could not be stored.",
    "State its format, or give it a name that ends in .json.",
  ),
  "adopted-from-itself": error(
    "a state file that takes over its own content",
    "Its content would be read in two ways.",
    "Read the key with a stored step, and remove it from adopts.",
  ),
  "part-unknown": error(
    "a part of consent that doesn't exist",
    "Nobody could say yes or no to its events.",
    "Use a name from consent.parts, or add it there.",
  ),
  "part-in-a-circle": error(
    "parts of consent that need each other",
    "None of them could ever be on.",
    "Remove `needs` from one of them.",
  ),
  "part-of-nothing": error(
    "a part of consent that nothing belongs to",
    "The page would show a switch that does nothing.",
    "Add `part: NAME` to the events or fields that belong to it, or remove the part.",
  ),
  "part-in-a-rollup": error(
    "a rollup's field in a separate part",
    "While the part is off, its calls would be counted under another name.",
    "Move `part` to the event.",
  ),
  "asked-twice": error(
    "two questions in the same place",
    "A program asks by place, so only one of them would ever be asked.",
    "Give each question under consent.ask a different `where`.",
  ),
  "number-in-quotes": error(
    "at_least with a number in quotes",
    "Texts are compared sign by sign: 10 would be less than 9, and the page would say otherwise.",
    "Remove the quotes.",
  ),
  "counts-nowhere": error(
    "a step, a question or a notice that counts only where it can't",
    "The page would promise what never happens.",
    "Remove only_where, or what contradicts it.",
  ),
  "answer-kept-nowhere": error(
    "an answer that no step reads",
    "People who say no would be told that their answer can't be kept.",
    "Add a step such as `{ stored: enabled }` to consent.order, and consent.state_file with that key.",
  ),
  "use-unknown": error(
    "a consent that is used from a contract that doesn't exist",
    "People who say no to one part of a product must know what else that covers.",
    "Name a contract of the same project that declares its own consent.",
  ),
  "identifier-use-unknown": error(
    "an identifier that is used from a contract that doesn't share it",
    "There would be a second identifier, although the page says that it is the same.",
    "Name an identifier of the contract whose consent is used.",
  ),
  "identifier-shared-unsaid": error(
    "an identifier that another contract also has, without saying so",
    "Contracts that share a consent share a state file: reports of both could be linked, and no page would say so.",
    "Rename it, or write use and a justification.",
  ),
  "spite-unknown": error(
    "something sent although telemetry is off, with an unknown place in `despite`",
    "Only a no from the listed places is ignored, so each must be a place where somebody can say no.",
    "Name places from consent.order: stored, config, default, a variable, a flag or a setting.",
  ),
  "spite-identifies": error(
    "something sent although telemetry is off, with an identifier",
    "People who said no could still be identified.",
    "Remove the identifier, or write created: each-event.",
  ),
  "no-way-to-disable": error(
    "an opt-out contract that can't be turned off",
    "Telemetry that is on without asking must be easy to turn off.",
    "Add a step with disable_when, for example { env: DO_NOT_TRACK, disable_when: truthy }.",
  ),
  "no-way-to-enable": error(
    "a contract that can't be turned on",
    "It could never report anything.",
    "Add a step with enable_when, for example { env: MY_TOOL_TELEMETRY, enable_when: truthy }.",
  ),
  "do-not-track-grants": error(
    "DO_NOT_TRACK that turns reporting on",
    "DO_NOT_TRACK only says no. Setting it to 0 must not become a yes.",
    "Remove enable_when from that step.",
  ),
  "answer-contradicted": error(
    "a stored answer that says something else",
    "After a no, the file must contain a no. Being asked or informed is not a yes.",
    "Remove the key from stores: the answer itself is always stored.",
  ),
} as const satisfies Record<string, CodeInfo>;
