import { defineClasses } from "./define-classes.js";

const raise = "Go ahead. What is sent changes, so schema_version rises: run `plainsight raise`.";
const fine = "Nothing needs to be raised.";

/** Less is learnt about somebody. Old clients are still let in, for they post for ever; what they send too much is discarded. */
export const less = defineClasses("less", "version", {
  "field-removed": [
    "a field is no longer sent",
    "Data that isn't sent can't leak. Old clients still send it; it is accepted and discarded.",
    raise,
  ],
  "event-retired": [
    "an event is no longer sent",
    "Old clients still send it; they are answered with success, and it is discarded.",
    raise,
  ],
  "value-removed": ["a closed set has lost a value", "Nobody can see that case any more.", raise],
  "precision-lowered": [
    "the same thing is reported less exactly",
    "Wider ranges and smaller limits make it harder to single anybody out.",
    raise,
  ],
  "now-optional": ["a field may be left out", "Clients that leave it out send less.", raise],
  "trigger-narrowed": ["an event is sent on fewer occasions", "Fewer reports tell less.", raise],
  "identifier-removed": [
    "something no longer tells people or machines apart",
    "Reports that can't be linked make no history.",
    raise,
  ],
  "identifier-unshared": [
    "an identifier is no longer the same as in another contract",
    "Reports that can't be linked make no history.",
    raise,
  ],
  "dropped-at-edge": [
    "a field is accepted and not stored",
    "The quickest way to collect less from clients that are already out there.",
    fine,
    "nothing",
  ],
  "version-sunset": [
    "an old version is no longer accepted",
    "Its clients are answered with success, and everything that they send is discarded.",
    fine,
    "nothing",
  ],
  "retention-shortened": ["stored data is kept for a shorter time", "Deleted data can't leak.", fine, "nothing"],
  "promise-added": [
    "something new is promised",
    "A promise here is printed on the page, and most are tests.",
    fine,
    "nothing",
  ],
  "default-off": [
    "telemetry is off where it was on",
    "People who never made a choice no longer send reports.",
    fine,
    "nothing",
  ],
  "part-tightened": [
    "a part of consent is no longer sent where it was",
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
  "recipient-removed": ["somebody no longer gets the data", "One recipient fewer.", fine, "nothing"],
  "server-field-removed": [
    "the receiver no longer works out or adds something",
    "It changes nothing on the wire, but the receiver knows less.",
    fine,
    "nothing",
  ],
  "rotation-shortened": [
    "an identifier lives for a shorter time, or can be reset",
    "It links a shorter history.",
    fine,
    "nothing",
  ],
});
