/** A contract that has every word that the Rust client knows. */
export const everyWord = `telemetry_spec: 1
product: every-word
title: Telemetry
schema_version: 7
summary: What this sample reports.
why: [How it is used.]
never_collected: [Anything else.]
consent:
  model: opt-in
  order:
    - { env: DO_NOT_TRACK, disable_when: truthy }
    - { env: SAMPLE_TELEMETRY, enable_when: [truthy, "send"], disable_when: [falsy, never] }
    - { env: SAMPLE_LEVEL, disable_when: { any_except: [send, keep] } }
    - { env: SAMPLE_SET, disable_when: non-empty }
    - { env: SAMPLE_ONE, enable_when: ["1"] }
    - { env: SAMPLE_ANY, enable_when: present }
identifiers: none
destination: { url: "https://telemetry.example.com/v1", operator: { name: Sample, party: first }, client_ip: discarded, retention: { raw: 90d }, deletion: Write to us. }
contact: Write to us.
common:
  edition: { type: enum, values: [free, paid-up, ""], from: setup, why: Which edition. }
  channel: { type: string, pattern: "^[a-z]+$", max_length: 9, optional: true, from: setup, example: beta, why: Which channel., justification: It is only a sample of a text. }
events:
  stop: { when: When it stops., why: A name of the runtime., expires: "2020-06-30", fields: { beta: { type: bool, optional: true, expires: "2020-06-30", why: Whether it was new. } } }
  command:
    when: When a command ends.
    why: To see that every type travels.
    fields:
      type: { type: enum, values: [a-b, a_b, "1"], why: A reserved word. }
      fn: { type: bool, why: Another. }
      count: { type: int, min: 0, max: 10000, example: 12, why: How many. }
      elapsed: { type: bucket, unit: ms, below: { fast: 1000, slow: unlimited }, example: fast, why: How long. }
      size: { type: bucket, unit: MiB, up_to: { small: 10, large: unlimited }, optional: true, example: small, why: How large. }
      name: { type: text, max_length: 20, example: some name, why: What it is called., justification: It is only a sample of a text. }
      system: { type: enum, values: [linux, other], otherwise: other, why: Where it runs. }
      level: { type: int, min: 1, max: 9, optional: true, example: 3, why: How high. }
      mode: { type: enum, values: [fast, safe], optional: true, why: Which mode. }
      odd: { type: bool, optional: true, example: true, why: Whether it is odd. }
      weekly: { type: const, value: weekly, why: It never changes. }
  setup:
    when: When it is set up.
    why: A function of the module's own has this name.
    limit: { once_per: process }
wire: { format: json, body: { what: $event, kind: sample, inner: { common: { $common: }, $fields: } } }
clients: { rust: {} }
delivery: { mode: immediate, on_failure: silent }
history:
  - { version: 7, change: First version. }
`;
