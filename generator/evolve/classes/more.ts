import { defineClasses } from "./define-classes.js";

const raise =
  "If it is meant: run `plainsight raise`, which raises schema_version and consent_epoch; users then see the notice again before anything new is sent. If not: take it back.";

/** More is learnt about somebody. */
export const more = defineClasses("more", "version and epoch", {
  "event-added": [
    "an event is new",
    "Something is reported that nothing was reported about before, with everything that each event carries.",
    raise,
  ],
  "field-added": [
    "a field is new",
    "Every schema tool calls an added field safe. For the person it is about, it is the whole danger.",
    raise,
  ],
  "value-added": ["a closed set has a new value", "A case that could not be told before can be told now.", raise],
  "type-widened": [
    "a field may hold more than before",
    "Whatever a wider type lets through can be learnt: a number instead of yes or no, a longer text, a pattern that isn't the same. Whether one pattern lies within another is not decided; another pattern counts as wider.",
    raise,
  ],
  "precision-raised": [
    "the same thing is told more exactly",
    "Finer ranges, finer times and finer groups single people out better.",
    raise,
  ],
  "now-required": ["a field is always sent", "Before, some clients left it out; now every one of them tells.", raise],
  "identifier-added": [
    "something new tells people or machines apart",
    "Values that are harmless alone become a history once they can be joined.",
    raise,
  ],
  "rotation-lengthened": [
    "an identifier lives longer",
    "The longer it lives, the longer the history that it joins; what can't be reset can't be left behind.",
    raise,
  ],
  "server-field-added": [
    "the receiver learns or adds something by itself",
    "What the receiver derives changes no byte on the wire, so nobody would see it in the client.",
    raise,
  ],
  "trigger-widened": [
    "an event is sent on more occasions",
    "How often and when something is sent tells as much as what is sent. Whether new words for an occasion mean more can't be decided, so they count as more.",
    raise,
  ],
  "default-on": ["it is on where it was off", "Who never chose now reports.", raise],
  "off-switch-removed": [
    "a way of saying no is gone",
    "A switch that somebody set years ago no longer works, without a word to them.",
    raise,
  ],
  "adoption-lost": [
    "a no that an older client left is lost",
    "It lies on somebody's disk in a form that is no longer read, or that counts as a yes now.",
    raise,
  ],
  "part-loosened": [
    "something with a consent of its own is sent where it was not",
    "A part lost what it needs or one of its noes, or something moved to a part that asks for less. Whoever said no to it then would be reported now.",
    raise,
  ],
  "purpose-changed": [
    "the data serves a new purpose",
    "People agreed to one use of it; another changes no byte on the wire.",
    raise,
  ],
  "retention-extended": [
    "what is stored is kept longer",
    "It changes no byte on the wire, and holds for everybody's past.",
    raise,
  ],
  "recipient-added": ["somebody else gets the data", "Who holds it decides what can be done with it.", raise],
  "promise-removed": [
    "something that was promised is not promised any more",
    "The page is read once. What it promised holds until users are told otherwise.",
    raise,
  ],
  "guard-changed": [
    "a file that guards the contract changed",
    "What Git shows in a diff, who is asked and what CI runs decide whether growth is seen. Whoever loosens them loosens every contract.",
    "Nothing needs to be raised. Whoever reviews it should see that changes of the contract are still shown and held up.",
    "nothing",
  ],
  "base-not-understood": [
    "the contract on the base can't be read by this version",
    "It was written for another version of the language, or isn't whole. What changed since can't be told; it is held against the released versions that can be read.",
    "Nothing needs to be raised. Whoever reviews it should read the contract itself, too.",
    "nothing",
  ],
  "description-meaning": [
    "the stated reason or source of a field is another, or the words of a note, a notice or a question",
    "The words by which people judge what is sent changed; whether their meaning did, only a person can tell.",
    "Nothing needs to be raised. Whoever reviews it should see that the new words still describe the same data.",
    "nothing",
  ],
});
