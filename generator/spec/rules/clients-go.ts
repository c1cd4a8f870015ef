import { goPattern } from "../../emit/go-pattern.js";
import type { Event, Field, FieldSource, Model, Node } from "../../model/model.js";
import { isPlain } from "../../model/rollup.js";
import { inStep } from "../../model/schedule.js";
import type { Report } from "../report.js";
import { KNOWN, unknownIn } from "./clients-known.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** What the Go client can't carry out is refused. */
export function goClient({ model }: Judged, report: Report): void {
  if (model.clients.go === undefined) return;
  const cannot = (what: string, at: Node["at"], hint = "Take go out of clients.") =>
    report.add("client-cannot", at, `The Go client can't carry out ${what} yet.`, { hint });
  const { delivery, destination } = model;
  if (delivery.mode === "periodic") reporter(model, cannot);
  if (model.retired !== undefined) cannot("retired", model.at);
  if (delivery.mode !== "periodic" && model.metrics.length > 0) cannot("metrics beside events", model.at);
  for (const key of unknownIn(delivery, KNOWN.delivery)) cannot(`delivery's ${key}`, delivery.at);
  for (const key of unknownIn(destination, KNOWN.destination)) cannot(`destination's ${key}`, destination.at);
  consentOf(model, cannot);
  identifiersOf(model, cannot);
  for (const event of model.events) eventOf(event, cannot);
  for (const metric of model.metrics) for (const key of unknownIn(metric, KNOWN.event)) cannot(key, metric.at);
  for (const field of allFields(model)) fieldOf(field, model, cannot, report);
}

type Cannot = (what: string, at: Node["at"], hint?: string) => void;

/** What reports gauges asks for consent where its program reads it, and fills nothing in. */
function reporter(model: Model, cannot: Cannot): void {
  const { delivery, wire, destination, consent, identifiers } = model;
  if (!inStep(model)) cannot("metrics that aren't all due together", model.metrics[0]?.at ?? model.at);
  if (model.events.length > 0) cannot("events beside metrics", model.events[0]?.at ?? model.at);
  if (delivery.attempts > 1) cannot("delivery.attempts", delivery.at);
  if (delivery.debug !== undefined) cannot("delivery.debug", delivery.at);
  if (wire.headers.length > 0) cannot("wire.headers", model.at);
  if (destination.method !== undefined) cannot("destination.method", destination.at);
  if (destination.override !== undefined) cannot("destination.override", destination.at);
  if (destination.urlFields.length > 0) cannot("an address with places to fill in", destination.at);
  if (consent.stateFile !== undefined) cannot("consent.state_file", consent.stateFile.at ?? consent.at);
  if (consent.notice !== undefined) cannot("consent.notice", consent.notice.at);
  if (consent.ask.length > 0) cannot("consent.ask", consent.at);
  if (consent.evaluated !== "every-event") cannot(`consent.evaluated: ${consent.evaluated}`, consent.at);
  for (const { at, place } of consent.order)
    if (place.kind === "fact" || place.kind === "stored") cannot("this step", at);
  for (const { madeFrom, at } of identifiers) if (madeFrom !== "given") cannot("this identifier", at);
}

function consentOf({ consent }: Model, cannot: Cannot): void {
  for (const key of unknownIn(consent, KNOWN.consent)) cannot(`consent's ${key}`, consent.at);
  for (const step of consent.order)
    if (unknownIn(step, KNOWN.step).length + unknownIn(step.place, KNOWN.place).length > 0)
      cannot("this step", step.at);
  for (const { place, at } of consent.order) if (place.kind === "config" && place.key === "") cannot("this step", at);
  for (const { at, onlyWhere } of [...consent.ask, ...(consent.notice ? [consent.notice] : [])])
    if (onlyWhere !== undefined) cannot("only_where", at);
  if (Object.keys(consent.commands).some((name) => !COMMANDS.includes(name))) cannot("this command", consent.at);
}

function identifiersOf({ identifiers }: Model, cannot: Cannot): void {
  for (const { name, madeFrom, created, inCi, format, at } of identifiers) {
    if (inCi !== undefined || !MADE.includes(madeFrom) || !CREATED.includes(created)) cannot("this identifier", at);
    const { pattern } = format.schema;
    if (pattern !== undefined && goPattern(pattern) === undefined) cannot(`the pattern of "${name}"`, at);
  }
}

function eventOf(event: Event, cannot: Cannot): void {
  for (const key of unknownIn(event, KNOWN.event)) cannot(key, event.at);
  if (event.schedule !== undefined) cannot("an event by the clock", event.at);
  if (event.rollup === undefined) return;
  if (!isPlain(event.rollup)) cannot("this rollup", event.at);
  for (const { wireName, type, optional, nullable, at } of event.fields) {
    if (!event.rollup.by.includes(wireName)) continue;
    const isText = type.schema.type === "string" && type.values?.includes("") !== true;
    if (nullable || type.of !== undefined || type.fields !== undefined || (optional && !isText))
      cannot(`a group by "${wireName}"`, at);
  }
}

const COMMANDS: readonly string[] = ["status", "enable", "disable"];
const MADE: readonly string[] = ["random", "hash", "given"];
const CREATED: readonly string[] = ["first-run", "first-send", "opt-in", "process-start", "platform"];

function fieldOf(field: Field, { delivery }: Model, cannot: Cannot, report: Report): void {
  const { wireName, type, from, nullable, optional, at } = field;
  for (const key of [...unknownIn(field, KNOWN.field), ...unknownIn(type, KNOWN.type)])
    cannot(`${key} of "${wireName}"`, at);
  const inside = typesWithin(type).flatMap(({ fields }) => fields ?? []);
  // An identifier that is given was said before to be nothing else.
  if (!SOURCES[from.kind] || (delivery.mode === "periodic" && !GIVEN.includes(from.kind)))
    cannot(`where "${wireName}" comes from`, at);
  if (from.kind === "node-major" && !optional)
    cannot(`Node's version as "${wireName}"`, at, "Make it optional, fill it from setup, or take go out of clients.");
  if (inside.some((one) => one.from.kind !== "call")) cannot(`what is filled in inside "${wireName}"`, at);
  if ([field, ...inside].some((one) => one.nullable && one.optional))
    cannot(`what may be null and absent, as "${wireName}"`, at);
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
  "bool int number enum bucket string text version timestamp uuid identifier const list map object".split(" ");
const INPUTS: readonly string[] = ["bucket", "otherwise", "replaced", "cut", "rounded"];
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
  "each-event": false,
  command: false,
  now: false,
  sequence: false,
  identifier: true,
  env: true,
};
