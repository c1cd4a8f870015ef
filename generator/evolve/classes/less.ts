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
  "trigger-narrowed": ["an event is sent on fewer occasions", "Fewer reports reveal less.", raise],
  "identifier-removed": [
    "something no longer distinguishes people or machines",
    "Reports that can't be linked don't form a history.",
    raise,
  ],
  "identifier-unshared": [
    "an identifier is no longer the same as in another contract",
    "Reports that can't be linked don't form a history.",
    raise,
  ],
  "dropped-at-edge": [
    "a field is accepted and not stored",
    "This is the quickest way to collect less from clients that are already installed.",
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
    "A promise is printed on the page, and most promises are tested.",
    fine,
    "nothing",
  ],
  "default-off": [
    "telemetry is now off where it was on",
    "People who never made a choice no longer send reports.",
    fine,
    "nothing",
  ],
  "part-tightened": [
    "a part of consent is no longer sent where it was before",
    "A part needs more than before, or something moved to a part that asks for more.",
    fine,
    "nothing",
  ],
  "off-switch-added": [
    "there is a new way to say no",
    "The easier it is to say no, the more a yes means.",
    fine,
    "nothing",
  ],
  "purpose-removed": ["the data no longer serves a purpose", "The data has one use fewer.", fine, "nothing"],
  "recipient-removed": ["somebody no longer gets the data", "The data has one recipient fewer.", fine, "nothing"],
  "server-field-removed": [
    "the receiver no longer computes or adds something",
    "It doesn't change the payload, but the receiver knows less.",
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
