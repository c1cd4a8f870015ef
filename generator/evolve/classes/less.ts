import { defineClasses } from "./define-classes.js";

const raise = "Nothing stands against it. What is sent changes, so schema_version rises: run `plainsight raise`.";
const fine = "Nothing needs to be raised.";

/** Less is learnt about somebody. Old clients are still let in, for they post for ever; what they send too much is discarded. */
export const less = defineClasses("less", "version", {
  "field-removed": [
    "a field is no longer sent",
    "What is not sent can't leak. Old clients still send it; it is let in and discarded.",
    raise,
  ],
  "event-retired": [
    "an event is no longer sent",
    "Old clients still send it; they are answered with success, and it is discarded.",
    raise,
  ],
  "value-removed": ["a closed set has lost a value", "A case can't be told any more.", raise],
  "precision-lowered": [
    "the same thing is told less exactly",
    "Wider ranges and smaller limits single nobody out.",
    raise,
  ],
  "now-optional": ["a field may be left out", "Those who leave it out tell less.", raise],
  "trigger-narrowed": ["an event is sent on fewer occasions", "Less often tells less.", raise],
  "identifier-removed": [
    "something no longer tells people or machines apart",
    "What can't be joined is no history.",
    raise,
  ],
  "dropped-at-edge": [
    "a field is let in and not stored",
    "The quickest way to collect less from clients that are already out there.",
    fine,
    "nothing",
  ],
  "version-sunset": [
    "an old version is no longer listened to",
    "Its clients are answered with success, and everything that they send is discarded.",
    fine,
    "nothing",
  ],
  "retention-shortened": ["what is stored is kept for a shorter time", "What is gone can't leak.", fine, "nothing"],
  "promise-added": [
    "something new is promised",
    "A promise here is printed on the page, and most are tests.",
    fine,
    "nothing",
  ],
  "default-off": ["it is off where it was on", "Who never chose no longer reports.", fine, "nothing"],
  "part-tightened": [
    "something with a consent of its own is not sent where it was",
    "A part needs more than before, or something moved to one that asks for more.",
    fine,
    "nothing",
  ],
  "off-switch-added": [
    "there is a new way of saying no",
    "The easier it is, the more a yes is worth.",
    fine,
    "nothing",
  ],
  "purpose-removed": ["the data no longer serves a purpose", "One use less.", fine, "nothing"],
  "recipient-removed": ["somebody no longer gets the data", "One holder less.", fine, "nothing"],
  "server-field-removed": [
    "the receiver no longer learns or adds something",
    "It changes no byte on the wire, but something is no longer known.",
    fine,
    "nothing",
  ],
  "rotation-shortened": [
    "an identifier lives shorter, or can be reset",
    "The history that it joins is shorter.",
    fine,
    "nothing",
  ],
});
