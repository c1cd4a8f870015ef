/** A contract that has every value that the Rust client knows, identifiers of every kind, and a request that is drawn. */
export const everyValue = `telemetry_spec: 1
product: every-value
title: Telemetry
schema_version: 1
summary: What this sample reports.
why: [How it is used.]
never_collected: [Anything else.]
consent:
  model: opt-in
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: consent.given, enable_when: ["yes"], disable_when: ["no"] }]
  ask: [{ where: first run, needs: [terminal], question: May it?, preselected: decline }]
  commands:
    status: { run: every-value telemetry status, prints: [enabled, machine_id] }
    enable: { run: every-value telemetry on }
    disable: { run: every-value telemetry off }
  state_file:
    path: "{app_dir}/telemetry.json"
    keys: { consent.given: { type: enum, values: ["yes", "no"] }, ids.machine: { type: identifier, of: machine_id } }
identifiers:
  machine_id: { identifies: machine, made_from: random, format: { type: uuid, version: 4 }, created: opt-in }
  device_hash: { identifies: machine, made_from: random, format: { type: hashed, of: random, what: a random number, by: sha256, salt: none, keep: 48 bits }, created: first-run }
  session_id: { identifies: session, made_from: random, format: { type: string, pattern: "^[0-9a-f]{32}$", max_length: 32 }, created: process-start, in_ci: "00000000000000000000000000000000" }
  event_id: { identifies: other, what: one report, made_from: random, format: { type: uuid, version: 4 }, created: each-event }
  account: { identifies: account, made_from: given, what: the account that is signed in, format: { type: string, pattern: "^[a-z]{4}$", max_length: 4 }, created: platform, justification: It is only a sample of one. }
destination: { url: "https://telemetry.example.com/v1", operator: { name: Sample, party: first }, client_ip: discarded, retention: { raw: 90d }, deletion: Write to us. }
contact: Write to us.
common:
  machine_id: { type: identifier, why: Counts machines. }
  version: { type: version, from: package-version, example: 1.2.0, why: Adoption. }
types:
  plugin: { type: enum, values: [alpha, beta] }
events:
  command:
    when: When a command ends.
    why: To see that every value travels.
    fields:
      account: { type: identifier, example: anna, why: Counts accounts. }
      device_hash: { type: identifier, why: Counts machines in another way. }
      event_id: { type: identifier, why: Tells a report that came twice. }
      session_id: { type: identifier, why: Groups a session. }
      adapter: { type: string, pattern: "^[a-z]+$", max_length: 9, nullable: true, example: duck, why: Which adapter. }
      elapsed: { type: number, min: 0, max: 1000, decimals: 2, unit: seconds, example: 12.35, why: How long it took. }
      ratio: { type: number, min: -1, max: 1, decimals: 3, example: 0.25, why: How much of it. }
      shape: { type: object, why: How large it is., fields: { models: { type: int, min: 0, max: 9000, example: 12 }, kind: { type: enum, values: [wide, long], optional: true } } }
      plugins: { type: list, of: plugin, max_items: 4, example: [alpha, beta], why: Which plugins. }
      tools: { type: list, max_items: 3, example: [{ name: alpha, count: 2 }], why: Which tools., of: { type: object, fields: { name: { type: plugin }, count: { type: int, min: 1, max: 9, example: 2 } } } }
      counts: { type: map, keys: { type: string, pattern: "^[a-z_]+$", max_length: 12 }, of: { type: int, min: 0, max: 99 }, max_items: 5, example: { alpha: 7 }, why: How often. }
      result: { type: enum, values: [good, bad], why: How it ended. }
      error: { type: enum, values: [network, disk], only_when: { result: bad }, why: What went wrong. }
      at: { type: timestamp, form: unix-ms, from: now, why: When it was. }
      python: { type: string, pattern: "^[0-9]+\\\\.[0-9]+$", max_length: 9, from: setup, example: "3.12", why: Which Python. }
wire:
  format: json
  query: { v: "1" }
  headers: { x-key: { env: SAMPLE_KEY, secret: true }, x-edition: "v{common.version}" }
  body: { sent: $sent.unix-s, batch: $each }
  each: { name: $event, event_id: $fields.event_id, when: "t{time.unix-ms}", text: { $json: { $common: } }, more: { $base64url: { at: $fields.at, $$kind: "~~~???" } }, tags: [{ $fields.counts: { key: $name, value: $text } }], props: { $fields: } }
clients: { rust: {} }
delivery: { mode: immediate, on_failure: silent }
history: [{ version: 1, change: First version. }]
`;
