import { code, enumerate, type Inline, list, paragraph, prose, type Section, say, strong } from "../code/document.js";
import type { Field, Identifier, Model } from "../model/model.js";
import { notStated } from "./words.js";

/** Everything that can tell one person, machine or workload from another: its scope, how long it lasts, how to be rid of it. */
export function identifiers(model: Model): Section {
  const title = "Identifiers";
  if (model.identifiers.length > 0)
    return { title, blocks: [], sections: model.identifiers.map((identifier) => section(model, identifier)) };
  return {
    title,
    blocks: [
      paragraph("None. Nothing that is sent is there to tell one person, machine, session or workload from another."),
    ],
  };
}

const scopes = {
  user: "one user from another",
  machine: "one machine from another, not who uses it",
  session: "one session from another",
  cluster: "one cluster from another",
  workload: "one workload from another",
} as const;

const creation = {
  "first-run": "at the first run",
  "first-send": "right before the first send",
  "opt-in": "when you turn telemetry on, not before",
  "process-start": "each time the program starts",
  platform: "by the platform, not by this program",
} as const;

function section(model: Model, identifier: Identifier): Section {
  const { created, deletionBy, format, identifies, resetBy } = identifier;
  const deletion = deletionBy ?? model.destination.deletion;
  const facts: readonly (readonly [string, Inline])[] = [
    ["Tells apart", scopes[identifies]],
    ["Made from", origin(identifier)],
    ["Form", format.rule],
    ["Created", creation[created]],
    ["Kept", keeping(model, identifier)],
    ["Reset by", resetBy === undefined ? notStated : prose(resetBy)],
    ["What was stored under it is deleted by", deletion === undefined ? notStated : prose(deletion)],
    ["Sent with", senders(model, identifier.name)],
  ];
  return {
    title: code(identifier.name),
    blocks: [list(facts.map(([label, fact]) => say`${strong(`${label}:`)} ${fact}`))],
  };
}

function origin({ hash, identifies, madeFrom }: Identifier): Inline {
  if (hash !== undefined) {
    const kept = {
      "48 bits": "48 bits are kept",
      "64 hex": "all 64 hexadecimal digits are kept",
      uuid: "as much as a UUID holds is kept",
    }[hash.keep];
    return `what names the ${hash.of}, hashed with SHA-256; of the hash, ${kept}. The same ${hash.of} always gives the same value`;
  }
  if (madeFrom === "random") return "random numbers; it is derived from nothing";
  return `the ID that the platform gave the ${identifies}`;
}

function keeping({ consent }: Model, { created, madeFrom, name }: Identifier): Inline {
  const file = consent.stateFile;
  if (file?.keys.some(({ key }) => key === name)) return say`in ${code(file.path)}, until it is reset`;
  if (madeFrom === "platform-id") return "by the platform, as long as what it names exists";
  if (madeFrom === "hash") return "not in a file; it is worked out again at each start";
  return created === "process-start" ? "in memory; it ends with the process" : notStated;
}

function senders({ common, events, metrics, wire }: Model, name: string): Inline {
  const has = (fields: readonly Field[]) => fields.some(({ type }) => type.identifier === name);
  if (has(common)) return wire.format === "json-batch" ? "every request" : "every event";
  const some = [...events.filter(({ fields }) => has(fields)), ...metrics.filter(({ labels }) => has(labels))];
  return some.length === 0
    ? "nothing"
    : enumerate(
        some.map(({ wireName }) => code(wireName)),
        "and",
      );
}
