import { commentText } from "../../emit/comment.js";
import { escapeUnseen } from "../../emit/escape.js";
import { printJson } from "../../emit/print-json.js";
import { fragmentOf } from "../../model/fragments.js";
import type { Event, Field, Metric, Model } from "../../model/model.js";
import { publishedContract } from "../../model/published.js";
import { acceptedVersions } from "../../model/versions.js";

/** Returns what `GET /` answers: plain text that a visitor reads in a minute. */
export function printAbout(model: Model): string {
  const { destination, ingest } = model;
  const before = [
    `${model.product}: ${model.title}`,
    "",
    model.summary,
    "",
    "What is collected, and nothing else:",
    ...(model.common.length === 0 ? [] : ["", "With every event:", ...model.common.map(describe)]),
  ];
  const about = (event: Event | Metric) =>
    wrapped([
      "",
      `${event.wireName}: ${event.when}`,
      ...("labels" in event ? event.labels : event.fields).map(describe),
    ]);
  const events = [
    ...model.events.map((event) => fragmentOf(event, "about", () => about(event))),
    ...model.metrics.map(about),
  ];
  const after = [
    "",
    "Never collected:",
    ...model.neverCollected.map((text) => `  - ${commentText(text)}`),
    "",
    `Operated by ${destination.operator.name}. Client addresses: ${destination.clientIp.replaceAll("-", " ")}; this program reads none.`,
    ...(destination.storedIn === undefined ? [] : [`Stored in: ${destination.storedIn}`]),
    `Accepted versions: ${acceptedVersions(model)
      .map(({ version }) => version)
      .toReversed()
      .join(", ")}.`,
    "",
    `The whole contract as JSON, with its digest: /v1/contract`,
    `Everything about it, and how to turn it off: TELEMETRY.md in the source of ${model.product}.`,
    `The source of this program: ${ingest.worker ?? "worker/"} in the same place, generated from ${model.source}.`,
    ...(model.contact === undefined ? [] : [model.contact]),
  ];
  return `${[wrapped(before), ...events, wrapped(after)].join("\n")}\n`;
}

function wrapped(lines: readonly string[]): string {
  return lines.flatMap(wrap).join("\n");
}

function describe(field: Field): string {
  const { values, rule, kind } = field.type;
  const set =
    values === undefined || kind === "bool"
      ? rule
      : `${rule} ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  return `  - ${field.wireName}${field.optional || field.legacy ? " (may be missing)" : ""}: ${set}. ${field.why}`;
}

/** Without marks that would show it in another order, over lines of at most 100 characters; leading white space is layout. */
function wrap(text: string): readonly string[] {
  const indent = /^ *(?:- )?/.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = indent;
  for (const word of commentText(text.slice(indent.length)).split(" ")) {
    if (line.length + word.length > 100 && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = " ".repeat(indent.length);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}

/** Returns what `GET /v1/contract` answers from. Keys are in order, so that the text without white space is the canonical one. */
export function printPublished(model: Model): string {
  return escapeUnseen(printJson(inOrder(publishedContract(model))));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, inOrder(item)]));
}
