import { draftHead } from "../emit/draft-contract.js";
import { visible } from "../emit/visible.js";
import { scalar } from "../emit/yaml-scalar.js";
import { type Envelope, outerForm, type Picture, takeApart } from "./envelope.js";
import type { Form, Sample } from "./sample.js";
import type { Shape } from "./shape.js";
import { CONCERN_ORDER } from "./suspect.js";
import { type Deciding, draftType, exampleOf } from "./types.js";

/** One thing that a person who cares for privacy would ask about. */
export interface Concern {
  /** Its path: `command_run.cwd`, `common.host`. */
  readonly path: string;
  /** `a path in the file system`. Never the value. */
  readonly what: string;
  readonly times: number;
  /** In how many values it was looked for. */
  readonly of: number;
}

export interface Draft {
  /** The contract, with TODO wherever a person has to decide. */
  readonly text: string;
  readonly concerns: readonly Concern[];
  /** Fields that were seen and are not in the draft, and why. */
  readonly leftOut: readonly { readonly path: string; readonly why: string }[];
  /** Samples of another outer form, which are not in the draft. */
  readonly others: number;
  readonly counts: { readonly samples: number; readonly events: number; readonly fields: number };
}

/** Drafts a contract from samples. Texts of samples are in it only where `isClosed` said so. */
export function draftContract(samples: readonly Sample[], isClosed: Deciding["isClosed"]): Draft {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const form = outerForm(sample);
    const group = groups.get(form);
    if (group === undefined) groups.set(form, [sample]);
    else group.push(sample);
  }
  const chosen = [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const envelope = takeApart(chosen);
  const writer = createWriter(isClosed);
  const common = writer.fields("common", envelope.common, envelope.commonTimes, "  ");
  const events = [...envelope.events].map(([name, { fields, times }]) => ({
    name,
    lines: writer.fields(name, fields, times, "      "),
  }));
  return {
    text: print(envelope, common, events, writer.identifiers, chosen[0]),
    concerns: concernsOf(envelope),
    leftOut: writer.leftOut,
    others: samples.length - chosen.length,
    counts: { samples: samples.length, events: events.length, fields: writer.count() },
  };
}

interface DraftedIdentifier {
  readonly format: string;
  readonly scope: "machine" | "session" | "report";
}

function createWriter(isClosed: Deciding["isClosed"]) {
  const identifiers = new Map<string, DraftedIdentifier>();
  const leftOut: { path: string; why: string }[] = [];
  let count = 0;
  const deciding: Deciding = {
    isClosed,
    lose: (path, why) => leftOut.push({ path, why }),
    declare: (name, format, shape) => identifiers.set(name, { format, scope: scopeOf(name, shape) }),
  };

  const fields = (owner: string, shape: Shape, times: number, indent: string): readonly string[] =>
    [...shape.object.entries].map(([key, one]) => {
      const path = `${owner}.${key}`;
      const drafted = draftType(one, key, path, deciding);
      if ("leftOut" in drafted) {
        leftOut.push({ path, why: drafted.leftOut });
        return `${indent}# ${scalar(key)} is left out: ${visible(drafted.leftOut)}.`;
      }
      count++;
      const optional = one.seen < times ? ", optional: true" : "";
      const note = drafted.note === undefined ? "" : `  # ${visible(drafted.note)}`;
      return `${indent}${scalar(key)}: { ${drafted.type}${optional}${exampleOf(drafted.type)}, why: TODO }${note}`;
    });
  return { identifiers, leftOut, fields, count: () => count };
}

/** One value in all of them: it stays; a new one each time: it is made for each report; between the two: for a session. */
function scopeOf(name: string, { texts }: Shape): DraftedIdentifier["scope"] {
  if (texts.count === 1)
    return /session|invocation|process/i.test(name)
      ? "session"
      : /request|report|event|message/i.test(name)
        ? "report"
        : "machine";
  if (texts.many || (texts.values.size === texts.count && texts.count > 1)) return "report";
  return texts.values.size <= 1 ? "machine" : "session";
}

function concernsOf(envelope: Envelope): readonly Concern[] {
  const found: (Concern & { readonly rank: number })[] = [];
  const look = (path: string, shape: Shape) => {
    for (const [kind, { what, times }] of shape.texts.suspicions)
      found.push({ path, what, times, of: shape.texts.count, rank: CONCERN_ORDER.indexOf(kind) });
    if (shape.list.items !== undefined) look(`${path}[]`, shape.list.items);
    for (const [key, one] of shape.object.entries) look(path === "" ? key : `${path}.${key}`, one);
  };
  look("common", envelope.common);
  for (const [name, { fields }] of envelope.events) look(name, fields);
  return found.sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1)).map(({ rank: _, ...concern }) => concern);
}

function print(
  envelope: Envelope,
  common: readonly string[],
  events: readonly { readonly name: string; readonly lines: readonly string[] }[],
  identifiers: ReadonlyMap<string, DraftedIdentifier>,
  sample: Sample | undefined,
): string {
  const lines = [...common, ...events.flatMap((event) => event.lines)].join("\n");
  const drafted = (picture: Picture): Picture =>
    withoutLost(picture, (key) => lines.includes(` ${scalar(key)}: {`)) ?? null;
  const declared = [...identifiers].map(([name, { format, scope }]) => {
    const guess = {
      machine: "identifies: machine, made_from: random, format: F, created: first-run",
      session: "identifies: session, made_from: random, format: F, created: process-start",
      report: "identifies: other, what: one report, made_from: random, format: F, created: each-event",
    }[scope];
    return `  ${scalar(name)}: { ${guess.replace("F", () => format)} }  # ${scopeWords[scope]}`;
  });
  const head = draftHead({
    from: "Learnt from what the program sends today.",
    identifiers: declared,
    path: targetPath(sample),
  });
  return `${head}${common.length === 0 ? "" : `\ncommon:\n${common.join("\n")}\n`}
events:
${events
  .map(
    ({ name, lines }) =>
      `  ${scalar(name)}:\n    when: TODO\n    why: TODO\n${lines.length === 0 ? "" : lines.every((line) => line.trim().startsWith("#")) ? `${lines.map((line) => line.slice(2)).join("\n")}\n` : `    fields:\n${lines.join("\n")}\n`}`,
  )
  .join("\n")}
wire:
  format: ${FORMATS[envelope.form]}
  body: ${flow(drafted(envelope.form === "json-base64url" ? { $base64url: envelope.body } : envelope.body))}
${envelope.each === undefined ? "" : `  each: ${flow(drafted(envelope.each))}\n`}
delivery:
  mode: immediate
  timeout: 2s

ingest: {}

history:
  - { version: 1, change: First version. }
`;
}

const FORMATS: Readonly<Record<Form, string>> = {
  json: "json",
  "json-base64url": "json",
  form: "form",
  "prometheus-text": "json",
  otlp: "json",
  "line-protocol": "described\n  what: InfluxDB's line protocol",
};

const scopeWords = {
  machine: "a guess: whom or what does it tell apart, and since when?",
  session: "a guess: how long does it stay the same?",
  report: "a guess: a new one for each report",
} as const;

function targetPath(sample: Sample | undefined): string {
  return / (\/[^?\s]*)/.exec(sample?.target ?? "")?.[1] ?? "/v1/events";
}

/** Returns the picture without what was not drafted. */
function withoutLost(picture: Picture, isThere: (field: string) => boolean): Picture | undefined {
  if (typeof picture === "string")
    return picture.startsWith("$fields.") && !isThere(picture.slice(8)) ? undefined : picture;
  if (picture === null) return null;
  const entries = Object.entries(picture).flatMap(([key, one]) => {
    const kept = withoutLost(one, isThere);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(entries);
}

/** A picture in YAML's flow form. */
function flow(picture: Picture): string {
  if (picture === null) return "";
  if (typeof picture === "string") return /^\$[\w.-]+$/.test(picture) ? picture : JSON.stringify(picture);
  const entries = Object.entries(picture).map(([key, one]) => {
    const name =
      key.startsWith("$") && one !== null && !key.startsWith("$event") && !key.startsWith("$base64") ? `$${key}` : key;
    return `${/^\$?[\w.-]+$/.test(name) ? name : JSON.stringify(name)}: ${flow(one)}`;
  });
  return `{ ${entries.join(", ")} }`;
}
