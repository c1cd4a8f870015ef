import { code, enumerate, type Inline, list, paragraph, prose, type Section, say, strong } from "../emit/document.js";
import { telemetryCommand } from "../language/consent/commands.js";
import type { Field, Identifier, Model } from "../model/model.js";
import { isKept, statePath } from "../model/state-path.js";
import { isCommonBeside } from "../model/wire.js";
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
  const { created, deletionBy, format, hash, identifies, resetBy } = identifier;
  const deletion = deletionBy ?? model.destination.deletion;
  const facts: readonly (readonly [string, Inline])[] = [
    ["Tells apart", scopes[identifies]],
    ["Made from", origin(identifier)],
    ["Form", format.rule],
    [
      "Created",
      hash !== undefined && isKept(identifier)
        ? `${creation[created]}; the random number right before the first send`
        : creation[created],
    ],
    ["Kept", keeping(model, identifier)],
    ["Reset by", resetBy === undefined ? reset(model, identifier) : prose(resetBy)],
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
    const number = hash.of === "session" ? "drawn anew each time the program starts" : `drawn once for each ${hash.of}`;
    return `a random number, ${number}, hashed with SHA-256; of the hash, ${kept}. No hardware address and no name goes into it`;
  }
  if (madeFrom === "random") return "random numbers; it is derived from nothing";
  return `the ID that the platform gave the ${identifies}`;
}

function keeping(model: Model, identifier: Identifier): Inline {
  const { hash, madeFrom } = identifier;
  if (madeFrom === "platform-id") return "by the platform, as long as what it names exists";
  if (!isKept(identifier)) return "in memory; it ends with the program";
  const place = say`in ${code(statePath(model) ?? "")}, until it is reset`;
  return hash === undefined ? place : say`the random number ${place}`;
}

/** What does it, whether or not the contract says so. */
function reset(model: Model, identifier: Identifier): Inline {
  if (identifier.madeFrom === "platform-id") return notStated;
  if (!isKept(identifier)) return "the next start of the program";
  const telemetry = telemetryCommand(model.consent);
  const file = say`deleting ${code(statePath(model) ?? "")}`;
  return telemetry === undefined ? file : say`${code(`${telemetry} reset`)}, or ${file}`;
}

function senders({ common, events, metrics, wire }: Model, name: string): Inline {
  const has = (fields: readonly Field[]) => fields.some(({ type }) => type.identifier === name);
  if (has(common)) return isCommonBeside(wire) ? "every request" : "every event";
  const some = [...events.filter(({ fields }) => has(fields)), ...metrics.filter(({ labels }) => has(labels))];
  return some.length === 0
    ? "nothing"
    : enumerate(
        some.map(({ wireName }) => code(wireName)),
        "and",
      );
}
