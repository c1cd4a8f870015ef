/** A key's value as a line to paste, for a value of the wrong kind. */
const FORMS: Readonly<Record<string, string>> = {
  events: "events: { install: { when: …, why: …, fields: { … } } }",
  metrics: "metrics: { nodes: { when: …, why: …, every: 24h, value: { type: int, means: …, example: 3 } } }",
  fields: "fields: { os: { type: enum, values: [linux, darwin, other], why: … } }",
  common: "common: { os: { type: enum, values: [linux, darwin, other], why: … } }",
  types: "types: { tool: { type: enum, values: [a, b, other] } }",
  identifiers:
    "identifiers: { machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-run } }",
  consent: "consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }",
  order: "{ env: DO_NOT_TRACK, disable_when: truthy }",
  destination: "destination: { url: https://…, operator: { name: …, party: first }, client_ip: discarded }",
  operator: "operator: { name: …, party: first }",
  retention: "retention: { raw: 90d }",
  override: "override: { order: [{ env: MY_PRODUCT_TELEMETRY_URL }] }",
  wire: "wire: { format: json, body: { event: $event, $common: , $fields: } }",
  delivery: "delivery: { mode: immediate }",
  timeout: "timeout: 5s",
  retry: "attempts: 2, or retry: { what: …, described: true }",
  queue: "queue: { file: ~/.my-product/queue.jsonl, max_size: 1MiB, when_full: drop-oldest }",
  flush: "flush: [{ at: command-end }]",
  debug: "debug: { env: MY_PRODUCT_TELEMETRY_DEBUG }",
  limit: "limit: { once_per: day }",
  sample: "sample: { one_in: 100 }",
  rollup: "rollup: { one_per: [day, command], combine: { count: calls } }",
  forward_to: "forward_to: { sink: sqlite }",
  limits: "limits: { body: 64KiB, events: 100 }",
  clients: "clients: { typescript: {}, python: {} }",
  dashboards: "dashboards: [{ title: …, of: install }]",
  history: "history: [{ version: 1, change: First version. }]",
  why: "why: [Which parts are used.]",
  never_collected: "never_collected: [File names and their content.]",
  state_file: "state_file: { path: ~/.my-product/telemetry.json, keys: { enabled: { type: bool } } }",
  notice: "notice: { text: …, when: first-run, stream: stderr }",
};

/** Returns a line to paste where something of another kind was expected; undefined where there is none. */
export function taughtForm(name: string): string | undefined {
  const key = name.replace("an item of ", "");
  return Object.hasOwn(FORMS, key) ? `Write ${FORMS[key]}.` : undefined;
}

/** The value of a self-chosen name: one identifier, event or metric. */
const ENTRIES: Readonly<Record<string, string>> = {
  identifiers: "{ identifies: machine, made_from: random, format: { type: uuid }, created: first-run }",
  events: "{ when: …, why: …, fields: { … } }",
  metrics: "{ when: …, why: …, every: 24h, value: { type: int, means: …, example: 3 } }",
};

/** Returns what to paste where an entry of a map is something else than a map. @param owner the key of the map. */
export function taughtEntry(owner: string, name: string): string | undefined {
  return Object.hasOwn(ENTRIES, owner) ? `Write ${name}: ${ENTRIES[owner]}.` : undefined;
}
