import { defineClasses } from "./define-classes.js";

const raise =
  "If you mean it, run `plainsight raise`: it raises schema_version and consent_epoch, and users see the notice or the question again before anything new is sent. If not, take the change back.";

/** More is learnt about somebody. */
export const more = defineClasses("more", "version and epoch", {
  "event-added": ["an event is new", "It reports something new, along with everything that each event carries.", raise],
  "field-added": [
    "a field is new",
    "Every schema tool calls an added field safe. For the person it is about, it is the whole danger.",
    raise,
  ],
  "value-added": ["a closed set has a new value", "It shows a case that nobody could see before.", raise],
  "type-widened": [
    "a field may hold more than before",
    "Whatever a wider type lets through can be collected: a number instead of yes or no, a longer text, a pattern that isn't the same. Whether one pattern lies within another is not decided; another pattern counts as wider.",
    raise,
  ],
  "precision-raised": [
    "the same thing is reported more exactly",
    "Finer ranges, finer times and finer groups single people out better.",
    raise,
  ],
  "now-required": [
    "a field is now always sent",
    "Some clients left it out before; now every one of them sends it.",
    raise,
  ],
  "identifier-added": [
    "something new tells people or machines apart",
    "Values that are harmless alone become a history once they can be joined.",
    raise,
  ],
  "identifier-shared": [
    "an identifier is the same as in another contract",
    "Reports of both can be linked, and together they tell more than each alone.",
    raise,
  ],
  "rotation-lengthened": [
    "an identifier lives longer",
    "The longer it lives, the longer the history that it links. An identifier that can't be reset can't be left behind.",
    raise,
  ],
  "server-field-added": [
    "the receiver works out or adds something new",
    "It changes nothing on the wire, so nobody would see it in the client.",
    raise,
  ],
  "trigger-widened": [
    "an event is sent on more occasions",
    "When and how often something is sent tells as much as its content. The tool can't decide whether new words for an occasion mean more, so they count as more.",
    raise,
  ],
  "default-on": ["telemetry is on where it was off", "People who never made a choice would now send reports.", raise],
  "off-switch-removed": [
    "a way of saying no is gone",
    "A switch that somebody set years ago no longer works, and nobody tells them.",
    raise,
  ],
  "adoption-lost": [
    "a no that an older client left is lost",
    "It is on somebody's disk in a form that is no longer read, or that now counts as a yes.",
    raise,
  ],
  "part-loosened": [
    "a part of consent is sent where it was not",
    "A part no longer needs another one, lost an off switch, or gave something to a part that asks for less. People who said no then would be reported now.",
    raise,
  ],
  "purpose-changed": [
    "the data serves a new purpose",
    "People agreed to one use of it; another changes no byte on the wire.",
    raise,
  ],
  "retention-extended": [
    "stored data is kept longer",
    "It changes nothing on the wire, and covers data that was sent long ago.",
    raise,
  ],
  "recipient-added": ["somebody else gets the data", "Who holds it decides what can be done with it.", raise],
  "promise-removed": [
    "a promise is gone",
    "The page is read once. What it promised holds until users are told otherwise.",
    raise,
  ],
  "guard-changed": [
    "a file that guards the contract changed",
    "These files decide what Git shows in a diff, who must review it and what CI runs. Loosening them loosens every contract.",
    "Nothing needs to be raised. Reviewers should check that changes of the contract are still shown and still need a review.",
    "nothing",
  ],
  "base-not-understood": [
    "the contract on the base can't be read by this version",
    "It was written for another version of the language, or is incomplete. The tool can't tell what changed since, and compares with the released versions that it can read.",
    "Nothing needs to be raised. Reviewers should read the contract itself, too.",
    "nothing",
  ],
  "description-meaning": [
    "the reason or source of a field changed, or the words of a note, a notice or a question",
    "People judge what is sent by these words. Only a person can tell whether their meaning changed.",
    "Nothing needs to be raised. Reviewers should check that the new words still describe the same data.",
    "nothing",
  ],
});
