import { goPattern } from "../../emit/go-pattern.js";
import type { Consent, ConsentPlace, Field, FieldSource, Match, Model, Node } from "../../model/model.js";
import { inStep } from "../../model/schedule.js";
import type { Report } from "../report.js";
import { KNOWN, unknownIn } from "./clients-known.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** What the Go client can't carry out is refused: it reports gauges, and asks for consent where its program reads it. */
export function goClient({ model }: Judged, report: Report): void {
  if (model.clients.go === undefined) return;
  const cannot = (what: string, at: Node["at"], hint = "Take go out of clients.") =>
    report.add("client-cannot", at, `The Go client can't carry out ${what} yet.`, { hint });
  const { delivery, wire, destination } = model;
  if (delivery.mode !== "periodic") cannot(`delivery.mode: ${delivery.mode}`, delivery.at);
  if (!inStep(model)) cannot("metrics that aren't all due together", model.metrics[0]?.at ?? model.at);
  if (delivery.attempts > 1) cannot("delivery.attempts", delivery.at);
  if (delivery.debug !== undefined) cannot("delivery.debug", delivery.at);
  if (wire.headers.length > 0) cannot("wire.headers", model.at);
  if (destination.method !== undefined) cannot("destination.method", destination.at);
  if (destination.override !== undefined) cannot("destination.override", destination.at);
  if (destination.urlFields.length > 0) cannot("an address with places to fill in", destination.at);
  for (const key of unknownIn(delivery, KNOWN.delivery)) cannot(`delivery's ${key}`, delivery.at);
  for (const key of unknownIn(destination, KNOWN.destination)) cannot(`destination's ${key}`, destination.at);
  consentOf(model, cannot);
  for (const { madeFrom, at } of model.identifiers) if (madeFrom !== "given") cannot("this identifier", at);
  for (const metric of model.metrics) for (const key of unknownIn(metric, KNOWN.event)) cannot(key, metric.at);
  for (const field of allFields(model)) fieldOf(field, cannot, report);
}

type Cannot = (what: string, at: Node["at"], hint?: string) => void;

function consentOf({ consent }: Model, cannot: Cannot): void {
  for (const key of unknownIn(consent, KNOWN.consent)) cannot(`consent's ${key}`, consent.at);
  if (consent.stateFile !== undefined) cannot("consent.state_file", consent.stateFile.at ?? consent.at);
  if (consent.notice !== undefined) cannot("consent.notice", consent.notice.at);
  if (consent.ask.length > 0) cannot("consent.ask", consent.at);
  if (consent.evaluated !== "every-event") cannot(`consent.evaluated: ${consent.evaluated}`, consent.at);
  for (const step of consent.order) {
    const matches = [step.enableWhen, step.disableWhen].filter((match): match is Match => match !== undefined);
    const isKnown = unknownIn(step, KNOWN.step).length + unknownIn(step.place, KNOWN.place).length === 0;
    const knows =
      isKnown &&
      PLACES[step.place.kind] &&
      matches.every(knowsMatch) &&
      !step.anyCase &&
      !step.trimmed &&
      !step.otherwise;
    if (!knows || isAboveAnother(step.place, consent)) cannot("this step", step.at);
  }
}

function fieldOf(field: Field, cannot: Cannot, report: Report): void {
  const { wireName, type, from, nullable, at } = field;
  for (const key of [...unknownIn(field, KNOWN.field), ...unknownIn(type, KNOWN.type)])
    cannot(`${key} of "${wireName}"`, at);
  // An identifier that is given was said before to be nothing else.
  if (!SOURCES[from.kind]) cannot(`where "${wireName}" comes from`, at);
  const isPlain =
    type.of === undefined &&
    type.fields === undefined &&
    KINDS.includes(type.kind) &&
    (type.input === undefined || INPUTS.includes(type.input.kind));
  if (!isPlain || nullable) cannot(`the type of "${wireName}"`, at);
  for (const { kind, schema } of typesWithin(type)) {
    const { pattern } = schema;
    if (kind === "text" || pattern === undefined || goPattern(pattern) !== undefined) continue;
    report.add("client-cannot", at, `The Go client can't hold "${wireName}" to its pattern, ${pattern}.`, {
      hint: "Write it without look-around, back references and more than 1,000 repetitions, or take go out of clients.",
    });
  }
}

const KINDS: readonly string[] = "bool int enum bucket string text version timestamp uuid identifier const".split(" ");
const INPUTS: readonly string[] = ["bucket", "otherwise", "replaced", "cut"];

const PLACES: Readonly<Record<ConsentPlace["kind"], boolean>> = {
  env: true,
  config: true,
  flag: true,
  stored: false,
  fact: false,
  given: true,
};

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
  setup: false,
  "package-version": false,
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
  identifier: true,
  env: false,
};

function knowsMatch(match: Match): boolean {
  return MATCHES[match.kind] && (match.kind !== "any-of" || match.of.every(knowsMatch));
}

/** A map there is no answer, and nothing wrong. */
function isAboveAnother(place: ConsentPlace, { order }: Consent): boolean {
  return (
    place.kind === "config" &&
    order.some(
      ({ place: other }) =>
        other.kind === "config" && other.config === place.config && other.key.startsWith(`${place.key}.`),
    )
  );
}
