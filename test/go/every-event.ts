/** A contract with events that has every word that the Go client knows, with a field for each way in which one may be given. */
export const everyEvent = `telemetry_spec: 1
product: every-event
title: Telemetry
schema_version: 1
summary: What this sample reports.
why: [How it is used.]
never_collected: [Anything else.]
consent:
  model: opt-in
  order:
    - { env: DO_NOT_TRACK, disable_when: truthy }
    - { env: SAMPLE_LEVEL, disable_when: { any_except: [send, keep] } }
    - { env: SAMPLE_CASE, any_case: true, trimmed: true, enable_when: ["yes"], otherwise: disable }
    - { flag: --no-telemetry }
    - { fact: ci }
    - { fact: staging, means: whether it runs where it is tried out }
    - { config: sample.yaml, key: telemetry.enabled, enable_when: [true], disable_when: [false, 0] }
    - { given: reporting, means: the value reporting of the chart, enable_when: [true], disable_when: [false] }
    - { stored: consent, enable_when: ["yes"], disable_when: ["no"] }
  builds: { enterprise: locked-off, community: normal }
  ask:
    - { where: first run, needs: [terminal, not-ci], question: May it be sent?, preselected: decline, ask_again: never }
  notice: { text: It is sent., when: before-first-send, stream: stderr, sends_from: next-run }
  commands:
    status: { run: sample telemetry status }
    enable: { run: sample telemetry on }
    disable: { run: sample telemetry off }
  state_file:
    path: ~/.sample/telemetry.json
    keys:
      machine: { type: identifier }
      consent: { type: enum, values: ["yes", "no"] }
      updated_at: { type: timestamp }
identifiers:
  machine: { identifies: machine, made_from: random, format: { type: uuid, version: 4 }, created: opt-in, deletion_by: asking }
  session: { identifies: session, made_from: random, format: { type: uuid, version: 4 }, created: process-start, deletion_by: asking }
  run: { identifies: other, what: a report, made_from: random, format: { type: uuid, version: 4 }, created: each-event }
destination:
  url: "https://telemetry.example.com/v1"
  override: { order: [{ env: SAMPLE_URL }], https_only: true, http_allowed_for: [localhost], when_rejected: disable }
  operator: { name: Sample, party: first }
  client_ip: discarded
  retention: { raw: 90d }
  deletion: Write to us.
contact: Write to us.
common:
  machine: { type: identifier, why: Counts machines. }
  session: { type: identifier, why: Counts runs. }
  version: { type: version, from: package-version, example: 1.2.3, why: Which versions are used. }
  os: { type: enum, values: [linux, darwin, win32, other], otherwise: other, from: os, why: What to test on. }
  arch: { type: enum, values: [x64, arm64, other], otherwise: other, from: arch, why: What to build for. }
  edition: { type: enum, values: [free, paid], from: setup, why: Which edition. }
  ci: { type: bool, from: { env: CI, is: present }, example: false, why: Tells machines from people. }
events:
  started:
    when: At the start.
    why: How often it is used.
    limit: { once_per: process }
  stopped:
    when: At the end, once a day.
    why: How often it ends.
    limit: { once_per: day, for_each: [mode] }
    fields:
      mode: { type: enum, values: [fast, safe], why: Which mode. }
  tried:
    when: Once per machine.
    why: Who tries it.
    limit: { once_per: machine }
    fields: { run: { type: identifier, why: What is named later. } }
  sampled:
    when: One in two.
    why: How it goes.
    sample: { one_in: 2 }
  left: { when: It was turned off., why: How many leave., even_when_off: { reason: Who leaves is counted., despite: [stored, config, default], on: disable } }
  ran:
    when: Once per run.
    why: What is used.
    note: A note.
    fields:
      type: { type: enum, values: [a-b, a_b, "1"], why: A reserved word. }
      func: { type: enum, values: [a], why: Another. }
      size: { type: bucket, unit: MiB, below: { small: 10, large: unlimited }, example: small, why: How large. }
      mode: { type: enum, values: [fast, safe, slow], optional: true, why: Which mode. }
      detail: { type: enum, values: [more, less], only_when: { mode: [fast, slow] }, optional: true, why: More of it. }
      name: { type: text, max_length: 20, example: some name, why: What it is called., justification: It is only a sample of a text. }
      shell: { type: string, pattern: "^[a-z]+$", max_length: 9, otherwise: other, example: bash, why: Which shell., justification: It is only a sample of a text. }
      good: { type: bool, example: true, why: Whether it went well. }
      maybe: { type: bool, optional: true, example: true, why: Whether it did. }
      nothing: { type: int, nullable: true, example: 3, why: How many. }
      count: { type: int, optional: true, example: 3, why: How many. }
      share: { type: number, decimals: 2, min: 0, max: 1, example: 0.25, why: How much. }
      tags: { type: list, of: { type: enum, values: [one, two] }, max_items: 3, example: [one], why: Which. }
      sizes: { type: list, of: { type: int, min: 0, max: 9 }, max_items: 3, optional: true, example: [1, 2], why: Which. }
      id: { type: identifier, of: run, why: Tells a report that came twice. }
      kind: { type: enum, values: [install, upgrade, remove, clean, list], why: What was done. }
      about:
        type: one_of
        by: kind
        cases:
          install: { type: object, fields: { amount: { type: int, example: 2 }, from: { type: enum, values: [here, there], optional: true } } }
          upgrade: int
          remove: { type: bucket, unit: count, below: { few: 10, many: unlimited } }
        otherwise: { type: enum, values: [little, much] }
        why: More of what was done.
      done: { type: one_of, by: kind, cases: { install: { type: bool }, remove: { type: number, min: 0, max: 1, decimals: 1 } }, nullable: true, example: true, why: How it went or nothing. }
      later: { type: one_of, by: kind, cases: { install: { type: bool } }, nullable: true, optional: true, example: true, why: The same of what may be left out. }
      odd: { type: int, nullable: true, optional: true, example: 3, why: What may be told as nothing. }
      odd_tags: { type: list, of: { type: enum, values: [red, blue] }, max_items: 3, nullable: true, optional: true, example: [red], why: The same of several. }
      shape:
        type: object
        why: What it looks like.
        fields:
          wide: { type: int, example: 2 }
          tall: { type: int, optional: true, example: 3 }
      weekly: { type: const, value: weekly, why: It never changes. }
wire:
  format: json
  headers: { x-sample: "$common.version" }
  body: { event: $event, at: $time, common: { $common: }, fields: { $fields: } }
clients: { go: {} }
delivery: { mode: immediate, timeout: 2s, on_failure: log, log_level: info, attempts: 2, debug: { env: SAMPLE_DEBUG, when: non-empty, shows: payload, stream: stderr, sends: false, when_off: true } }
history:
  - { version: 1, change: First version. }
`;

/** The same in a queue, with what only a queue has. */
export const everyQueue = everyEvent
  .replace("product: every-event", "product: every-queue")
  .replace(
    /wire:[\s\S]*?clients/,
    `wire:
  format: json
  body: { $common: , events: $each }
  each: { event: $event, at: $time, fields: [{ $fields: { key: $name, value: $value } }] }
clients`,
  )
  .replace(
    /delivery: .*/,
    `delivery:
  mode: queued
  timeout: 2s
  on_failure: silent
  queue: { file: ~/.sample/queue.jsonl, max_size: 64KiB, when_full: drop-newest, reclaim_after: 1h }
  flush:
    - { at: command-start, commands: [serve] }
    - { at: command-end, wait: true }
    - { at: interval, every: 1h }
    - { at: process-exit, wait: true }
  debug: { env: SAMPLE_DEBUG, when: non-empty, shows: payload, stream: stderr, sends: false, when_off: true }`,
  )
  .replace(
    /\n {2}ran:/,
    `
  used:
    when: Once a day for each name.
    why: What is used.
    rollup:
      one_per: [day, mode, name, channel]
      combine: { count: calls, failed: failed-calls, size: sum }
    fields:
      mode: { type: enum, values: [fast, safe], why: Which mode. }
      name: { type: string, pattern: "^[a-z]+$", max_length: 9, optional: true, example: bash, why: Which. }
      channel: { type: enum, values: [stable, next], from: setup, why: Which channel. }
      count: { type: int, max: 1000, example: 3, why: How often. }
      failed: { type: int, max: 1000, example: 0, why: How often not. }
      size: { type: int, max: 1000, example: 0, why: How much. }
  ran:`,
  );
