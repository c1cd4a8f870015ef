import { visible } from "../emit/visible.js";
import { scalar } from "../emit/yaml-scalar.js";
import type { Imported, ImportedEvent, ImportedField } from "./imported.js";

/** The contract as a draft: TODO wherever the source doesn't say what a contract must. */
export function printImported({ common, events, identifiers, product, schemaVersion = 1, summary }: Imported): string {
  const declared = [...identifiers].map(
    ([name, format]) => `  ${scalar(name)}: { identifies: TODO, made_from: random, format: ${format}, created: TODO }`,
  );
  const [alive, retired] = [events.filter((event) => !event.retired), events.filter((event) => event.retired)];
  return `# Imported. Each TODO is a question that only you can answer; \`plainsight check\` fails until none is left.
telemetry_spec: 1
product: TODO${product === undefined ? "" : `  # ${visible(product)}`}
title: TODO
summary: ${summary === undefined ? "TODO" : JSON.stringify(visible(summary))}
schema_version: ${schemaVersion}${schemaVersion === 1 ? "" : `\nconsent_epoch: ${schemaVersion}`}

why: [TODO]
never_collected: [TODO]

consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }
    - { env: TODO, enable_when: truthy, disable_when: falsy }

identifiers:${declared.length === 0 ? " none" : `\n${declared.join("\n")}`}

destination:
  url: https://TODO.invalid/v1/events
  operator: { name: TODO, party: first }
  client_ip: never-read
${common.length === 0 ? "" : `\ncommon:\n${common.map((field) => printField(field, "  ")).join("\n")}\n`}
events:
${alive.map(printEvent).join("\n")}${retired.length === 0 ? "" : `\n${printRetired(retired)}`}
wire:
  format: json
  body: { event: $event, ${common.length === 0 ? "" : "$common: , "}$fields: }

delivery:
  mode: immediate
  timeout: 2s

ingest: {}

history:
  - { version: 1, change: First version. }
${Array.from({ length: schemaVersion - 1 }, (_, at) => `  - { version: ${at + 2}, change: TODO }\n`).join("")}`;
}

function printEvent({ description, fields, name, notes }: ImportedEvent): string {
  const lines = [
    `  ${scalar(name)}:`,
    ...notes.map((note) => `    # ${visible(note)}`),
    "    when: TODO",
    `    why: ${why(description)}`,
    ...(fields.some(({ type }) => type !== undefined) ? ["    fields:"] : []),
    ...fields.map((field) => printField(field, "      ")),
  ];
  return `${lines.join("\n")}\n`;
}

function printField({ description, name, notes = [], optional, type }: ImportedField, indent: string): string {
  const comments = notes.map((note) => `${indent}# ${visible(note)}\n`).join("");
  if (type === undefined)
    return `${comments}${indent}# ${scalar(name)} is left out: the report of the import says why.`;
  return `${comments}${indent}${scalar(name)}: { ${type}${optional ? ", optional: true" : ""}${example(type)}, why: ${why(description)} }`;
}

/** Names that must not come back with another meaning. */
function printRetired(events: readonly ImportedEvent[]): string {
  return `  # No longer sent. These names stay taken: nothing else may have them.\n${events.map(({ name }) => `  #   ${scalar(name)}\n`).join("")}`;
}

function why(description: string | undefined): string {
  return description === undefined ? "TODO" : JSON.stringify(visible(description));
}

function example(type: string): string {
  if (/^type: (bool|enum|const|object|identifier|bucket)/.test(type)) return "";
  if (/^type: list/.test(type)) return ", example: []";
  return /^type: map/.test(type) ? ", example: {}" : ", example: TODO";
}
