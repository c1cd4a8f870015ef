import { defineClasses } from "./define-classes.js";

const raise =
  "If you mean it, run `plainsight raise`: it raises schema_version and consent_epoch, and users see the notice or the question again before anything new is sent. If not, revert it.";

/** More is learnt about somebody. */
export const more = defineClasses("more", "version and epoch", {
  "event-added": ["an event is new", "It reports something new, together with all common fields.", raise],
  "field-added": [
    "a field is new",
    "Schema tools call an added field safe. For the person it describes, it is the main risk.",
    raise,
  ],
  "value-added": ["a closed set has a new value", "It shows a case that nobody could see before.", raise],
  "type-widened": [
    "a field may hold more than before",
    "Everything that a wider type accepts can be collected: a number instead of yes or no, a longer text, another pattern. If the tool can't prove that a new pattern is narrower, it counts as wider.",
    raise,
  ],
  "precision-raised": [
    "the same thing is reported more exactly",
    "Finer ranges, times and groups make it easier to single people out.",
    raise,
  ],
  "now-required": [
    "a field is now always sent",
    "Some clients left it out before; now every one of them sends it.",
    raise,
  ],
  "identifier-added": [
    "something new distinguishes people or machines",
    "Values that are harmless alone become a history once they can be linked.",
    raise,
  ],
  "identifier-shared": [
    "an identifier is the same as in another contract",
    "Reports of both can be linked, and together they reveal more than each alone.",
    raise,
  ],
  "rotation-lengthened": [
    "an identifier lives longer",
    "The longer it lives, the longer the history that it links. An identifier that can't be reset follows people for ever.",
    raise,
  ],
  "server-field-added": [
    "the receiver computes or adds something new",
    "It doesn't change the payload, so nobody would see it in the client.",
    raise,
  ],
  "trigger-widened": [
    "an event is sent on more occasions",
    "When and how often something is sent reveals as much as its content. The tool can't decide whether a reworded `when` means more, so it counts as more.",
    raise,
  ],
  "default-on": [
    "telemetry is now on where it was off",
    "People who never made a choice would now send reports.",
    raise,
  ],
  "off-switch-removed": [
    "a way to say no is gone",
    "A switch that somebody set years ago would stop working without notice.",
    raise,
  ],
  "adoption-lost": [
    "a no that an older client left is lost",
    "It is stored in a form that is no longer read, or that now counts as a yes.",
    raise,
  ],
  "part-loosened": [
    "a part of consent is now sent where it was not",
    "A part no longer needs another one, lost an off switch, or gave something to a part that asks for less. People who said no then would be reported now.",
    raise,
  ],
  "purpose-changed": [
    "the data serves a new purpose",
    "People agreed to one use. A new use changes nothing in the payload, so nobody would notice.",
    raise,
  ],
  "retention-extended": [
    "stored data is kept longer",
    "It doesn't change the payload, and it covers data that was sent long ago.",
    raise,
  ],
  "recipient-added": ["somebody else gets the data", "Whoever has the data decides what is done with it.", raise],
  "promise-removed": [
    "a promise is gone",
    "People read the page once. They rely on its promises until they are told otherwise.",
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
    "the reason or source of a field changed, or the wording of a note, a notice or a question",
    "People judge what is sent by these words. Only a person can tell whether their meaning changed.",
    "Nothing needs to be raised. Reviewers should check that the new words still describe the same data.",
    "nothing",
  ],
});
