import { type CodeInfo, error } from "../code-info.js";

/** Findings about who decides, and whether what is said there can be true. */
export const CONSENT_CODES = {
  "match-never-holds": error(
    "a match that can never hold there",
    "The page would name a switch that does nothing.",
    "Write a value that can occur there.",
  ),
  "no-behind-a-yes": error(
    "a flag or a fact behind something that says yes",
    "It can only say no, and the step before would override it.",
    "Put it before the steps that say yes.",
  ),
  "fact-without-means": error(
    "a fact without an explanation",
    "The page says where nothing is ever sent, in words that a reader understands.",
    "Add means, or name a fact that the client knows.",
  ),
  "key-of-the-opposite-sense": error(
    "a key whose name is a no, read as a yes",
    "By default, true turns reporting on: disable_telemetry: true would be taken for consent.",
    "Write what counts on both sides: disable_when: [true], enable_when: [false].",
  ),
  "config-form-unknown": error(
    "a configuration file that nobody can read",
    "A file that can't be read counts as a no, so telemetry would be off for everybody.",
    "Name a file whose form is known.",
  ),
  "state-file-form": error(
    "a state file whose form can't hold what is kept, or isn't known",
    "A no that somebody writes into it would not be understood, or an answer could not be kept.",
    "Say its form, or give it a name that ends in .json.",
  ),
  "adopted-from-itself": error(
    "a state file that takes over its own content",
    "What it holds would be read in two ways.",
    "Read the key with a stored step, and remove it from adopts.",
  ),
  "part-unknown": error(
    "a part of consent that isn't there",
    "Nobody could say yes or no to what belongs to it.",
    "Name one of consent.parts, or add it there.",
  ),
  "part-in-a-circle": error(
    "parts of consent that need each other",
    "None of them could ever be on.",
    "Let one of them stand on its own.",
  ),
  "part-of-nothing": error(
    "a part of consent that nothing belongs to",
    "The page would offer a switch that does nothing.",
    "Write part on what belongs to it, or remove the part.",
  ),
  "part-in-a-rollup": error(
    "a field of a rollup in a part of its own",
    "While the part is off, its calls would be counted under another name.",
    "Write part on the event.",
  ),
  "asked-twice": error(
    "two questions in the same place",
    "A program asks by place, so only one of them would ever be asked.",
    "Name the places differently.",
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
    "People who say no would hear that their answer can't be kept.",
    "Add a stored step and its state file.",
  ),
  "use-unknown": error(
    "a consent that is used from a contract that isn't there",
    "People who say no to one part of a product must know what else that covers.",
    "Name a contract of the same project that has a consent of its own.",
  ),
  "identifier-use-unknown": error(
    "an identifier that is used from a contract that doesn't share it",
    "There would be a second one, and the page would say that it is the same.",
    "Name an identifier of the contract whose consent is used.",
  ),
  "identifier-shared-unsaid": error(
    "an identifier that another contract has, too, without saying so",
    "Contracts that share a consent share a state file: reports of both could be linked, and no page would say so.",
    "Rename it, or write use and a justification.",
  ),
  "spite-unknown": error(
    "something sent although telemetry is off, despite a place that doesn't exist",
    "Only the noes that it names are ignored, and each must be one that somebody can say.",
    "Name places of the steps: stored, config, default, a variable, a flag or a setting.",
  ),
  "spite-identifies": error(
    "something sent although telemetry is off, with an identifier",
    "People who said no would still be told apart.",
    "Leave the identifier out, or let it be created: each-event.",
  ),
} as const satisfies Record<string, CodeInfo>;
