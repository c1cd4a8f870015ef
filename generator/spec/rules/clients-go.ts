import { goPattern } from "../../emit/go-pattern.js";
import { allSteps, asksIn } from "../../language/consent/parts.js";
import { placeWord } from "../../language/consent/places/index.js";
import { FORMATS } from "../../language/wire/formats/index.js";
import { modeOf } from "../../model/delivery.js";
import type { Event, Field, FieldSource, Metric, Model, Node } from "../../model/model.js";
import { inStep } from "../../model/schedule.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { KNOWN, unknownIn } from "./clients-known.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

const BESIDE = "part sinceEpoch expires";

/** The words that the Go client knows beside what all have. */
const HEARD = {
  consent: `${KNOWN.consent} use none parts adopts epochFrom`,
  step: `${KNOWN.step} onlyWhere`,
  place: `${KNOWN.place} behind form`,
  event: `${KNOWN.event} ${BESIDE} onlyWhere evenWhenOff`,
  field: `${KNOWN.field} ${BESIDE}`,
  type: `${KNOWN.type} by cases`,
  delivery: `${KNOWN.delivery} answer batch`,
  destination: `${KNOWN.destination} namedBy`,
} as const;

/** Refuses what the Go client can't carry out. */
export function goClient({ model }: Judged, report: DiagnosticSink): void {
  if (model.clients.go === undefined) return;
  const cannot = (what: string, at: Node["at"], hint = "Take go out of clients.") =>
    report.add("client-cannot", at, `The Go client can't carry out ${what} yet.`, { hint });
  const { delivery, destination } = model;
  if (delivery.mode === "periodic") reporter(model, cannot);
  if (!modeOf(model).clients.includes("go")) cannot(`delivery.mode: ${delivery.mode}`, delivery.at);
  if (!FORMATS[model.wire.format].clients.includes("go")) cannot(`the format ${model.wire.format}`, model.at);
  if (delivery.mode !== "periodic" && model.metrics.length > 0) cannot("metrics beside events", model.at);
  for (const key of unknownIn(delivery, HEARD.delivery)) cannot(`delivery's ${key}`, delivery.at);
  for (const key of unknownIn(destination, HEARD.destination)) cannot(`destination's ${key}`, destination.at);
  consentOf(model, cannot);
  identifiersOf(model, cannot);
  for (const event of model.events) eventOf(event, cannot);
  for (const metric of model.metrics) for (const key of unknownIn(metric, HEARD.event)) cannot(key, metric.at);
  for (const field of allFields(model)) fieldOf(field, model, cannot, report);
}

type Cannot = (what: string, at: Node["at"], hint?: string) => void;

/** Checks reporters: what reports gauges asks for consent where its program reads it, and fills nothing in. */
function reporter(model: Model, cannot: Cannot): void {
  const { delivery, wire, destination, consent, identifiers } = model;
  if (!inStep(model)) cannot("metrics that aren't all due together", model.metrics[0]?.at ?? model.at);
  if (model.events.length > 0) cannot("events and metrics together", model.events[0]?.at ?? model.at);
  if (delivery.attempts > 1) cannot("delivery.attempts", delivery.at);
  if (delivery.debug !== undefined) cannot("delivery.debug", delivery.at);
  if (model.retired !== undefined) cannot("retired", model.at);
  if (wire.headers.some(({ kind }) => kind !== "picture")) cannot("a secret in a header", model.at);
  if (destination.namedBy !== undefined) cannot("an address that is named later", destination.at);
  if (destination.method !== undefined) cannot("destination.method", destination.at);
  if (destination.override !== undefined) cannot("destination.override", destination.at);
  if (destination.urlFields.length > 0) cannot("an address with places to fill in", destination.at);
  if (consent.stateFile !== undefined) cannot("consent.state_file", consent.stateFile.at ?? consent.at);
  if (consent.notice !== undefined) cannot("consent.notice", consent.notice.at);
  if (consent.ask.length > 0) cannot("consent.ask", consent.at);
  if (consent.parts !== undefined) cannot("consent.parts", consent.at);
  if (consent.adopts !== undefined) cannot("consent.adopts", consent.at);
  for (const one of model.metrics) if (isDecidedApart(one)) cannot("what is decided by itself", one.at);
  for (const one of allFields(model)) if (isDecidedApart(one)) cannot("what is decided by itself", one.at);
  if (consent.evaluated !== "every-event") cannot(`consent.evaluated: ${consent.evaluated}`, consent.at);
  for (const { at, place, onlyWhere } of consent.order)
    if (place.kind === "fact" || place.kind === "stored" || onlyWhere !== undefined) cannot("this step", at);
  for (const { madeFrom, at } of identifiers) if (madeFrom !== "given") cannot("this identifier", at);
}

/** Returns whether something else than all of consent decides about it. */
function isDecidedApart({ part, sinceEpoch, expires, ...one }: Metric | Field): boolean {
  return (part ?? sinceEpoch ?? expires ?? ("onlyWhere" in one ? one.onlyWhere : undefined)) !== undefined;
}

function consentOf({ consent }: Model, cannot: Cannot): void {
  const { stateFile } = consent;
  if (stateFile?.form !== undefined) cannot("a state file that isn't JSON", stateFile.at ?? consent.at);
  for (const key of unknownIn(consent, HEARD.consent)) cannot(`consent's ${key}`, consent.at);
  for (const step of allSteps(consent)) {
    const unknown = unknownIn(step, HEARD.step).length + unknownIn(step.place, HEARD.place).length;
    // A flag says one thing: that it is off, or of a part that it is on.
    const saysBoth = step.place.kind === "flag" && step.enableWhen !== undefined && step.disableWhen !== undefined;
    if (!placeWord(step.place).clients.includes("go") || unknown > 0 || saysBoth) cannot("this step", step.at);
  }
  for (const ask of asksIn(consent)) for (const key of unknownIn(ask, ASK)) cannot(`${key} of a question`, ask.at);
  if (Object.keys(consent.commands).some((name) => !COMMANDS.includes(name))) cannot("this command", consent.at);
}

function identifiersOf({ identifiers }: Model, cannot: Cannot): void {
  for (const { name, madeFrom, created, format, at } of identifiers) {
    if (!MADE.includes(madeFrom) || !CREATED.includes(created)) cannot("this identifier", at);
    const { pattern } = format.schema;
    if (pattern !== undefined && goPattern(pattern) === undefined) cannot(`the pattern of "${name}"`, at);
  }
}

function eventOf(event: Event, cannot: Cannot): void {
  for (const key of unknownIn(event, HEARD.event)) cannot(key, event.at);
  if (event.rollup === undefined) return;
  if (typeof event.rollup.per === "number") cannot("a rollup of so many calls", event.at);
  for (const { wireName, type, optional, nullable, at } of event.fields) {
    if (!event.rollup.by.includes(wireName)) continue;
    const isText = type.schema.type === "string" && type.values?.includes("") !== true;
    if (nullable || type.of !== undefined || type.fields !== undefined || (optional && !isText))
      cannot(`a group by "${wireName}"`, at);
  }
}

const ASK = "at part where question preselected stores needs whenSkipped askAgain onlyWhere";
const COMMANDS: readonly string[] = ["status", "enable", "disable", "forget"];
const MADE: readonly string[] = ["random", "hash", "given"];
const CREATED: readonly string[] = ["first-run", "first-send", "opt-in", "process-start", "platform", "each-event"];

function fieldOf(field: Field, { common, delivery, identifiers }: Model, cannot: Cannot, report: DiagnosticSink): void {
  const { wireName, type, from, nullable, optional, at } = field;
  if (delivery.mode === "periodic" && identifiers.some(({ name, inCi }) => name === type.identifier && inCi))
    cannot(`in_ci in a report of metrics, for "${wireName}"`, at);
  for (const key of [...unknownIn(field, HEARD.field), ...unknownIn(type, HEARD.type)])
    cannot(`${key} of "${wireName}"`, at);
  const inside = typesWithin(type).flatMap(({ fields }) => fields ?? []);
  // An identifier that is given was said before to be nothing else.
  const given = common.includes(field) ? [...GIVEN, "setup", "package-version"] : GIVEN;
  if (!SOURCES[from.kind] || (delivery.mode === "periodic" && !given.includes(from.kind)))
    cannot(`where "${wireName}" comes from`, at);
  if (from.kind === "node-major" && !optional)
    cannot(`Node's version as "${wireName}"`, at, "Make it optional, fill it from setup, or take go out of clients.");
  if (inside.some((one) => !SOURCES[one.from.kind])) cannot(`what is filled in inside "${wireName}"`, at);
  const isComposed = type.of !== undefined || type.fields !== undefined;
  const isKnown = typesWithin(type).every(
    ({ kind, input }) => KINDS.includes(kind) && (input === undefined || INPUTS.includes(input.kind)),
  );
  const isNested = type.of?.of !== undefined && typesWithin(type.of).some(({ fields, values }) => fields ?? values);
  if (!isKnown || isNested || (delivery.mode === "periodic" && (isComposed || nullable)))
    cannot(`the type of "${wireName}"`, at);
  for (const { kind, schema } of typesWithin(type)) {
    const { pattern } = schema;
    if (kind === "text" || pattern === undefined || goPattern(pattern) !== undefined) continue;
    report.add("client-cannot", at, `The Go client can't hold "${wireName}" to its pattern, ${pattern}.`, {
      hint: "Write it without look-around, back references and more than 1,000 repetitions, or take go out of clients.",
    });
  }
}

const KINDS: readonly string[] =
  "bool int number enum bucket string text version timestamp uuid identifier const list map object hashed one_of".split(
    " ",
  );
const INPUTS: readonly string[] = ["bucket", "otherwise", "replaced", "cut", "rounded", "hashed"];
/** Of a gauge's labels, which nobody fills in. */
const GIVEN: readonly string[] = ["call", "identifier"];

const SOURCES: Readonly<Record<FieldSource["kind"], boolean>> = {
  call: true,
  setup: true,
  "package-version": true,
  "schema-version": true,
  os: true,
  arch: true,
  "node-major": true,
  "process-start": true,
  "runtime-version": true,
  "each-event": true,
  command: true,
  now: true,
  sequence: true,
  identifier: true,
  env: true,
};
