import { outlives } from "../../language/identifiers/created.js";
import type { Wire } from "../../model/model.js";
import { SECRET } from "../../model/salts.js";
import { contentType } from "../../model/wire.js";
import type { Plan, PlanEvent, PlanIdentifier } from "../../plan/plan.js";
import { askedOf, forgetsOf } from "./asked.js";
import { type Code, call, literal, print } from "./code.js";
import { gateOf } from "./gates.js";
import { drawnOf, limitOf } from "./limits.js";
import { duration, number, raw, text } from "./literal.js";
import { placeOf } from "./places.js";
import { queueLines } from "./queue.js";
import { editionOf, hasCommands, olderOf, partOf, stepData } from "./steps.js";
import { fieldOf, matcherOf, takeOf } from "./values.js";
import { drawOf } from "./wire.js";

/** Returns what the contract says to a client that sends events: one function that makes it. Nothing of it is the package's own variable. */
export function printTerms(plan: Plan): string {
  const lines = termsOf(plan).flatMap(([name, value]) =>
    value === undefined ? [] : [`\tt.${name} = ${print(value, `\tt.${name} = `)}\n`],
  );
  return [
    `// newTerms is what the contract of ${plan.product} says to the client.\n`,
    `func newTerms() *terms {\n\tt := &terms{}\n${lines.join("")}\treturn t\n}\n`,
  ].join("");
}

type Line = readonly [name: string, value: Code | undefined];

function termsOf(plan: Plan): readonly Line[] {
  const { product, consent, state, destination, delivery } = plan;
  const secret = secretOf(plan);
  const fields = (all: Plan["common"]) =>
    all.length === 0 ? undefined : literal("[]field", ...all.map((one) => fieldOf(one)));
  return [
    ["product", text(product)],
    ["version", String(plan.schemaVersion)],
    ...overrideOf(plan),
    ["namedBy", destination.namedBy && text(destination.namedBy)],
    ["steps", literal("[]step", ...stepData(plan))],
    ["parts", consent.parts && literal("[]consentPart", ...consent.parts.map((part) => partOf(plan, part)))],
    ["editionIn", editionOf(plan)],
    ["adopts", consent.adopts && call("adopting", ...consent.adopts.map((one) => olderOf(plan, one)))],
    ["forgets", forgetsOf(plan)],
    ["elsewhere", consent.queues && call("queuesOf", ...consent.queues.map((file) => placeOf(product, file)))],
    ["optOut", consent.model === "opt-out" ? "true" : undefined],
    ["atStart", consent.evaluated === "at-start" ? "true" : undefined],
    ["state", state && placeOf(product, state.path)],
    [
      "keys",
      state &&
        literal(
          "[]field",
          ...Object.entries(state.keys).map(([key, value]) => `{name: ${text(key)}, take: ${takeOf(value)}}`),
        ),
    ],
    [
      "identifiers",
      plan.identifiers.length === 0 && secret.length === 0
        ? undefined
        : literal("[]identifier", ...plan.identifiers.map((one) => identifierOf(one, hasCommands(plan))), ...secret),
    ],
    ["events", "map[string]event{}"],
    ...plan.emitters.flatMap((emitter): readonly Line[] =>
      emitter.kind === "event" ? [[`events[${text(emitter.name)}]`, eventOf(emitter, plan)]] : [],
    ),
    ["method", text(destination.method ?? "POST")],
    ["url", text(destination.url)],
    ["urlFields", fields(destination.urlFields)],
    ["secrets", secretsOf(plan)],
    ["common", fields(plan.common)],
    ["draw", drawOf(plan)],
    ["contentType", text(contentType(plan.wire as Wire))],
    ["timeout", duration(delivery.timeout)],
    ["attempts", delivery.attempts > 1 ? String(delivery.attempts) : undefined],
    ["failures", delivery.onFailure === "log" ? "true" : undefined],
    ["debug", debugOf(plan)],
    ["showsOnly", delivery.debug?.sends === false ? "true" : undefined],
    ["shows", showsOf(plan)],
    ["mostAnswer", delivery.answer === undefined ? undefined : String(delivery.answer)],
    ...askedOf(plan),
    ["marks", delivery.marks && placeOf(product, delivery.marks.beside)],
    ...queueLines(plan),
  ];
}

function overrideOf(plan: Plan): readonly Line[] {
  const { override } = plan.destination;
  if (override === undefined) return [];
  const places = override.order.map((place) =>
    place.kind === "env" ? `variable(${text(place.env)})` : `configured(${text(place.config)}, ${text(place.key)})`,
  );
  const names = override.order.flatMap((place) => (place.kind === "env" ? [text(place.env)] : []));
  const rejected = override.whenRejected;
  return [
    [
      "override",
      call(
        "overriddenBy",
        literal("[]finder", ...places),
        literal("[]string", ...override.httpAllowedFor.map(text)),
        String(rejected === "disable"),
        String(rejected === "use-default"),
      ),
    ],
    ["overrides", names.length > 0 && hasCommands(plan) ? literal("[]string", ...names) : undefined],
  ];
}

function secretsOf({ wire }: Plan): Code | undefined {
  const secrets = wire.headers.flatMap((header) =>
    header.kind === "secret" ? [`{${text(header.name)}, ${text(header.env)}}`] : [],
  );
  return secrets.length === 0 ? undefined : literal("[]header", ...secrets);
}

export const LEVELS = {
  debug: "levelDebug",
  info: "levelInfo",
  warn: "levelWarn",
  error: "levelError",
} as const;

function debugOf({ delivery: { debug } }: Plan): string | undefined {
  if (debug === undefined) return undefined;
  return `&debugging{${[
    `env: ${text(debug.env)}`,
    `when: ${matcherOf(debug.when)}`,
    ...(debug.shows === "payload" ? ["payloads: true"] : []),
    `stream: ${text(debug.stream)}`,
    `level: ${LEVELS[debug.level]}`,
    ...(debug.line === undefined ? [] : [`line: ${text(debug.line)}`]),
  ].join(", ")}}`;
}

/** Returns what shows events instead of sending them, or also while telemetry is off. */
function showsOf({ delivery: { debug, queue } }: Plan): string | undefined {
  if (debug === undefined || (debug.sends !== false && debug.whenOff !== true)) return undefined;
  const fields = queue === undefined ? "sentFully" : "keptFully";
  return `showing(${debug.sends === false}, ${debug.whenOff === true}, ${fields})`;
}

/** Returns what is recorded of an event. In a queue an identifier is filled in when it is sent, so that none is where nothing ever leaves. */
export function recordedFields({ delivery }: Plan, event: PlanEvent): PlanEvent["fields"] {
  return goesByItself({ delivery }, event)
    ? event.fields
    : event.fields.filter(({ from }) => from.kind !== "identifier");
}

/** Returns what is sent at once: without a queue all, and what is sent although telemetry is off, which waits nowhere. */
export function goesByItself({ delivery }: Pick<Plan, "delivery">, { evenWhenOff }: PlanEvent): boolean {
  return delivery.queue === undefined || evenWhenOff !== undefined;
}

function eventOf(event: PlanEvent, plan: Plan): Code {
  const limit = limitOf(event);
  const drawn = goesByItself(plan, event) ? drawnOf(event) : undefined;
  const gate = gateOf(event);
  const rest = [
    ...(gate === undefined ? [] : [`, gate: ${gate}`]),
    ...(limit === undefined ? [] : [`, limit: ${limit}`]),
    ...(event.evenWhenOff === undefined ? [] : [`, despite: ${despiteOf(event.evenWhenOff)}`]),
    ...(drawn === undefined ? [] : [`, isDrawn: ${drawn}`]),
  ].join("");
  return {
    open: "event{fields: []field{",
    items: recordedFields(plan, event).map((field) => fieldOf(field)),
    close: `}${rest}}`,
  };
}

function despiteOf({ leaves, despite }: NonNullable<PlanEvent["evenWhenOff"]>): string {
  const left = leaves.length === 0 ? "nil" : `[]string{${leaves.map(text).join(", ")}}`;
  return `despite(${[left, ...despite.map(text)].join(", ")})`;
}

/** The machine's own secret, where something is hashed with it. */
function secretOf({ secret, state }: Plan): readonly string[] {
  const value = state?.keys[SECRET];
  if (secret !== true || value === undefined) return [];
  return [
    `{name: ${text(SECRET)}, key: ${text(SECRET)}, take: ${takeOf(value)}, kept: true, random: true, hidden: true}`,
  ];
}

/** @param shown: there are commands that show it. */
function identifierOf(
  { name, key = name, madeFrom, created, value, hash, drawn, inCi }: PlanIdentifier,
  shown: boolean,
): string {
  const isKept = { hash: hash?.of !== "session", random: outlives(created), given: false }[madeFrom];
  const most = value.is === "integer" ? (value.most ?? 2 ** 48) : undefined;
  const pieces = (drawn ?? []).map(({ of, times }) => `{${raw(of)}, ${times}}`);
  return `{${[
    `name: ${text(name)}`,
    `take: ${takeOf(value)}`,
    ...(isKept ? [`key: ${text(key)}`, "kept: true"] : []),
    ...(created === "opt-in" ? ["optIn: true"] : []),
    ...(madeFrom === "random" ? ["random: true"] : []),
    ...(madeFrom === "given" && shown ? ["fromProgram: true"] : []),
    ...(hash?.keep === undefined ? [] : [`keep: ${text(hash.keep)}`]),
    ...(value.is === "integer" && value.least ? [`least: ${number(value.least)}`] : []),
    ...(most === undefined ? [] : [`most: ${number(most)}`]),
    ...(inCi === undefined ? [] : [`inCI: inPlace(${text(inCi.text ?? "")})`]),
    ...(pieces.length === 0 ? [] : [`drawn: []piece{${pieces.join(", ")}}`]),
  ].join(", ")}}`;
}
