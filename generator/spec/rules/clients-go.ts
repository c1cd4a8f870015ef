import { allSteps, asksIn } from "../../language/consent/parts.js";
import { placeWord } from "../../language/consent/places/index.js";
import { isFilledBy } from "../../language/sources/index.js";
import { typeNamed } from "../../language/types/index.js";
import { plainPattern } from "../../language/types/plain-pattern.js";
import { FORMATS } from "../../language/wire/formats/index.js";
import { modeOf } from "../../model/delivery.js";
import { beginsAnew } from "../../model/marks.js";
import type { Event, Field, Metric, Model, Node, Type } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { CARRIED_OUT, JSON_STATE, unheard } from "./clients-known.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** Refuses what the Go client can't carry out. */
export function goClient({ model }: Judged, report: DiagnosticSink): void {
  if (model.clients.go === undefined) return;
  const cannot = (what: string, at: Node["at"], way?: string) =>
    report.add("client-cannot", at, `The Go client can't carry out ${what} yet.`, {
      hint: way === undefined ? "Remove go from clients." : `${way}, or remove go from clients.`,
    });
  const { delivery, destination } = model;
  if (modeOf({ delivery }).reports) reporter(model, cannot);
  if (!modeOf(model).clients.includes("go")) cannot(`delivery.mode: ${delivery.mode}`, delivery.at);
  if (!FORMATS[model.wire.format].clients.includes("go")) cannot(`the format ${model.wire.format}`, model.at);
  if (!modeOf({ delivery }).reports && model.metrics.length > 0) cannot("metrics beside events", model.at, APART);
  for (const key of unheard("go", "delivery", delivery)) cannot(`delivery's ${key}`, delivery.at);
  for (const key of unheard("go", "destination", destination)) cannot(`destination's ${key}`, destination.at);
  consentOf(model, cannot);
  identifiersOf(model, cannot);
  for (const event of model.events) eventOf(event, cannot);
  for (const metric of model.metrics) for (const key of unheard("go", "event", metric)) cannot(key, metric.at);
  for (const field of allFields(model)) fieldOf(field, model, cannot, report);
}

type Cannot = (what: string, at: Node["at"], way?: string) => void;

const APART = "Give the metrics a contract of their own";

/** Checks reporters: what reports gauges asks for consent where its program reads it, and fills nothing in. */
function reporter(model: Model, refuse: Cannot): void {
  const cannot = (what: string, at: Node["at"], way = "Leave it out") => refuse(what, at, way);
  const { delivery, wire, destination, consent, identifiers } = model;
  if (!beginsAnew(model))
    cannot("metrics whose last time is kept", model.metrics[0]?.at ?? model.at, "Give all the same every and no more");
  if (model.events.length > 0) cannot("events and metrics together", model.events[0]?.at ?? model.at, APART);
  if (delivery.attempts > 1) cannot("delivery.attempts", delivery.at);
  if (delivery.debug !== undefined) cannot("delivery.debug", delivery.at);
  if (model.retired !== undefined) refuse("retired", model.at);
  if (wire.headers.some(({ kind }) => kind !== "picture")) cannot("a secret in a header", model.at);
  if (destination.namedBy !== undefined) cannot("an address that is named later", destination.at, "Write the address");
  if (destination.method !== undefined) cannot("destination.method", destination.at);
  if (destination.override !== undefined) cannot("destination.override", destination.at);
  if (destination.urlFields.length > 0)
    cannot("an address with places to fill in", destination.at, "Write the whole address");
  if (consent.stateFile !== undefined) cannot("consent.state_file", consent.stateFile.at ?? consent.at);
  if (consent.notice !== undefined) cannot("consent.notice", consent.notice.at);
  if (consent.ask.length > 0) cannot("consent.ask", consent.at);
  if (consent.parts !== undefined) cannot("consent.parts", consent.at);
  if (consent.adopts !== undefined) cannot("consent.adopts", consent.at);
  for (const metric of model.metrics)
    if (isDecidedApart(metric)) cannot("what is decided by itself", metric.at, "Let all be decided together");
  for (const field of allFields(model))
    if (isDecidedApart(field)) cannot("what is decided by itself", field.at, "Let all be decided together");
  if (consent.evaluated !== "every-event") cannot(`consent.evaluated: ${consent.evaluated}`, consent.at);
  for (const { at, place, onlyWhere } of consent.order)
    if (place.kind === "fact" || place.kind === "stored" || onlyWhere !== undefined)
      cannot("this step", at, "Ask a variable, a flag or a configuration");
  for (const { madeFrom, at } of identifiers)
    if (madeFrom !== "given") cannot("this identifier", at, "Have the program give it, by made_from: given");
}

/** Returns whether something else than all of consent decides about it. */
function isDecidedApart({ part, sinceEpoch, expires, ...one }: Metric | Field): boolean {
  return (part ?? sinceEpoch ?? expires ?? ("onlyWhere" in one ? one.onlyWhere : undefined)) !== undefined;
}

function consentOf({ consent }: Model, cannot: Cannot): void {
  const { stateFile } = consent;
  if (stateFile?.form !== undefined) cannot("a state file that isn't JSON", stateFile.at ?? consent.at, JSON_STATE);
  for (const key of unheard("go", "consent", consent)) cannot(`consent's ${key}`, consent.at);
  for (const step of allSteps(consent)) {
    const unknown = unheard("go", "step", step).length + unheard("go", "place", step.place).length;
    // A flag says one thing: that it is off, or of a part that it is on.
    const saysBoth = step.place.kind === "flag" && step.enableWhen !== undefined && step.disableWhen !== undefined;
    if (!placeWord(step.place).clients.includes("go") || unknown > 0 || saysBoth)
      cannot("this step", step.at, saysBoth ? "Ask a flag only for a yes, or only for a no" : undefined);
  }
  for (const ask of asksIn(consent))
    for (const key of unheard("go", "ask", ask)) cannot(`${key} of a question`, ask.at);
  if (unheard("go", "commands", consent.commands).length > 0) cannot("this command", consent.at);
}

function identifiersOf({ identifiers }: Model, cannot: Cannot): void {
  for (const { name, madeFrom, created, format, at } of identifiers) {
    if (!CARRIED_OUT.madeFrom[madeFrom]?.includes("go") || !CARRIED_OUT.created[created]?.includes("go"))
      cannot("this identifier", at);
    const { pattern } = format.schema;
    if (pattern !== undefined && plainPattern(pattern) === undefined) cannot(`the pattern of "${name}"`, at);
  }
}

function eventOf(event: Event, cannot: Cannot): void {
  for (const key of unheard("go", "event", event)) cannot(key, event.at);
  if (event.rollup === undefined) return;
  for (const { wireName, type, optional, nullable, at } of event.fields) {
    if (!event.rollup.by.includes(wireName)) continue;
    const isText = type.schema.type === "string" && type.values?.includes("") !== true;
    if (nullable || type.of !== undefined || type.fields !== undefined || (optional && !isText))
      cannot(`a group by "${wireName}"`, at, "Group by single values that are always there");
  }
}

function fieldOf(field: Field, { common, delivery, identifiers }: Model, cannot: Cannot, report: DiagnosticSink): void {
  const { wireName, type, from, nullable, optional, at } = field;
  if (modeOf({ delivery }).reports && identifiers.some(({ name, inCi }) => name === type.identifier && inCi))
    cannot(`in_ci in a report of metrics, for "${wireName}"`, at);
  for (const key of [...unheard("go", "field", field), ...unheard("go", "type", type)])
    cannot(`${key} of "${wireName}"`, at);
  const inside = typesWithin(type).flatMap(({ fields }) => fields ?? []);
  // An identifier that is given was said before to be nothing else.
  const given = common.includes(field) ? [...GIVEN, "setup", "package-version"] : GIVEN;
  if (!isFilledBy("go", from) || (modeOf({ delivery }).reports && !given.includes(from.kind)))
    cannot(`where "${wireName}" comes from`, at);
  if (from.kind === "node-major" && !optional)
    cannot(`Node's version as "${wireName}"`, at, "Make it optional, fill it from setup");
  if (inside.some((one) => !isFilledBy("go", one.from))) cannot(`what is filled in inside "${wireName}"`, at);
  const isComposed = type.of !== undefined || type.fields !== undefined;
  const isKnown = typesWithin(type).every(
    ({ kind, input }) =>
      typeNamed(kind)?.clients.includes("go") && (input === undefined || CARRIED_OUT.input[input.kind].includes("go")),
  );
  // Inside of two of them a value would need a name of its own.
  const isNamed = ({ kind, fields, values, input }: Type): boolean =>
    fields !== undefined ||
    (values !== undefined && kind !== "bool") ||
    (input?.kind === "hashed" && isNamed(input.of));
  if (typesWithin(type).some(({ of }) => of?.of !== undefined && typesWithin(of).some(isNamed)))
    cannot(`a list or map inside of another in "${wireName}"`, at, "Put an object between them");
  if (!isKnown || (modeOf({ delivery }).reports && (isComposed || nullable))) cannot(`the type of "${wireName}"`, at);
  for (const { kind, schema } of typesWithin(type)) {
    const { pattern } = schema;
    if (kind === "text" || pattern === undefined || plainPattern(pattern) !== undefined) continue;
    report.add("client-cannot", at, `The Go client can't hold "${wireName}" to its pattern, ${pattern}.`, {
      hint: "Write it without look-around, back-references and a ^ or $ in the middle, or remove go from clients.",
    });
  }
}

/** Of a gauge's labels, which nobody fills in. */
const GIVEN: readonly string[] = ["call", "identifier"];
