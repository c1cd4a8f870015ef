/** Other words for the value of a key, and how it is said here: a line to paste. */
const SAID: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  identifies: {
    device: "A device is a machine: identifies: machine.",
    installation: "An installation is a machine: identifies: machine.",
    install: "An installation is a machine: identifies: machine.",
    person: "A person is a user: identifies: user.",
    run: "One run of the program is a session: identifies: session.",
    event: "One report: identifies: other, what: one report, created: each-event.",
    report: "One report: identifies: other, what: one report, created: each-event.",
  },
  created: {
    install: "With the first run after it: created: first-run.",
    given: "What the program has is there already: created: platform.",
    startup: "At each start: created: process-start.",
    session: "At each start: created: process-start.",
  },
  unknown_field: {
    ignore: "What is unknown never gets through: strip removes it and keeps the rest.",
    allow: "What is unknown never gets through: strip removes it and keeps the rest.",
    keep: "What is unknown never gets through: strip removes it and keeps the rest.",
  },
  client_ip: {
    anonymized: "Say what happens to it: discarded; or geolocated-then-discarded, where a country is kept of it.",
    hashed: "A hash of it is still kept: stored, or { is: stored, used_for: … }.",
    none: "Say what happens to it: never-read, or discarded.",
    unknown: "Where nobody says: not-stated.",
  },
  guarantees: {
    anonymous:
      "That follows of what is sent, and can't be promised: identifiers: none says that nothing tells people apart.",
    "no-pii": "Nothing but what is listed is sent: allowlist-only.",
    "fail-silent": "silent-on-failure, and never-throws.",
  },
  made_from: {
    hash: "A hash of something random is its format: made_from: random, format: { type: hashed, of: random, what: a random number, by: sha256, salt: none, keep: uuid }.",
    "platform-id": "The program has it: made_from: given, what: the platform's own id, created: platform.",
    hardware:
      "The program has it: made_from: given, what: the network card's address, hashed, derived_from: [hardware], justification: ….",
    account: "The program has it: made_from: given, what: the account's id, derived_from: [account], justification: ….",
  },
  derived_from: {
    "platform-id":
      "Say it in words: what: the platform's own id. Where that is made of hardware: derived_from: [hardware].",
  },
  format: Object.fromEntries(
    ["protobuf", "xml", "csv", "avro", "thrift", "msgpack", "cbor", "grpc", "otlp", "text", "statsd", "influx"].map(
      (form) => [form, `The product's own code makes it: { format: described, what: ${form} }.`],
    ),
  ),
  sink: {
    r2: "Cloudflare's R2 speaks S3's protocol: sink: s3, with the bucket's address.",
    minio: "MinIO speaks S3's protocol: sink: s3, with the bucket's address.",
    gcs: "Storage that speaks S3's protocol is sink: s3; for anything else write sink: own.",
    bigquery: "A store of your own takes one function: sink: own.",
    file: "A file is a database here: sink: sqlite.",
  },
  mode: {
    batch: "Events that wait are sent together: mode: queued, with a queue and a flush.",
    batched: "Events that wait are sent together: mode: queued, with a queue and a flush.",
    sync: "mode: immediate sends in the background; flush() waits for it.",
    async: "mode: immediate sends in the background.",
    daily: "Daily totals are mode: queued with a rollup; a report by the clock is an event with every: 24h.",
  },
  model: {
    ask: "Off until somebody says yes: model: opt-in, with an ask that has the question.",
    none: "Nobody can turn it off: consent: none, with a justification at the top.",
    required: "Nobody can turn it off: consent: none, with a justification at the top.",
  },
  by: { md5: "Only sha256: what others hash in another way is given by the program, as a string with its pattern." },
};

/** Returns how what is written there elsewhere is said in this language; undefined if nothing is. */
export function taughtValue(key: string, value: string): string | undefined {
  const said = Object.hasOwn(SAID, key) ? SAID[key] : undefined;
  const wanted = value.toLowerCase();
  return said !== undefined && Object.hasOwn(said, wanted) ? said[wanted] : undefined;
}
