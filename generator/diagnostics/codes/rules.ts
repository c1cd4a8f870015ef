import { type CodeInfo, error } from "../code-info.js";

/** Parts of a spec that don't fit together. */
export const RULE_CODES = {
  "rhythm-unusable": error(
    "a limit or a sample that can't be enforced",
    "The page would promise that an event is sent less often than it is, or the event would never be sent.",
    "Name something that works: a field with a closed set of values, an identifier that the client creates, a constant with the rate.",
  ),
  "flush-unusable": error(
    "a flush that can't do what it says",
    "What is sent in the background needs a program that runs on: one that ends at once would never send anything, though the page says so.",
    "Write wait: true, or send it when the next command starts; remove keys that do nothing there.",
  ),
  "body-limit": error(
    "a limit that refuses the contract's own requests",
    "The receiver would answer that they are too large, and nothing would be kept.",
    "Raise ingest.limits.body.",
  ),
  "expiry-unusable": error(
    "an expiry date that can't be kept",
    "The page would promise that something ends on a date. It would still be sent afterwards, or reports without it would be refused.",
    "Use `expires` only on single events and on optional fields.",
  ),
  "derived-unusable": error(
    "something that the receiver can't compute",
    "The page would say that the receiver adds what it can't know, or what it promised not to look at.",
    "Give it its own name, and say in client_ip what happens to the address.",
  ),
  "unknown-state-key": error(
    "a key that the state file doesn't have",
    "Consent could be neither read nor written.",
    "Declare it under consent.state_file.keys.",
  ),
  "state-value-refused": error(
    "a value that the state file's type refuses",
    "The value could never be read back.",
    "Correct the value, or the key's type.",
  ),
  "stored-without-file": error(
    "a stored step without a state file",
    "There is no file to read the answer from.",
    "Add consent.state_file with that key.",
  ),
  "unknown-identifier": error(
    "an identifier that is not declared",
    "Everything that can identify a person or machine must be declared, with its lifetime.",
    "Declare it under identifiers.",
  ),
  "identifier-not-found": error(
    "an identifier that the receiver can't find",
    "The page would say that it limits or tells senders apart by it, and every report would count as nobody's.",
    "Send the identifier in a field outside of objects, or name another one.",
  ),
  "unused-identifier": error(
    "an identifier that is never used",
    "An unused declaration misleads readers.",
    "Add the field that sends it, or remove it.",
  ),
  "identifiers-none": error(
    "an identifier in a spec that declares none",
    "A contract with identifiers: none promises that reports can't be linked.",
    "Declare it under `identifiers`, or don't send it.",
  ),
  "uuid-outside-identifiers": error(
    "a UUID that is not a declared identifier",
    "A UUID identifies something by design.",
    "Declare it under identifiers and use type: identifier.",
  ),
  "unknown-placeholder": error(
    "a placeholder that nothing fills in",
    "The request could never be built.",
    "Use a placeholder of the language, or declare the field that it names.",
  ),
  "event-not-named": error(
    "several events, and a request that doesn't say which it is about",
    "The receiver would treat every event as the first one.",
    "Draw $event somewhere in the picture.",
  ),
  "field-not-sent": error(
    "a field that has no place in the request",
    "It would be declared and asked for, but never sent, or lost when it is null or empty.",
    "Add the set that it belongs to (such as $fields or $common) or the field itself to `wire`.",
  ),
  "wire-misplaced": error(
    "something in the wrong place of a request",
    "The request could not be built, or the receiver could not read it.",
    "Move it, as the hint says.",
  ),
  "text-ambiguous": error(
    "a value that can't be recovered from its text",
    "The receiver could not tell what was sent.",
    "Send it on its own, or separate it with a character that it can't contain.",
  ),
  "url-invalid": error(
    "a URL to which no report could get",
    "The host must be fixed, so that it can be reviewed, and only parts of the path may vary. The path must be the one that a client asks for, and not one that the receiver answers itself.",
    "Correct the URL.",
  ),
  "unknown-rollup-field": error(
    "a rollup over a field that doesn't exist",
    "There would be nothing to group by or to count in.",
    "Correct the name, or declare the field.",
  ),
  "dashboard-unknown": error(
    "a dashboard of something that isn't in the contract",
    "Its query would silently find nothing.",
    "Correct the name, or declare the field.",
  ),
  "rollup-without-day": error(
    "a rollup without its day",
    "A rollup is the total of a time, or of so many calls.",
    "Write `day`, `hour`, `week` or `300 calls` first in one_per.",
  ),
  "rollup-field-unfilled": error(
    "a field that a rollup can't fill in",
    "A total only has values for the fields that group and the fields that count.",
    "Add it to one_per or combine.",
  ),
  "counter-not-whole": error(
    "a counter that is not a whole number",
    "A count is always a whole number.",
    "Give it type: int.",
  ),
  "unknown-condition-field": error(
    "an only_when about a field that doesn't exist",
    "The condition could never hold.",
    "Name a field of the same event or object.",
  ),
  "condition-on-condition": error(
    "an only_when about a conditional field",
    "Whether it is sent would depend on the order of the checks.",
    "Name fields that are always there.",
  ),
  "condition-refused": error(
    "an only_when with a value that its field never has",
    "The condition could never hold.",
    "Choose one of the field's values.",
  ),
  "never-sent": error(
    "something that would only be sent where nothing is sent",
    "It would be declared, and never sent.",
    "Remove only_where, or the step that reads the same fact.",
  ),
  "guarantee-contradicted": error(
    "a guarantee that the spec contradicts",
    "A promise on the page that the code breaks is worse than none.",
    "Remove the guarantee, or change the key that contradicts it.",
  ),
  "format-mismatch": error(
    "events or metrics in a format that can't contain them",
    "Prometheus text contains only metrics, and JSON only events.",
    "For metrics, write `format: prometheus-text`; for events, another format.",
  ),
  "unused-by-mode": error(
    "a key that the mode of delivery doesn't use",
    "It would look like a promise but do nothing.",
    "Remove it, or choose the mode that it belongs to.",
  ),
  "refusal-put-back": error(
    "a status for a refused request that a client takes for something else",
    "A queue sends it again without end, and nothing behind it is ever sent; or, after 410, a client never sends anything again.",
    "Write another status for the refusal, or leave it out of puts_back.",
  ),
  "missing-for-mode": error("a key that the mode of delivery needs", "Without it nothing could be sent.", "Add it."),
  "missing-for-sink": error("a key that the sink needs", "The receiver could never store anything.", "Add it."),
  "unused-by-sink": error(
    "a key that the sink doesn't use",
    "It would be printed on the page but have no effect.",
    "Remove it, or choose another sink.",
  ),
  "forget-impossible": error(
    "a forget command that can't work",
    "People would be told that everything is deleted, but the data would stay.",
    "Make it possible, or remove consent.commands.forget.",
  ),
  "label-not-text": error(
    "a label that isn't text",
    "Prometheus labels are text, so the receiver could never accept a number or a boolean.",
    "Use a text type, such as enum or string; a number belongs in `value`.",
  ),
  "strip-in-metrics": error(
    "strip in a metrics contract",
    "Without one label, a sample would merge with another.",
    "Write `drop` or `reject`.",
  ),
  "name-taken": error("one key for two things", "One of them would overwrite the other.", "Choose another name."),
  "code-name-taken": error(
    "two names that become the same name in code",
    "Generated code can't have two things with the same name.",
    "Add a code_name to one of them.",
  ),
  "no-code-name": error(
    "a name without letters or digits",
    "Generated code needs a name for it.",
    "Add a code_name, or choose another name.",
  ),
  "history-missing": error(
    "a version without an entry in history",
    "TELEMETRY.md lists what each version changed.",
    "Add an entry for it under `history`.",
  ),
  "history-repeated": error(
    "a version with two entries",
    "A change log has one entry for each version.",
    "Merge the two entries.",
  ),
  "history-ahead": error(
    "a history entry for a version that doesn't exist yet",
    "Either the version was not raised, or the entry is wrong.",
    "Raise schema_version, or correct the entry.",
  ),
  "client-cannot": error(
    "something that a client in one of the contract's languages can't carry out",
    "A client implements the whole contract or isn't generated: half a contract is a different contract.",
    "Do what the hint says, or remove the language from `clients`.",
  ),
  "from-mismatch": error(
    "a source that doesn't fit its field's type",
    "The value that is filled in would be refused.",
    "Give the field the type in the hint, or another source.",
  ),
  "todo-left": error(
    "an open question in a draft",
    "A draft marks what it could not know. It must be decided before users get it.",
    "Replace TODO with your decision.",
  ),
  "schema-version-mismatch": error(
    "a field with another schema version",
    "Receivers and readers would use the wrong version.",
    "Write the current schema_version there.",
  ),
} as const satisfies Record<string, CodeInfo>;
