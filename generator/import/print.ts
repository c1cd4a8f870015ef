import { draftHead } from "../emit/draft-contract.js";
import { visible } from "../emit/visible.js";
import { scalar } from "../emit/yaml-scalar.js";
import type { Imported, ImportedEvent, ImportedField } from "./imported.js";

/** The contract as a draft: TODO wherever the source doesn't say what a contract must. */
export function printImported({ common, events, identifiers, product, schemaVersion = 1, summary }: Imported): string {
  const declared = [...identifiers].map(
    ([name, format]) => `  ${scalar(name)}: { identifies: TODO, made_from: random, format: ${format}, created: TODO }`,
  );
  const [alive, retired] = [events.filter((event) => !event.retired), events.filter((event) => event.retired)];
  const head = draftHead({
    from: "Imported.",
    product,
    summary,
    version: schemaVersion,
    identifiers: declared,
    path: "/v1/events",
  });
  return `${head}${common.length === 0 ? "" : `\ncommon:\n${common.map((field) => printField(field, "  ")).join("\n")}\n`}
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
