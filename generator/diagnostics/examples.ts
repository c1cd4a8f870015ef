import type { Code } from "./codes.js";

/** A line that is refused, and the same line mended. The contract around it doesn't matter. */
export interface Example {
  /** The place of the lines: in the fields of an event, in `events`, or at the top of the contract. */
  readonly in: "fields" | "events" | "contract";
  readonly refused: string;
  readonly mended: string;
}

const field = (refused: string, mended: string): Example => ({ in: "fields", refused, mended });
const event = (refused: string, mended: string): Example => ({ in: "events", refused, mended });
const contract = (refused: string, mended: string): Example => ({ in: "contract", refused, mended });

/** For the findings that a person meets first. A test reads each of them: one text has the finding, the other doesn't. */
export const EXAMPLES: Readonly<Partial<Record<Code, Example>>> = {
  "anonymous-claim": contract(
    "summary: Anonymous counts of builds.\nevents:\n  start:\n    when: When it starts.\n    why: How often.\n    fields: { host: { type: string, pattern: '^[a-z]+$', max_length: 20, example: build, why: Where. } }",
    "summary: Counts of builds.\nevents:\n  start:\n    when: When it starts.\n    why: How often.\n    fields: { tool: { type: enum, values: [npm, cargo], why: Which to test with. } }",
  ),
  "edges-not-closed": field(
    "took: { type: bucket, unit: seconds, up_to: { short: 10, long: 60 }, why: Where it is slow. }",
    "took: { type: bucket, unit: seconds, up_to: { short: 10, long: unlimited }, why: Where it is slow. }",
  ),
  "edges-not-rising": field(
    "took: { type: bucket, unit: seconds, up_to: { long: 60, short: 10, more: unlimited }, why: Where it is slow. }",
    "took: { type: bucket, unit: seconds, up_to: { short: 10, long: 60, more: unlimited }, why: Where it is slow. }",
  ),
  "empty-range": field(
    "files: { type: int, min: 10, max: 1, example: 5, why: How large projects are. }",
    "files: { type: int, min: 1, max: 10, example: 5, why: How large projects are. }",
  ),
  "example-missing": field(
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, why: Which to test with. }",
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, example: npm, why: Which to test with. }",
  ),
  "example-refused": field(
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, example: NPM, why: Which to test with. }",
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, example: npm, why: Which to test with. }",
  ),
  "client-ip-not-stated": contract(
    "destination:\n  url: https://telemetry.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: not-stated\n  retention: { raw: 90d }\n  deletion: Write to privacy@example.com.",
    "destination:\n  url: https://telemetry.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: discarded\n  retention: { raw: 90d }\n  deletion: Write to privacy@example.com.",
  ),
  "deletion-not-stated": contract(
    "destination:\n  url: https://telemetry.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: discarded\n  retention: { raw: 90d }",
    "destination:\n  url: https://telemetry.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: discarded\n  retention: { raw: 90d }\n  deletion: Write to privacy@example.com.",
  ),
  "retention-not-stated": contract(
    "destination:\n  url: https://telemetry.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: discarded\n  deletion: Write to privacy@example.com.",
    "destination:\n  url: https://telemetry.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: discarded\n  retention: { raw: 90d }\n  deletion: Write to privacy@example.com.",
  ),
  "do-not-track-ignored": contract(
    "consent:\n  model: opt-out\n  order:\n    - { env: SAMPLE_TELEMETRY, disable_when: falsy }",
    'consent:\n  model: opt-out\n  order:\n    - { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }\n    - { env: SAMPLE_TELEMETRY, disable_when: falsy }',
  ),
  "history-missing": contract(
    "schema_version: 2\nhistory:\n  - { version: 1, change: First version. }",
    "schema_version: 2\nhistory:\n  - { version: 1, change: First version. }\n  - { version: 2, change: It reports the tool. }",
  ),
  "history-ahead": contract(
    "schema_version: 1\nhistory:\n  - { version: 1, change: First version. }\n  - { version: 2, change: It reports the tool. }",
    "schema_version: 2\nhistory:\n  - { version: 1, change: First version. }\n  - { version: 2, change: It reports the tool. }",
  ),
  "missing-key": field(
    "tool: { type: enum, values: [npm, cargo] }",
    "tool: { type: enum, values: [npm, cargo], why: Which to test with. }",
  ),
  "no-way-to-disable": contract(
    "consent:\n  model: opt-out\n  order:\n    - { env: SAMPLE_TELEMETRY, enable_when: truthy }",
    'consent:\n  model: opt-out\n  order:\n    - { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }\n    - { env: SAMPLE_TELEMETRY, enable_when: truthy, disable_when: falsy }',
  ),
  "no-way-to-enable": contract(
    "consent:\n  model: opt-in\n  order:\n    - { env: SAMPLE_TELEMETRY, disable_when: falsy }",
    "consent:\n  model: opt-in\n  order:\n    - { env: SAMPLE_TELEMETRY, enable_when: truthy, disable_when: falsy }",
  ),
  "otherwise-not-listed": field(
    "tool: { type: enum, values: [npm, cargo], otherwise: other, why: Which to test with. }",
    "tool: { type: enum, values: [npm, cargo, other], otherwise: other, why: Which to test with. }",
  ),
  "out-of-range": field(
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 0, example: npm, why: Which to test with. }",
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, example: npm, why: Which to test with. }",
  ),
  "pattern-invalid": field(
    "tool: { type: string, pattern: '^[a-z+$', max_length: 20, example: npm, why: Which to test with. }",
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, example: npm, why: Which to test with. }",
  ),
  "pattern-look-around": field(
    "tool: { type: string, pattern: '^(?!x)[a-z]+$', max_length: 20, example: npm, why: Which to test with. }",
    "tool: { type: string, pattern: '^[a-wyz][a-z]*$', max_length: 20, example: npm, why: Which to test with. }",
  ),
  "pattern-nested-repetition": field(
    "tool: { type: string, pattern: '^([a-z]+)+$', max_length: 20, example: npm, why: Which to test with. }",
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, example: npm, why: Which to test with. }",
  ),
  "pattern-not-anchored": field(
    "tool: { type: string, pattern: '[a-z]+', max_length: 20, example: npm, why: Which to test with. }",
    "tool: { type: string, pattern: '^[a-z]+$', max_length: 20, example: npm, why: Which to test with. }",
  ),
  "todo-left": field(
    "tool: { type: enum, values: [npm, cargo], why: TODO }",
    "tool: { type: enum, values: [npm, cargo], why: Which to test with. }",
  ),
  "unknown-key": field(
    "tool: { type: enum, valeus: [npm, cargo], why: Which to test with. }",
    "tool: { type: enum, values: [npm, cargo], why: Which to test with. }",
  ),
  "unknown-type": field("ok: { type: boolean, why: Whether it works. }", "ok: { type: bool, why: Whether it works. }"),
  "unknown-value": contract("delivery: { mode: instant }", "delivery: { mode: immediate }"),
  "unknown-placeholder": contract(
    "wire: { format: json, body: { name: $name, $fields: } }",
    "wire: { format: json, body: { name: $event, $fields: } }",
  ),
  "url-invalid": contract(
    "destination:\n  url: https://{common.region}.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: discarded\n  retention: { raw: 90d }\n  deletion: Write to privacy@example.com.",
    "destination:\n  url: https://telemetry.example.com/v1\n  operator: { name: Sample, party: first }\n  client_ip: discarded\n  retention: { raw: 90d }\n  deletion: Write to privacy@example.com.",
  ),
  "wrong-kind": contract("why: How many people use it.", "why: [How many people use it.]"),
  "yaml-ambiguous": field(
    "answer: { type: enum, values: [yes, no], why: What people choose. }",
    'answer: { type: enum, values: ["yes", "no"], why: What people choose. }',
  ),
  "yaml-duplicate-key": field(
    "ok: { type: bool, type: bool, why: Whether it works. }",
    "ok: { type: bool, why: Whether it works. }",
  ),
  "yaml-syntax": field("ok: { type: bool, why: Whether it works.", "ok: { type: bool, why: Whether it works. }"),
  "looks-like-identifier": field(
    "host: { type: string, pattern: '^[a-z]+$', max_length: 20, example: build, why: Where. }",
    "tool: { type: enum, values: [npm, cargo], why: Which to test with. }",
  ),
  "repeated-item": field(
    "tool: { type: enum, values: [npm, npm], why: Which to test with. }",
    "tool: { type: enum, values: [npm, cargo], why: Which to test with. }",
  ),
  "empty-value": field('ok: { type: bool, why: "" }', "ok: { type: bool, why: Whether it works. }"),
  "unused-identifier": contract(
    "identifiers:\n  machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-run }",
    "identifiers: none",
  ),
  "absence-is-a-yes": contract(
    "consent:\n  model: opt-in\n  order:\n    - { env: SAMPLE_TELEMETRY, enable_when: absent, disable_when: falsy }",
    "consent:\n  model: opt-in\n  order:\n    - { env: SAMPLE_TELEMETRY, enable_when: truthy, disable_when: falsy }",
  ),
  "unused-by-mode": contract("delivery: { mode: immediate, batch: 20 }", "delivery: { mode: immediate }"),
  "uuid-outside-identifiers": contract(
    "events:\n  start:\n    when: When it starts.\n    why: How many machines.\n    fields: { machine_id: { type: uuid, why: How many machines. } }",
    "identifiers:\n  machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-run }\nevents:\n  start:\n    when: When it starts.\n    why: How many machines.\n    fields: { machine_id: { type: identifier, why: How many machines. } }",
  ),
  "identifiers-none": contract(
    "identifiers: none\nevents:\n  start:\n    when: When it starts.\n    why: How many machines.\n    fields: { machine_id: { type: identifier, why: How many machines. } }",
    "identifiers:\n  machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-run }\nevents:\n  start:\n    when: When it starts.\n    why: How many machines.\n    fields: { machine_id: { type: identifier, why: How many machines. } }",
  ),
  "reserved-name": field(
    "constructor: { type: bool, why: Whether it works. }",
    "builder: { type: bool, why: Whether it works. }",
  ),
  "code-name-taken": event(
    "Start: { when: When it starts., why: How often. }\nstart: { when: When a build starts., why: How often. }",
    "start: { when: When it starts., why: How often. }\nbuild_start: { when: When a build starts., why: How often. }",
  ),
  "map-keys": field(
    "flags: { type: map, keys: { type: int }, of: { type: bool }, max_items: 9, example: {}, why: Which are used. }",
    "flags: { type: map, keys: { type: enum, values: [fast, safe] }, of: { type: bool }, max_items: 9, example: {}, why: Which are used. }",
  ),
  "exclusive-keys": field(
    "size: { type: bucket, unit: files, below: { few: 9, many: unlimited }, up_to: { few: 9, many: unlimited }, why: How large. }",
    "size: { type: bucket, unit: files, below: { few: 9, many: unlimited }, why: How large. }",
  ),
  "guarantee-contradicted": contract(
    "delivery: { mode: immediate, attempts: 3 }\nguarantees: [no-retry]",
    "delivery: { mode: immediate, attempts: 3 }\nguarantees: []",
  ),
};
