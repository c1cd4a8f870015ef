import type { Model } from "../../model/model.js";

/** The rooms of the runtime, and those of their files that generated code imports. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  command: ["command", "command-forget", "command-part"],
  config: [
    "config-file",
    "config-value",
    "ini-scalar",
    "json-scalar",
    "jsonc-scalar",
    "marker",
    "state-form",
    "text-scalar",
    "toml-scalar",
    "whole-text",
    "yaml-scalar",
  ],
  consent: [
    "absent",
    "address",
    "adopt",
    "any-of",
    "asking",
    "argument",
    "at-least",
    "consent",
    "despite",
    "epoch-of",
    "fact",
    "given",
    "in-container",
    "is-ci",
    "older",
    "only-where",
    "or-nothing",
    "part",
    "part-before",
    "part-within",
    "present",
    "prompt",
    "reason",
    "setup-anew",
    "spelling",
    "stored-below",
    "unless",
    "without-terminal",
  ],
  host: ["app-folder", "files", "fixed-place", "host"],
  queue: ["flush-queue", "on-demand", "queues-of", "record", "waiting"],
  rollup: ["amounts", "combine", "combined-lines", "part-rollup", "rollup"],
  send: [
    "apart",
    "answered",
    "carried",
    "carry",
    "deliver",
    "deliver-report",
    "drawing",
    "in-path",
    "report",
    "report-in-turn",
    "send",
    "send-event",
    "show-event",
    "shown",
    "unsent",
  ],
  state: [
    "drawn",
    "edit-table",
    "edit-text",
    "edit-yaml",
    "identity",
    "for-each",
    "for-each-event",
    "in-ci",
    "once",
    "once-marked",
    "outside-ci",
    "rewrite",
    "sample",
    "schedule",
    "turns",
    "until",
    "with-id",
  ],
  testing: ["recorder", "strict"],
  values: [
    "among",
    "case-by",
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
    "wrong",
  ],
};

const roomOf = new Map(Object.entries(ROOMS).flatMap(([room, files]) => files.map((file) => [file, room])));

/** Returns where a file of the runtime lies, as a module beside the runtime's folder imports it: `./runtime/queue/record.js`. */
export function runtimeFile(name: string): string {
  const room = roomOf.get(name);
  return room === undefined ? `./runtime/${name}.js` : `./runtime/${room}/${name}.js`;
}

/** Returns the stand-ins for files of the runtime that this contract doesn't use. */
export function standIns(model: Model): Readonly<Record<string, string>> {
  return {
    ...(model.identifiers.length === 0 && !model.salts ? { "state/identity.ts": "state/no-identity.ts" } : {}),
    ...(model.consent.stateFile?.form === undefined ? {} : { "consent/read-stored.ts": "consent/no-json.ts" }),
    ...(namesConfig(model) ? {} : { "config/config-value.ts": "config/no-config.ts" }),
  };
}

/** Returns whether anything of a contract may be read from a configuration. More than there is does no harm. */
function namesConfig({ consent, destination }: Model): boolean {
  return JSON.stringify([consent, destination]).includes('"config"');
}
