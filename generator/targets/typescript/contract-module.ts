import { type Literal, literal, Printed, PureCall, quoted } from "../../emit/literal.js";
import { answerOf } from "../../language/consent/answer.js";
import { allSteps, asksIn } from "../../language/consent/parts.js";
import { factCall } from "../../language/consent/places/fact.js";
import { modeOf, mostAtOnce } from "../../model/delivery.js";
import { hasSinceEpoch } from "../../model/epochs.js";
import { marksOf } from "../../model/marks.js";
import type { Model } from "../../model/model.js";
import { isPlain, rollupParts } from "../../model/rollup.js";
import { SECRET, saltsOf } from "../../model/salts.js";
import { stateKeyOf, statePath } from "../../model/state-path.js";
import { offVariables } from "../../plan/consent.js";
import { ownKeys, ownKeysOf } from "../../plan/make-plan.js";
import { destinationData } from "./address-data.js";
import { askData, commandsData, storesData } from "./asked-data.js";
import {
  adoptsData,
  consentData,
  epochOfData,
  keptData,
  partAnswersData,
  partsData,
  placeCall,
  queuesData,
} from "./consent-data.js";
import { debugData, showsData } from "./debug-data.js";
import { queuedEvents } from "./event-data.js";
import { fieldsData, hasLater, schemaData, usesIn } from "./field-data.js";
import { runtimeFile } from "./runtime-files.js";
import { readStateCall, writeStateCall } from "./state-data.js";
import { wireCode } from "./wire-code.js";

/** Returns what is in a program from its start. */
export function recordingData(model: Model): { readonly [key: string]: Literal } {
  const { delivery } = model;
  return {
    schemaVersion: model.schemaVersion,
    consent: consentData(model),
    parts: partsData(model),
    ...(looksIntoState(model) ? stateData(model) : {}),
    epochOf: epochOfData(model),
    queue: delivery.queue && {
      file: place(model, delivery.queue.file),
      maxSize: delivery.queue.maxSize,
      whenFull: delivery.queue.whenFull === "drop-newest" ? delivery.queue.whenFull : undefined,
    },
    marks: marksData(model),
    shows: showsData(model),
    timeout: delivery.timeout,
    ...recordedSalts(model),
  };
}

function looksIntoState({ consent }: Model): boolean {
  return allSteps(consent).some(({ place }) => place.kind === "stored");
}

/** Returns the state file's place, and how it is read where it isn't JSON. */
function stateData(model: Model): { readonly [key: string]: Literal } {
  const path = statePath(model);
  return { state: path === undefined ? undefined : place(model, path), find: readStateCall(model) };
}

function marksData(model: Model): Literal {
  const marks = marksOf(model);
  return marks && { beside: place(model, marks.beside), prefix: marks.prefix };
}

function place({ product }: Model, path: string): PureCall {
  return placeCall(product, path);
}

/** `sending.ts`: what is loaded when something is sent, asked or shown. */
export function printSending(model: Model): string {
  const { consent } = model;
  const data = sendingData(model);
  const types = [...(hasCommands(model) ? ["CommandsContract"] : []), "SendingContract"];
  const uses = usesIn(data);
  const imports = [
    ...Object.entries(uses).map(
      ([file, names]) => `import { ${names.join(", ")} } from ${quoted(runtimeFile(file))};\n`,
    ),
    ...(model.destination.namedBy !== undefined
      ? ['import { addressOf, client } from "./client.js";\n']
      : Object.hasOwn(uses, "part-within") || Object.hasOwn(uses, "outside-ci")
        ? ['import { client } from "./client.js";\n']
        : []),
    `import type { ${types.join(", ")} } from "./runtime/contract.js";\n`,
  ];
  return [
    imports.sort((a, b) => (pathIn(a) < pathIn(b) ? -1 : 1)).join(""),
    `/** The part of the contract of ${model.product} that only sending needs: common fields, the address, and how to send. */`,
    declaration("sending", "SendingContract", data),
    ...(hasCommands(model)
      ? [
          "/** The name of the telemetry command, what it prints and what it stores. */",
          declaration("commands", "CommandsContract", commandsData(consent)),
        ]
      : []),
  ].join("\n");
}

/** A command of the product's own needs something to keep the answer in. */
export function hasCommands({ consent }: Model): boolean {
  return (
    allSteps(consent).some(({ place }) => place.kind === "stored") &&
    Object.values(consent.commands).some((command) => command !== undefined)
  );
}

/** Returns what an import is sorted by. */
function pathIn(line: string): string {
  return line.slice(line.indexOf(" from "));
}

function declaration(name: string, type: string, value: Literal): string {
  const start = `export const ${name}: ${type} = `;
  return `${start}${literal(value, "", start.length)};\n`;
}

function stateKeys(model: Model): Literal {
  const identifiers = Object.fromEntries(model.identifiers.map(({ name, format }) => [name, format.schema]));
  const declared = Object.fromEntries((model.consent.stateFile?.keys ?? []).map(({ key, type }) => [key, type.schema]));
  const keys = Object.entries({ ...ownKeysOf(model), ...identifiers, ...declared });
  return Object.fromEntries(keys.map(([key, schema]) => [key, schemaData(schema)]));
}

function sendingData(model: Model): Literal {
  const { consent, delivery } = model;
  const settings = consent.order.flatMap(({ place }) =>
    place.kind === "config" ? [{ config: place.config, key: place.key }] : [],
  );
  return {
    product: model.product,
    ...(looksIntoState(model) ? {} : stateData(model)),
    writeState: writeStateCall(model),
    stateKeys: statePath(model) === undefined ? undefined : stateKeys(model),
    epoch: model.consentEpoch,
    answer: answerOf(model),
    kept: model.retired === undefined ? keptData(model) : undefined,
    adopts: adoptsData(model),
    adopt: consent.adopts && new PureCall("adopt"),
    partAnswers: partAnswersData(model),
    partly: consent.parts !== undefined || hasSinceEpoch(model) || hasFacts(model) ? new PureCall("partly") : undefined,
    offVariables: offVariables(consent),
    asks: asksIn(consent).length === 0 ? undefined : askData(consent),
    settings: settings.length === 0 ? undefined : settings,
    notice: consent.notice && {
      text: consent.notice.text,
      when: consent.notice.when,
      stream: consent.notice.stream,
      once: consent.notice.once,
      only: consent.notice.onlyWhere && factCall(consent.notice.onlyWhere),
      nextRun: consent.notice.sendsFrom === "next-run" || undefined,
      stores: storesData(consent.notice.stores),
    },
    identifiers: { ...identifiersData(model), ...(model.salts ? { [SECRET]: secretData() } : {}) },
    destination: destinationData(model),
    settle: hasLater(model) ? new PureCall("settle") : undefined,
    common: fieldsData(model, model.common),
    events: modeOf(model).waits ? queuedEvents(model) : undefined,
    rollups: rollupsData(model),
    wire: wireData(model),
    queued: delivery.queue && new PureCall("waiting"),
    queues: queuesData(model),
    delivery: {
      reclaimAfter: delivery.queue?.reclaimAfter,
      attempts: delivery.attempts === 1 ? undefined : delivery.attempts,
      putsBack: model.ingest.putsBack,
      logFailures: delivery.onFailure === "log" ? delivery.logLevel : undefined,
      limits: { ...mostAtOnce(model) },
      answer: delivery.answer,
      debug: debugData(model),
    },
  };
}

function hasFacts({ events, metrics }: Model): boolean {
  return [...events, ...metrics].some(({ onlyWhere }) => onlyWhere !== undefined);
}

function identifiersData(model: Model): { readonly [key: string]: Literal } {
  return Object.fromEntries(
    model.identifiers.map(({ name, madeFrom, hash, created, format, drawn, inCi, resetBy }) => [
      name,
      {
        madeFrom,
        key: stateKeyOf(model, name),
        hash: hash && { of: hash.of, keep: hash.keep },
        created,
        ci: madeFrom !== "given" && inCi ? new PureCall("inCi", inCi.text === undefined ? [] : [inCi.text]) : undefined,
        take: schemaData(format.schema),
        least: format.schema.type === "integer" && format.schema.minimum ? format.schema.minimum : undefined,
        mint:
          drawn &&
          new PureCall(
            "drawn",
            drawn.map(({ of, times }) => [of, times]),
          ),
        most: format.schema.type === "integer" ? (format.schema.maximum ?? 2 ** 48) : undefined,
        resetBy,
      },
    ]),
  );
}

/** Returns what hashes are salted with: made when it is first needed, and shown to nobody. */
function secretData(): Literal {
  return { madeFrom: "random", created: "first-send", hidden: true, take: schemaData(ownKeys.machine_secret) };
}

/** Returns what hashing needs of the state where events are recorded, before all the rest is loaded. */
function recordedSalts(model: Model): { readonly [key: string]: Literal } {
  const salts = modeOf(model).waits ? saltsOf(model.events.flatMap(({ fields }) => fields)) : [];
  if (salts.length === 0) return {};
  const all: { readonly [key: string]: Literal } = { ...identifiersData(model), [SECRET]: secretData() };
  const identifiers = Object.fromEntries(salts.map((salt) => [salt, all[salt]]));
  const schemas = new Map(model.identifiers.map(({ name, format }) => [name, format.schema]));
  const keys = salts.map((salt) => [salt, schemaData(schemas.get(salt) ?? ownKeys.machine_secret)] as const);
  return { identifiers, stateKeys: Object.fromEntries(keys), ...stateData(model), writeState: writeStateCall(model) };
}

/** The greatest value of each counter, so that a sum never grows past what the receiver takes. */
function rollupsData({ events }: Model): Literal {
  const rollups = events.flatMap(({ wireName, rollup, fields }) => {
    const most = (counter: string) =>
      fields.find((field) => field.wireName === counter)?.type.schema.maximum ?? Number.MAX_SAFE_INTEGER;
    return rollup === undefined
      ? []
      : [
          [
            wireName,
            Object.fromEntries(
              (isPlain(rollup) ? rollup.counters.map(({ wireName }) => wireName) : rollupParts(rollup).counting).map(
                (name) => [name, most(name)],
              ),
            ),
          ] as const,
        ];
  });
  return rollups.length === 0 ? undefined : Object.fromEntries(rollups);
}

function wireData(model: Model): Literal {
  const { members, uses } = wireCode(model);
  return new Printed(`{\n${members.map((member) => `    ${member},\n`).join("")}  }`, uses);
}
