import type { Plan, PlanEvent, PlanIdentifier, PlanStores } from "../../plan/plan.js";
import { type Code, call, literal, print } from "./code.js";
import { drawnOf, limitOf } from "./limits.js";
import { duration, number, plain, raw, text } from "./literal.js";
import { placeOf } from "./places.js";
import { queueLines } from "./queue.js";
import { hasCommands, stepData } from "./steps.js";
import { fieldOf, matcherOf, takeOf } from "./values.js";
import { contentType, drawOf } from "./wire.js";

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
  const fields = (all: Plan["common"]) =>
    all.length === 0 ? undefined : literal("[]field", ...all.map((one) => fieldOf(one)));
  return [
    ["product", text(product)],
    ["version", String(plan.schemaVersion)],
    ["steps", literal("[]step", ...stepData(plan))],
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
      plan.identifiers.length === 0 ? undefined : literal("[]identifier", ...plan.identifiers.map(identifierOf)),
    ],
    ["events", "map[string]event{}"],
    ...plan.emitters.flatMap((one): readonly Line[] =>
      one.kind === "event" ? [[`events[${text(one.name)}]`, eventOf(one, plan)]] : [],
    ),
    ["method", text(destination.method ?? "POST")],
    ["url", text(destination.url)],
    ["urlFields", fields(destination.urlFields)],
    ...overrideOf(plan),
    ["secrets", secretsOf(plan)],
    ["common", fields(plan.common)],
    ["draw", drawOf(plan)],
    ["contentType", text(contentType(plan))],
    ["timeout", duration(delivery.timeout)],
    ["attempts", delivery.attempts > 1 ? String(delivery.attempts) : undefined],
    ["failures", delivery.onFailure === "log" ? "true" : undefined],
    ["debug", debugOf(plan)],
    ...askedOf(plan),
    ["marks", delivery.marks && placeOf(product, delivery.marks.beside)],
    ...queueLines(plan),
  ];
}

/** Returns what is told and asked, and what a person types. */
function askedOf(plan: Plan): readonly Line[] {
  const { consent } = plan;
  const { notice, answer } = consent;
  const asks = consent.ask.length > 0;
  const commands = hasCommands(plan);
  const settings = consent.order.flatMap(({ place }) =>
    place.kind === "config" ? [`{${text(place.config)}, ${text(place.key)}}`] : [],
  );
  return [
    ["tell", notice && "showNotice"],
    [
      "notice",
      notice &&
        `&notice{${[
          `message: ${text(notice.text)}`,
          `onto: ${text(notice.stream)}`,
          ...(notice.once ? ["once: true"] : []),
          ...(notice.sendsFrom === "next-run" ? ["nextRun: true"] : []),
          ...stored(notice.stores),
        ].join(", ")}}`,
    ],
    ["epoch", notice || asks || commands ? String(consent.epoch) : undefined],
    [
      "answer",
      answer && (notice || asks || commands)
        ? `&answering{${text(answer.key)}, ${orNil(answer.yes)}, ${orNil(answer.no)}}`
        : undefined,
    ],
    [
      "offVariables",
      consent.offVariables.length > 0 && (asks || commands)
        ? literal("[]string", ...consent.offVariables.map(text))
        : undefined,
    ],
    ["settings", settings.length > 0 && commands ? literal("[]header", ...settings) : undefined],
    [
      "questions",
      asks
        ? literal(
            "[]question",
            ...consent.ask.map(
              (one) =>
                `{${[
                  `where: ${text(one.where)}`,
                  `text: ${text(one.question)}`,
                  ...(one.needs.includes("terminal") ? ["terminal: true"] : []),
                  ...(one.needs.includes("stdin-not-redirected") ? ["notRedirected: true"] : []),
                  ...(one.needs.includes("not-ci") ? ["notCI: true"] : []),
                  ...(one.preselected === "accept" ? ["preselected: true"] : []),
                  ...(one.whenSkipped === "decline" ? ["declines: true"] : []),
                  ...(one.askAgain === "every-time" ? ["again: true"] : []),
                  ...stored(one.stores),
                ].join(", ")}}`,
            ),
          )
        : undefined,
    ],
    ...(commands ? commandsOf(plan) : []),
  ];
}

/** Statement by statement: gofmt would align what stands in one literal. */
function commandsOf({ consent }: Plan): readonly Line[] {
  return [
    ["commands", "map[string]command{}"],
    ...Object.entries(consent.commands).flatMap(([name, one]): readonly Line[] =>
      one === undefined
        ? []
        : [
            [
              `commands[${text(name)}]`,
              `command{${[
                `run: ${text(one.run)}`,
                ...(one.prints.length > 0 ? [`prints: []string{${one.prints.map(text).join(", ")}}`] : []),
                ...stored(one.stores),
              ].join(", ")}}`,
            ],
          ],
    ),
  ];
}

function stored(stores: PlanStores): readonly string[] {
  const entries = Object.entries(stores).map(([key, value]) => `{${text(key)}, ${plain(value)}}`);
  return entries.length === 0 ? [] : [`stores: object{${entries.join(", ")}}`];
}

function orNil(value: string | boolean | number | undefined): string {
  return value === undefined ? "nil" : plain(value);
}

function overrideOf(plan: Plan): readonly Line[] {
  const { override } = plan.destination;
  if (override === undefined) return [];
  const places = override.order.map((one) =>
    one.kind === "env" ? `variable(${text(one.env)})` : `configured(${text(one.config)}, ${text(one.key)})`,
  );
  const names = override.order.flatMap((one) => (one.kind === "env" ? [text(one.env)] : []));
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
  const secrets = wire.headers.flatMap((one) =>
    one.kind === "secret" ? [`{${text(one.name)}, ${text(one.env)}}`] : [],
  );
  return secrets.length === 0 ? undefined : literal("[]header", ...secrets);
}

export const LEVELS = {
  debug: "slog.LevelDebug",
  info: "slog.LevelInfo",
  warn: "slog.LevelWarn",
  error: "slog.LevelError",
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

/** Returns what is recorded of an event. In a queue an identifier is filled in when it is sent, so that none is where nothing ever leaves. */
export function recordedFields({ delivery }: Plan, { fields }: PlanEvent): PlanEvent["fields"] {
  return delivery.queue === undefined ? fields : fields.filter(({ from }) => from.kind !== "identifier");
}

function eventOf(one: PlanEvent, plan: Plan): Code {
  const limit = limitOf(one);
  const drawn = plan.delivery.queue === undefined ? drawnOf(one) : undefined;
  const rest = [
    ...(limit === undefined ? [] : [`, limit: ${limit}`]),
    ...(drawn === undefined ? [] : [`, isDrawn: ${drawn}`]),
  ].join("");
  return {
    open: "event{fields: []field{",
    items: recordedFields(plan, one).map((field) => fieldOf(field)),
    close: `}${rest}}`,
  };
}

function identifierOf({ name, madeFrom, created, value, hash, drawn }: PlanIdentifier): string {
  const isKept = madeFrom === "hash" ? hash?.of !== "session" : madeFrom === "random" && created !== "process-start";
  const most = value.is === "integer" ? (value.most ?? 2 ** 48) : undefined;
  const pieces = (drawn ?? []).map(({ of, times }) => `{${raw(of)}, ${times}}`);
  return `{${[
    `name: ${text(name)}`,
    `take: ${takeOf(value)}`,
    ...(isKept ? ["kept: true"] : []),
    ...(created === "opt-in" ? ["optIn: true"] : []),
    ...(madeFrom === "random" ? ["random: true"] : []),
    ...(hash?.keep === undefined ? [] : [`keep: ${text(hash.keep)}`]),
    ...(value.is === "integer" && value.least ? [`least: ${number(value.least)}`] : []),
    ...(most === undefined ? [] : [`most: ${number(most)}`]),
    ...(pieces.length === 0 ? [] : [`drawn: []piece{${pieces.join(", ")}}`]),
  ].join(", ")}}`;
}
