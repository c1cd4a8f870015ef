import { callsIn, type Literal, literal } from "../../code/literal.js";
import type { Command, Consent, Model, Stores, Wire } from "../../model/model.js";
import { statePath } from "../../model/state-path.js";
import { fieldData, fieldsData, matchData, schemaData } from "./field-data.js";

/** `contract.ts`: what is in a program from its start. */
export function printContract(model: Model): string {
  const doc = `/** What recording needs of the contract of ${model.product}: who decides, and where records wait. */`;
  return `import type { RecordingContract } from "./runtime/contract.js";\n\n${doc}\n${declaration("contract", "RecordingContract", recordingData(model))}`;
}

/** `sending.ts`: what is loaded when something is sent, asked or shown. */
export function printSending(model: Model): string {
  const { consent } = model;
  const data = sendingData(model);
  const makers = [...new Set(callsIn(data))].sort();
  const types = [
    "SendingContract",
    ...(consent.ask.length > 0 ? ["AskContract"] : []),
    ...(hasCommands(model) ? ["CommandsContract"] : []),
  ].sort();
  return [
    `import type { ${types.join(", ")} } from "./runtime/contract.js";\n${makers.length === 0 ? "" : `import { ${makers.join(", ")} } from "./runtime/makers.js";\n`}`,
    `/** What only sending needs of the contract of ${model.product}: what goes with every event, where it goes, and how. */`,
    declaration("sending", "SendingContract", data),
    ...(consent.ask.length > 0
      ? [
          "/** The questions that a person may be asked, each where the contract says. */",
          declaration("asks", "readonly AskContract[]", askData(consent)),
        ]
      : []),
    ...(hasCommands(model)
      ? [
          "/** What the telemetry command is called, prints and stores. */",
          declaration("commands", "CommandsContract", commandsData(consent)),
        ]
      : []),
  ].join("\n");
}

/** A command of the product's own needs something to keep the answer in. */
export function hasCommands({ consent }: Model): boolean {
  return consent.stateFile !== undefined && Object.values(consent.commands).some((command) => command !== undefined);
}

function declaration(name: string, type: string, value: Literal): string {
  const start = `export const ${name}: ${type} = `;
  return `${start}${literal(value, "", start.length)};\n`;
}

function recordingData(model: Model): Literal {
  const { consent, delivery } = model;
  const looked = consent.order.flatMap(({ place }) => (place.kind === "stored" ? [place.key] : []));
  return {
    product: model.product,
    schemaVersion: model.schemaVersion,
    consent: consentData(model),
    state:
      looked.length === 0
        ? undefined
        : stateData(model, (key) => looked.includes(key) || (consent.model === "opt-in" && key === "consent_epoch")),
    delivery: { timeout: delivery.timeout, queue: queueData(model) },
  };
}

function queueData({ delivery: { queue } }: Model): { readonly [key: string]: Literal } | undefined {
  return queue && { file: queue.file, maxSize: queue.maxSize, whenFull: queue.whenFull };
}

/** Keys of our own: which edition of the list a person was told about, and what hashed identifiers are made of. */
const ownKeys = {
  consent_epoch: { type: "integer", minimum: 1 },
  machine_secret: { type: "string", pattern: "^[0-9a-f]{64}$", maxLength: 64 },
} as const;

function stateData(model: Model, wanted: (key: string) => boolean): Literal {
  const { stateFile } = model.consent;
  const path = statePath(model);
  if (path === undefined) return undefined;
  const identifiers = Object.fromEntries(model.identifiers.map(({ name, format }) => [name, format.schema]));
  const declared = Object.fromEntries((stateFile?.keys ?? []).map(({ key, type }) => [key, type.schema]));
  const keys = Object.entries({ ...ownKeys, ...identifiers, ...declared }).filter(([key]) => wanted(key));
  return { path, keys: Object.fromEntries(keys.map(([key, schema]) => [key, schemaData(schema)])) };
}

function sendingData(model: Model): Literal {
  const { consent, destination, delivery } = model;
  const queue = queueData(model);
  return {
    state: stateData(model, () => true),
    notice: consent.notice && {
      text: consent.notice.text,
      when: consent.notice.when,
      stream: consent.notice.stream,
      once: consent.notice.once,
      stores: storesData(consent.notice.stores),
    },
    identifiers: Object.fromEntries(
      model.identifiers.map(({ name, madeFrom, hash, created, format, resetBy }) => [
        name,
        {
          madeFrom,
          hash: hash && { of: hash.of, keep: hash.keep },
          created,
          schema: schemaData(format.schema),
          resetBy,
        },
      ]),
    ),
    destination: {
      url: destination.url,
      urlFields: destination.urlFields.length === 0 ? undefined : fieldsData(model, destination.urlFields),
      headers:
        destination.headers.length === 0
          ? undefined
          : destination.headers.map((header) => ({
              name: header.name,
              ...(header.kind === "secret" ? { env: header.env } : { field: fieldData(model, header.field) }),
            })),
      override: destination.override && {
        order: destination.override.order.map(({ kind: _, ...place }) => place as Literal),
        httpAllowedFor: destination.override.httpAllowedFor,
        whenRejected: destination.override.whenRejected,
      },
    },
    common: fieldsData(model, model.common),
    rollups: rollupsData(model),
    wire: wireData(model.wire),
    delivery: {
      timeout: delivery.timeout,
      logFailures: delivery.onFailure === "log" ? delivery.logLevel : undefined,
      queue: queue && { ...queue, reclaimAfter: delivery.queue?.reclaimAfter },
      limits: model.ingest.limits,
      debug: delivery.debug && { ...delivery.debug, when: matchData(delivery.debug.when) },
    },
  };
}

function consentData({ consent, consentEpoch }: Model): Literal {
  return {
    model: consent.model,
    evaluated: consent.evaluated,
    order: consent.order.map(({ place, enableWhen, disableWhen }) => ({
      ...(place.kind === "env"
        ? { env: place.env }
        : place.kind === "config"
          ? { config: place.config, key: place.key }
          : { stored: place.key }),
      enable_when: enableWhen && matchData(enableWhen),
      disable_when: disableWhen && matchData(disableWhen),
    })),
    builds: Object.fromEntries(consent.builds.map(({ name, kind }) => [name, kind])),
    epoch: consentEpoch,
  };
}

function askData({ ask }: Consent): Literal {
  return ask.map(({ where, needs, question, preselected, whenSkipped, stores, askAgain }) => ({
    where,
    needs,
    question,
    preselected,
    whenSkipped,
    stores: storesData(stores),
    askAgain,
  }));
}

function commandsData({ commands }: Consent): Literal {
  const one = (command: Command | undefined) =>
    command && { run: command.run, prints: command.prints, stores: storesData(command.stores) };
  return { status: one(commands.status), enable: one(commands.enable), disable: one(commands.disable) };
}

function storesData(stores: Stores): Literal {
  return Object.fromEntries(stores.map(({ key, value }) => [key, value]));
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
            Object.fromEntries(rollup.counters.map((counter) => [counter.wireName, most(counter.wireName)])),
          ] as const,
        ];
  });
  return rollups.length === 0 ? undefined : Object.fromEntries(rollups);
}

function wireData(wire: Wire): Literal {
  if (wire.format === "prometheus-text") return { format: wire.format };
  return { ...wire, encoding: wire.encoding === "plain" ? undefined : wire.encoding };
}
