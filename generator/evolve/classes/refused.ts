import { defineClasses } from "./define-classes.js";

const raise = "Run `plainsight raise`, or revert the change.";

/** The classes that nothing and nobody can let through: there is no exception, label or flag. */
export const refused = defineClasses("refused", "nothing", {
  "free-text": [
    "a closed value becomes open text",
    "Open text can contain anything, and sooner or later it contains a path or a name.",
    "Keep a closed set (`type: enum`), or add a `justification` that says why there is none; the page prints it.",
  ],
  "meaning-changed": [
    "the same name means something else",
    "Old and new values would be mixed in one column. The page of the old version would be wrong about new data.",
    "Give the new thing a new name, and retire the old one.",
  ],
  "tombstone-reused": [
    "a retired name comes back as something else",
    "Old clients still send the old thing under that name, for ever.",
    "Choose a name that no released version used.",
  ],
  "former-name-unknown": [
    "a former name that nothing had",
    "The page would say that something was called what it never was.",
    "Correct `renamed_from`, or remove it: only names of released versions count.",
  ],
  "edge-tightened": [
    "a tighter limit would reject old clients",
    "Published clients keep sending for ever; what they were allowed to send must stay accepted. To collect less from them, accept the field and drop it (`dropped_at_edge: true`).",
    "Keep the limit, or stop accepting those versions with `ingest: { supported: { from: N } }`.",
  ],
  "allowlist-loosened": [
    "the receiver would keep more of what old clients send",
    "The receiver must never accept more from a released version, because its users were told the old rule.",
    "Keep the rule as it was released.",
  ],
  "transport-changed": [
    "old clients would no longer be understood",
    "Path, body, encoding and answers are part of the contract, and published clients can't change theirs.",
    "Keep them, or stop accepting those versions with `ingest: { supported: { from: N } }`.",
  ],
  "support-removed": [
    "a released version has disappeared",
    "Without its file, the receiver can't accept what its clients send, and nothing can be compared with it.",
    "Put frozen/v<N>.json back. To stop accepting a version, write `ingest: { supported: { from: N } }`.",
  ],
  "frozen-edited": [
    "a released version was edited",
    "It is the record of what users were told. Anybody who can edit it can hide new collection.",
    "Restore the file from the base branch, and make the change in the spec as a new version.",
  ],
  "frozen-damaged": [
    "a released version can't be read",
    "A file that can't be read can't be compared with anything.",
    "Restore the file from version control, or, if the version was never released, run `plainsight freeze` again.",
  ],
  "version-not-raised": [
    "what is sent changed, but schema_version was not raised",
    "Readers of a payload with `schema_version: 1` would rely on the page of version 1.",
    raise,
  ],
  "version-skipped": [
    "the schema_version skips a number",
    "Versions are counted one by one, so a gap always means that one was lost.",
    "Write the number that follows the last released version.",
  ],
  "version-reused": [
    "a schema_version that was released before",
    "With two contracts under one number, nobody could tell which one a payload follows.",
    "Write the number that follows the last released version.",
  ],
  "epoch-not-raised": [
    "more is collected, but consent_epoch was not raised",
    "Clients that know an older epoch show the notice or the question again before they send anything new. Without a higher epoch, nobody would be told.",
    raise,
  ],
  "nothing-frozen": [
    "no version of the contract is frozen",
    "A check that compares with nothing proves nothing.",
    "Run `plainsight freeze` and commit the file that it writes.",
  ],
  "release-not-frozen": [
    "a version was released and not frozen",
    "Its users were told what that version says. Without its file, later additions can't be recognized as new.",
    "Check out the tag, run `plainsight freeze`, and commit the frozen file here; then run `plainsight raise`. To prevent this, run `plainsight freeze --check` in the workflow that publishes.",
  ],
  "nothing-checked": [
    "the check had nothing to check",
    "A check of no events, fields or rules is broken, not clean.",
    "Add at least one entry under `events` or `metrics`.",
  ],
  "baseline-unreadable": [
    "there is no base to compare with",
    "A missing base doesn't mean that nothing changed.",
    "Fetch the base (in a workflow: `fetch-depth: 0`), or name another with --base.",
  ],
  "over-budget": [
    "an event can carry more bits than max_bits allows",
    "Each additional value helps to single somebody out. The limit was set for that reason.",
    "Make a field coarser or remove one, or raise `max_bits`, which reviewers will see.",
  ],
});
