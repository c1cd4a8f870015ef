/** The rooms of the runtime, and those of their files that generated code imports. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  command: ["command", "command-forget"],
  config: ["config-file", "config-value", "json-scalar", "toml-scalar", "yaml-scalar"],
  consent: [
    "absent",
    "address",
    "any-of",
    "asking",
    "argument",
    "at-least",
    "consent",
    "fact",
    "given",
    "in-container",
    "is-ci",
    "or-nothing",
    "present",
    "prompt",
    "reason",
    "spelling",
    "stored-below",
    "unless",
    "without-terminal",
  ],
  host: ["app-folder", "files", "fixed-place", "host"],
  queue: ["flush-queue", "on-demand", "record", "waiting"],
  rollup: ["amounts", "combine", "combined-lines", "rollup"],
  send: ["deliver", "deliver-report", "drawing", "report", "report-in-turn", "send", "send-event"],
  state: [
    "drawn",
    "identity",
    "for-each",
    "for-each-event",
    "in-ci",
    "once",
    "once-marked",
    "sample",
    "schedule",
    "until",
  ],
  testing: ["recorder", "strict"],
  values: [
    "among",
    "command-of",
    "constant",
    "cut",
    "deferred",
    "env-text",
    "fill-deep",
    "hashed",
    "machine-word",
    "map-of",
    "metric",
    "moment",
    "numbers",
    "object",
    "or-else",
    "runtime-version",
    "salted",
    "sequence",
    "sources",
    "values",
  ],
};

const roomOf = new Map(Object.entries(ROOMS).flatMap(([room, files]) => files.map((file) => [file, room])));

/** Where a file of the runtime lies, as a module beside the runtime's folder imports it: `./runtime/queue/record.js`. */
export function runtimeFile(name: string): string {
  const room = roomOf.get(name);
  return room === undefined ? `./runtime/${name}.js` : `./runtime/${room}/${name}.js`;
}
