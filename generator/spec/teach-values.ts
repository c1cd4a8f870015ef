/** What people write as the value of a key, and how it is said here: a line to paste. */
const SAID: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
