import { isHeldBy } from "../../language/consent/matches/index.js";
import { placeWord } from "../../language/consent/places/index.js";
import { isFilledBy } from "../../language/sources/index.js";
import { TYPES, typeNamed } from "../../language/types/index.js";
import { machineOf } from "../../language/types/machine.js";
import { FORMATS } from "../../language/wire/formats/index.js";
import { modeOf } from "../../model/delivery.js";
import type { Event, Field, Match, Model, Node, Type, Wire } from "../../model/model.js";
import { saltsOf } from "../../model/salts.js";
import { isInWords } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { CARRIED_OUT, JSON_STATE, unheard } from "./clients-known.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** Refuses what the Rust client can't carry out: it sends events one by one. */
export function rustClient({ model }: Judged, report: DiagnosticSink): void {
  if (model.clients.rust === undefined) return;
  const cannot = (what: string, at: Node["at"], way?: string) =>
    report.add("client-cannot", at, `The Rust client can't carry out ${what} yet.`, {
      hint: way === undefined ? "Take rust out of clients." : `${way}, or remove rust from clients.`,
    });
  const { delivery, destination, identifiers } = model;
  if (!modeOf(model).clients.includes("rust"))
    cannot(`delivery.mode: ${delivery.mode}`, delivery.at, "Send each event at once, by mode: immediate");
  if (isInWords(model.wire)) cannot("a form that is only described", model.at);
  if (delivery.attempts > 1) cannot("delivery.attempts", delivery.at);
  if (delivery.debug?.sends === false || delivery.debug?.whenOff)
    cannot("an event that is only shown", delivery.at, "Leave sends and when_off away");
  if (delivery.debug && !isHeldBy("rust", delivery.debug.when)) cannot("this match of delivery.debug", delivery.at);
  if (delivery.debug?.shows === "payload" && hasMoreThanABody(model.wire))
    cannot(
      "a shown payload with headers or a query",
      delivery.at,
      "Show one line per request, by shows: one-line-per-send",
    );
  if (destination.method !== undefined) cannot("destination.method", destination.at);
  if (destination.url.includes("{$")) cannot("what is drawn inside of an address", destination.at);
  if ("apart" in model.wire)
    cannot("a field inside an object in a place of its own", model.at, "Draw the object as a whole");
  if (model.wire.format === "prometheus-text" || !FORMATS[model.wire.format].clients.includes("rust"))
    cannot(`the format ${model.wire.format}`, model.at);
  for (const identifier of identifiers) {
    for (const key of unheard("rust", "identifier", identifier)) cannot(`an identifier's ${key}`, identifier.at);
    if (identifier.madeFrom === "given" && identifier.inCi !== undefined)
      cannot(`the in_ci of "${identifier.name}", which the program gives`, identifier.at, "Leave in_ci away");
    const { pattern, maxLength } = identifier.format.schema;
    if (pattern !== undefined && machineOf(pattern, maxLength ?? 1024) === undefined)
      cannot(`the pattern of "${identifier.name}"`, identifier.at);
  }
  if (model.salts || saltsOf(allFields(model)).length > 0) cannot("a hash with a salt", model.at);
  for (const key of unheard("rust", "delivery", delivery)) cannot(`delivery's ${key}`, delivery.at);
  for (const key of unheard("rust", "destination", destination)) cannot(`destination's ${key}`, destination.at);
  consentOf(model, cannot);
  for (const event of model.events) eventOf(event, cannot);
  for (const field of allFields(model)) fieldOf(field, cannot, report);
  for (const fields of [model.common, ...model.events.map((event) => event.fields)])
    for (const { wireName, onlyWhen, at } of fields)
      if (
        fields.some(
          (one) =>
            // Common fields are held to each other once, at the start.
            (FILLED_IN.includes(one.from.kind) || (fields === model.common && one.expires !== undefined)) &&
            onlyWhen.some((sibling) => sibling.wireName === one.wireName),
        )
      )
        cannot(`what "${wireName}" depends on`, at);
}

/** Values that are only known when an event is sent. */
const FILLED_IN: readonly string[] = ["identifier", "each-event", "now", "sequence", "process-start"];

type Cannot = (what: string, at: Node["at"], way?: string) => void;

function consentOf({ consent }: Model, cannot: Cannot): void {
  const { stateFile, notice, ask, commands, order } = consent;
  for (const key of unheard("rust", "consent", consent)) cannot(`consent's ${key}`, consent.at);
  for (const key of unheard("rust", "stateFile", stateFile))
    cannot(`the state file's ${key}`, stateFile?.at ?? consent.at, key === "form" ? JSON_STATE : undefined);
  for (const key of unheard("rust", "notice", notice)) cannot(`${key} of the notice`, notice?.at ?? consent.at);
  for (const question of ask)
    for (const key of unheard("rust", "ask", question)) cannot(`${key} of a question`, question.at);
  if (new Set(ask.map(({ where }) => where)).size < ask.length) cannot("two questions in one place", consent.at);
  for (const key of unheard("rust", "commands", commands)) cannot(`commands.${key}`, commands[key]?.at ?? consent.at);
  if (consent.builds.some(({ kind }) => !CARRIED_OUT.build[kind]?.includes("rust")))
    cannot("a build that is locked off", consent.at);
  const stored = order.flatMap(({ place }) => (place.kind === "stored" ? [place.key] : []));
  for (const { key, type } of stateFile?.keys ?? [])
    if (stored.includes(key) && !isKnownType(type)) cannot(`the type of "${key}"`, stateFile?.at ?? consent.at);
  for (const step of order) {
    const { place, enableWhen, disableWhen } = step;
    const matches = [enableWhen, disableWhen].filter((match): match is Match => match !== undefined);
    const isKnown = unheard("rust", "step", step).length + unheard("rust", "place", place).length === 0;
    const isAbove = order.some(
      ({ place: other }) =>
        place.kind === "config" &&
        other.kind === "config" &&
        other.config === place.config &&
        other.key.startsWith(`${place.key}.`),
    );
    const mayBe =
      place.kind === "fact"
        ? place.fact === "ci"
        : place.kind === "config"
          ? place.key !== "" && !isAbove
          : placeWord(place).clients.includes("rust");
    // A flag only says no.
    const isRead = place.kind !== "flag" || (enableWhen === undefined && !step.anyCase && !step.trimmed);
    const isSpelled = place.kind === "env" || !(step.anyCase || step.trimmed);
    const tests = matches.flatMap((match) => (match.kind === "any-of" ? match.of : [match]));
    if (
      !isKnown ||
      !mayBe ||
      !isRead ||
      !isSpelled ||
      !tests.every((match) => match.kind === "absent" || isHeldBy("rust", match))
    )
      cannot(
        "this step",
        step.at,
        "Ask a variable, a flag that says no, the fact ci, a key of a configuration or a state file",
      );
  }
}

function eventOf(event: Event, cannot: Cannot): void {
  const { limit, sample, rollup, schedule, at } = event;
  for (const key of unheard("rust", "event", event)) cannot(key, at);
  if (sample !== undefined) cannot("sample", at);
  if (rollup !== undefined) cannot("a rollup", at, "Send each event by itself");
  if (schedule !== undefined) cannot("an event by the clock", at, "Have the program record it by a clock of its own");
  if (limit !== undefined && (limit.oncePer !== "process" || limit.forEach.length > 0)) cannot("this limit", at);
}

function fieldOf(field: Field, cannot: Cannot, report: DiagnosticSink): void {
  const { wireName, type, from, nullable, optional, at } = field;
  for (const key of [...unheard("rust", "field", field), ...unheard("rust", "type", type)])
    cannot(`${key} of "${wireName}"`, at);
  if (from.kind === "env" && from.is === undefined && !optional)
    cannot(`a variable that "${wireName}" can't be without`, at, "Make it optional");
  if (from.kind === "env" && from.is !== undefined && !isHeldBy("rust", from.is))
    cannot(`this match of "${wireName}"`, at);
  if (!isFilledBy("rust", from)) cannot(`where "${wireName}" comes from`, at, "Fill it from setup or by the call");
  const all = typesWithin(type);
  const inside = all.flatMap(({ fields }) => fields ?? []);
  if (inside.some((one) => one.from.kind !== "call" && one.type.schema.const === undefined))
    cannot(`what is filled in inside "${wireName}"`, at);
  const isKnown = all.every(
    ({ kind, input, values, schema }) =>
      typeNamed(kind)?.clients.includes("rust") === true &&
      (input === undefined || CARRIED_OUT.input[input.kind].includes("rust")) &&
      // An enum of Rust's has texts.
      (schema.const !== undefined ||
        (values ?? schema.enum ?? []).every((value) => value === null || typeof value !== "number")),
  );
  if (!isKnown || (nullable && !GIVEN.includes(from.kind)))
    cannot(
      `the type of "${wireName}"`,
      at,
      `Make it one of ${TYPES.filter(({ clients }) => clients.includes("rust"))
        .map(({ name }) => name)
        .join(", ")}`,
    );
  if (TIMES.includes(from.kind) && type.schema.type === "string" && type.schema.pattern?.includes("Z") !== true)
    cannot(`a time of the machine's own zone, "${wireName}"`, at, "Send it in UTC");
  for (const { kind, schema } of all) {
    const { pattern, maxLength } = schema;
    if (kind === "text" || pattern === undefined || machineOf(pattern, maxLength ?? 1024) !== undefined) continue;
    report.add("client-cannot", at, `The Rust client can't hold "${wireName}" to its pattern, ${pattern}.`, {
      hint: "Write it shorter, with fewer repetitions, or remove rust from clients.",
    });
  }
}

function isKnownType({ kind }: Type): boolean {
  return typeNamed(kind)?.clients.includes("rust") === true;
}

function hasMoreThanABody(wire: Wire): boolean {
  return wire.format !== "prometheus-text" && (wire.headers.length > 0 || wire.query !== undefined);
}

/** Of a time the client knows when it happens, but not the machine's own zone. */
const TIMES: readonly string[] = ["now", "process-start"];

/** The program's values, in their own types. */
const GIVEN: readonly string[] = ["call", "setup", "package-version"];
