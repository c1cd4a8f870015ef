import { placeWord } from "../../language/consent/places/index.js";
import { machineOf } from "../../language/types/machine.js";
import { FORMATS } from "../../language/wire/formats/index.js";
import { modeOf } from "../../model/delivery.js";
import type { Event, Field, FieldSource, Match, Model, Node, Picture, Wire } from "../../model/model.js";
import { isInWords } from "../../model/wire.js";
import type { Report } from "../report.js";
import { KNOWN, unknownIn } from "./clients-known.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** Refuses what the Rust client can't carry out: it sends events one by one, by the environment's leave. */
export function rustClient({ model }: Judged, report: Report): void {
  if (model.clients.rust === undefined) return;
  const cannot = (what: string, at: Node["at"]) =>
    report.add("client-cannot", at, `The Rust client can't carry out ${what} yet.`, {
      hint: "Take rust out of clients.",
    });
  const { delivery, destination, identifiers } = model;
  if (!modeOf(model).clients.includes("rust")) cannot(`delivery.mode: ${delivery.mode}`, delivery.at);
  if (isInWords(model.wire)) cannot("a form that is only described", model.at);
  if (delivery.attempts > 1) cannot("delivery.attempts", delivery.at);
  if (delivery.debug !== undefined) cannot("delivery.debug", delivery.at);
  if (destination.method !== undefined) cannot("destination.method", destination.at);
  if (destination.override !== undefined) cannot("destination.override", destination.at);
  for (const { at } of identifiers) cannot("an identifier", at);
  if (!isDrawnPlainly(model.wire)) cannot("this request", model.at);
  for (const key of unknownIn(delivery, KNOWN.delivery)) cannot(`delivery's ${key}`, delivery.at);
  for (const key of unknownIn(destination, KNOWN.destination)) cannot(`destination's ${key}`, destination.at);
  consentOf(model, cannot);
  for (const event of model.events) eventOf(event, cannot);
  const rules = new Map<string, string>();
  for (const field of allFields(model)) {
    fieldOf(field, cannot, report);
    // A name is one function there, and one type.
    const rule = JSON.stringify([field.type.schema, field.type.input]);
    if ((rules.get(field.codeName) ?? rule) !== rule) cannot(`two fields of the name "${field.codeName}"`, field.at);
    rules.set(field.codeName, rule);
  }
}

type Cannot = (what: string, at: Node["at"]) => void;

function consentOf({ consent }: Model, cannot: Cannot): void {
  for (const key of unknownIn(consent, KNOWN.consent)) cannot(`consent's ${key}`, consent.at);
  if (consent.stateFile !== undefined) cannot("consent.state_file", consent.stateFile.at ?? consent.at);
  if (consent.notice !== undefined) cannot("consent.notice", consent.notice.at);
  if (consent.ask.length > 0) cannot("consent.ask", consent.at);
  if (consent.builds.some(({ kind }) => kind === "locked-off")) cannot("a build that is locked off", consent.at);
  for (const step of consent.order) {
    const matches = [step.enableWhen, step.disableWhen].filter((match): match is Match => match !== undefined);
    const isKnown = unknownIn(step, KNOWN.step).length + unknownIn(step.place, KNOWN.place).length === 0;
    const knows =
      isKnown &&
      placeWord(step.place).clients.includes("rust") &&
      matches.every(knowsMatch) &&
      !step.anyCase &&
      !step.trimmed &&
      !step.otherwise;
    if (!knows) cannot("this step", step.at);
  }
}

function eventOf(event: Event, cannot: Cannot): void {
  const { limit, sample, rollup, schedule, at } = event;
  for (const key of unknownIn(event, KNOWN.event)) cannot(key, at);
  if (sample !== undefined) cannot("sample", at);
  if (rollup !== undefined) cannot("a rollup", at);
  if (schedule !== undefined) cannot("an event by the clock", at);
  if (limit !== undefined && (limit.oncePer !== "process" || limit.forEach.length > 0)) cannot("this limit", at);
}

function fieldOf(field: Field, cannot: Cannot, report: Report): void {
  const { wireName, type, from, nullable, onlyWhen, at } = field;
  for (const key of [...unknownIn(field, KNOWN.field), ...unknownIn(type, KNOWN.type)])
    cannot(`${key} of "${wireName}"`, at);
  if (!SOURCES[from.kind]) cannot(`where "${wireName}" comes from`, at);
  const isPlain = type.of === undefined && type.fields === undefined && KINDS.includes(type.kind);
  if (!isPlain || nullable || onlyWhen.length > 0 || (type.input && !INPUTS.includes(type.input.kind)))
    cannot(`the type of "${wireName}"`, at);
  for (const { kind, schema } of typesWithin(type)) {
    const { pattern, maxLength } = schema;
    if (kind === "text" || pattern === undefined || machineOf(pattern, maxLength ?? 1024) !== undefined) continue;
    report.add("client-cannot", at, `The Rust client can't hold "${wireName}" to its pattern, ${pattern}.`, {
      hint: "Write it shorter, with fewer repetitions, or take rust out of clients.",
    });
  }
}

/** An object of constants, the event's name and whole sets of fields. */
function isDrawnPlainly(wire: Wire): boolean {
  if (wire.format === "prometheus-text" || !FORMATS[wire.format].clients.includes("rust")) return false;
  if (wire.headers.length > 0 || wire.query !== undefined || wire.each !== undefined) return false;
  const isPlain = (picture: Picture): boolean =>
    picture.kind === "object" &&
    picture.entries.every((entry) => {
      if ("spread" in entry) return entry.spread.name === undefined;
      if ("repeat" in entry || entry.key.kind !== "constant") return false;
      return entry.value.kind === "constant" || entry.value.kind === "event" || isPlain(entry.value);
    });
  return wire.body !== undefined && isPlain(wire.body);
}

const KINDS: readonly string[] = "bool int enum bucket string text version timestamp uuid const".split(" ");
const INPUTS: readonly string[] = ["bucket", "otherwise"];

const MATCHES: Readonly<Record<Match["kind"], boolean>> = {
  exactly: true,
  truthy: true,
  falsy: true,
  present: true,
  "non-empty": true,
  "any-except": true,
  "any-of": true,
  absent: false,
  "at-least": false,
};

const SOURCES: Readonly<Record<FieldSource["kind"], boolean>> = {
  call: true,
  setup: true,
  "package-version": true,
  "schema-version": false,
  os: false,
  arch: false,
  "node-major": false,
  "process-start": false,
  "runtime-version": false,
  "each-event": false,
  command: false,
  now: false,
  sequence: false,
  identifier: false,
  env: false,
};

function knowsMatch(match: Match): boolean {
  return MATCHES[match.kind] && (match.kind !== "any-of" || match.of.every(knowsMatch));
}
