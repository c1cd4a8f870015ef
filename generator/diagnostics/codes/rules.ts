import { type CodeInfo, error } from "../code-info.js";

/** Parts of a spec that don't fit together. */
export const RULE_CODES = {
  "rhythm-unusable": error(
    "a limit or a sample that can't be kept",
    "The page would promise that an event is sent less often than it is, or the event would never be sent.",
    "Name what is there: fields with a closed set of values, an identifier that the client makes, a constant that says the rate.",
  ),
  "expiry-unusable": error(
    "an expiry date that can't be kept",
    "The page would promise that something ends on a day. It would still be sent after it, or reports without it would be refused.",
    "Give expires to single events and to optional fields.",
  ),
  "derived-unusable": error(
    "something that the receiver can't work out",
    "The page would say that the receiver adds what it can't know, or what it promised not to look at.",
    "Give it a name of its own, and say in client_ip what happens to the address.",
  ),
  "unknown-state-key": error(
    "a key that the state file doesn't have",
    "Consent would be read from, or written to, nowhere.",
    "Declare it under consent.state_file.keys.",
  ),
  "state-value-refused": error(
    "a value that the state file's type refuses",
    "The value could never be read back.",
    "Correct the value, or the key's type.",
  ),
  "stored-without-file": error(
    "a stored step without a state file",
    "There is nothing to read the answer from.",
    "Declare consent.state_file.",
  ),
  "unknown-identifier": error(
    "an identifier that is not declared",
    "Everything that can tell one person or machine from another is declared, with its lifetime.",
    "Declare it under identifiers.",
  ),
  "unused-identifier": error(
    "an identifier that is never used",
    "A declaration that nothing uses misleads its reader.",
    "Add the field that sends it, or remove it.",
  ),
  "identifiers-none": error(
    "an identifier in a spec that declares none",
    "A contract with identifiers: none promises that nothing can be told apart.",
    "Declare it, or don't send it.",
  ),
  "uuid-outside-identifiers": error(
    "a UUID that is not a declared identifier",
    "A UUID tells things apart by design.",
    "Declare it under identifiers and use type: identifier.",
  ),
  "unknown-placeholder": error(
    "a placeholder that nothing fills in",
    "The request could never be made.",
    "Write one that the language has, or declare the field that it names.",
  ),
  "event-not-named": error(
    "several events, and a request that doesn't say which it is about",
    "The receiver would take every event for the first.",
    "Draw $event somewhere in the picture.",
  ),
  "field-not-sent": error(
    "a field that the picture has no place for",
    "It would be declared, asked for, and never sent, or lost where it is null or empty.",
    "Draw the set that it belongs to, or the field itself.",
  ),
  "wire-misplaced": error(
    "something in the wrong place of a request",
    "The request could not be made, or the receiver could not read it back.",
    "Move it, as the hint says.",
  ),
  "text-ambiguous": error(
    "a value that can't be told from its text",
    "The receiver could not read back what was sent.",
    "Send it as it is, or put a separator between that it can't contain.",
  ),
  "url-invalid": error(
    "a URL that can't be filled in",
    "The host is fixed and reviewed; only parts of the path vary.",
    "Correct the URL.",
  ),
  "unknown-rollup-field": error(
    "a rollup over a field that doesn't exist",
    "There would be nothing to group by or to count in.",
    "Correct the name, or declare the field.",
  ),
  "dashboard-unknown": error(
    "a dashboard of something that isn't in the contract",
    "Its query would find nothing, silently.",
    "Correct the name, or declare the field.",
  ),
  "rollup-without-day": error("a rollup without its day", "A rollup is a daily total.", "Begin one_per with day."),
  "rollup-field-unfilled": error(
    "a field that a rollup can't fill in",
    "A total has values only for the fields that group and the fields that count.",
    "Add it to one_per or counters.",
  ),
  "counter-not-whole": error(
    "a counter that is not a whole number",
    "Counting gives whole numbers.",
    "Give it type: int.",
  ),
  "unknown-condition-field": error(
    "an only_when about a field that doesn't exist",
    "The condition could never hold.",
    "Name a field that is next to it.",
  ),
  "condition-on-condition": error(
    "an only_when about a conditional field",
    "Its presence would depend on the order of the checks.",
    "Name fields that are always there.",
  ),
  "condition-refused": error(
    "an only_when with a value that its field never has",
    "The condition could never hold.",
    "Choose one of the field's values.",
  ),
  "never-sent": error(
    "something that is only sent where nothing is sent",
    "It would be declared, and never sent.",
    "Remove only_where, or the step that reads the same fact.",
  ),
  "no-way-to-disable": error(
    "an opt-out contract that can't be turned off",
    "Telemetry that is on without asking must be easy to turn off.",
    "Add a step with disable_when.",
  ),
  "no-way-to-enable": error(
    "a contract that can't be turned on",
    "It could never report anything.",
    "Add a step with enable_when.",
  ),
  "do-not-track-grants": error(
    "DO_NOT_TRACK that turns reporting on",
    "A switch that only says no must not become a yes for those who set it to 0.",
    "Remove enable_when from that step.",
  ),
  "answer-contradicted": error(
    "a stored answer that says something else",
    "After a no the file must hold a no, and being asked or told is not a yes.",
    "Remove the key from stores: the answer itself is always stored.",
  ),
  "guarantee-contradicted": error(
    "a guarantee that the spec contradicts",
    "A promise on the page that the code breaks is worse than none.",
    "Change one of the two.",
  ),
  "format-mismatch": error(
    "events or metrics in a format that doesn't carry them",
    "Prometheus text carries metrics alone, and JSON events alone.",
    "Choose the format that fits.",
  ),
  "unused-by-mode": error(
    "a key that the mode of delivery doesn't use",
    "It would look like a promise and do nothing.",
    "Remove it, or choose the mode that it belongs to.",
  ),
  "missing-for-mode": error("a key that the mode of delivery needs", "Without it nothing could be sent.", "Add it."),
  "missing-for-sink": error("a key that the sink needs", "The receiver could never store anything.", "Add it."),
  "unused-by-sink": error(
    "a key that the sink doesn't use",
    "It would be printed for people, and change nothing.",
    "Remove it, or choose another sink.",
  ),
  "forget-impossible": error(
    "a forget command that can't work",
    "People would be told that everything is deleted, and it would stay.",
    "Make it possible, or remove consent.commands.forget.",
  ),
  "label-not-text": error(
    "a label that isn't text",
    "Prometheus labels are texts, so the receiver could never accept a number or a yes or no.",
    "Use a type of texts; a number belongs in value.",
  ),
  "strip-in-metrics": error(
    "strip in a metrics contract",
    "Removing a label would merge a sample with another.",
    "Write drop or reject.",
  ),
  "name-taken": error("one key for two things", "One of them would overwrite the other.", "Choose another name."),
  "code-name-taken": error(
    "two names that become one in code",
    "Generated code can't have two things of one name.",
    "Add a code_name to one of them.",
  ),
  "no-code-name": error(
    "a name without letters or digits",
    "Generated code needs something to call it.",
    "Add a code_name, or choose another name.",
  ),
  "history-missing": error(
    "a version without an entry in history",
    "TELEMETRY.md tells what every version changed.",
    "Add an entry.",
  ),
  "history-repeated": error(
    "a version with two entries",
    "One change log has one entry for each version.",
    "Join them.",
  ),
  "history-ahead": error(
    "an entry for a version that isn't there yet",
    "Either the version was not raised, or the entry is wrong.",
    "Raise schema_version, or correct the entry.",
  ),
  "client-cannot": error(
    "something that a client in one of the contract's languages can't carry out",
    "A client implements the whole contract or isn't generated: half a contract is a different contract.",
    "Do what the hint says, or take the language out of `clients`.",
  ),
  "from-mismatch": error(
    "a source that doesn't fit its field's type",
    "The value that is filled in would be refused.",
    "Give the field the type in the hint, or another source.",
  ),
  "todo-left": error(
    "a question that a draft left open",
    "A draft marks what it could not see. Nothing undecided may reach users.",
    "Decide it, and write the answer in place of TODO.",
  ),
  "schema-version-mismatch": error(
    "a field that says another schema version",
    "Receivers and readers would look things up in the wrong version.",
    "Write the current schema_version.",
  ),
} as const satisfies Record<string, CodeInfo>;
