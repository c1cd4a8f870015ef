import { defineClasses } from "./define-classes.js";

const raise = "What is sent changes, so schema_version rises: run `plainsight raise`.";
const fine = "Nothing needs to be raised.";

/** The same is learnt, told in another way. */
export const same = defineClasses("same", "version", {
  renamed: [
    "a name changed, declared with renamed_from",
    "The values are the same. Without renamed_from it would count as one field removed and another added.",
    raise,
  ],
  "value-renamed": ["a range has a different label", "The ranges are the same, so it reveals nothing new.", raise],
  "buckets-shifted": [
    "a bucket has different edges",
    "Neither set of ranges lies within the other, so some things are reported more exactly and some less. It counts as both, so users are told.",
    "Prefer edges that merge old ranges. Otherwise run `plainsight raise`, which raises schema_version and consent_epoch.",
    "version and epoch",
  ],
  "delivery-changed": [
    "data is sent, stored on the machine or asked about in another way",
    "When and how something is sent, asked or kept on the machine changed. What is collected did not.",
    fine,
    "nothing",
  ],
});

/** Only words, or only names in generated code. */
export const docs = defineClasses("docs", "nothing", {
  "prose-edited": [
    "words for people changed",
    "The page reads differently; nothing that is sent, accepted or kept differs.",
    fine,
  ],
  reworded: [
    "new words that mean the same, according to the contract",
    "The entry in history says `wording_only` and why. Only a person can tell whether that is true, so old and new words are shown side by side, here and on the page.",
    "schema_version rises, so that the page's change log has it: run `plainsight raise --wording-only REASON`. If the words mean something else, take `wording_only` out.",
    "version",
  ],
  "rendering-changed": [
    "the same contract is written differently",
    "The contract means the same. Its names in code, or the tool's words for it, changed.",
    fine,
  ],
});
