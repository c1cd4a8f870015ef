import type { Plan, PlanControl, PlanEvent, PlanField } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment, text } from "./literal.js";
import { methodOf, type Names } from "./names.js";
import { type Option, optionsOf } from "./options.js";
import { hasCommands } from "./steps.js";
import { memberOf, sentence, type Types } from "./types.js";

/** The client of a contract with events: how it is made, what it does, and a method for each event. */
export function printClient(plan: Plan, types: Types, names: Names, shapes: Map<string, EventShape>): string {
  const options = optionsOf(plan, types);
  const logged = options.some(({ host }) => host === "logger");
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [printEvent(one, types, names, shapes)] : []));
  return [
    `// Options are what the package takes from the program.\ntype Options struct {\n${options
      .map(({ name, type, doc }) => `${comment([doc], "\t")}\t${name} ${type}\n`)
      .join("")}}\n`,
    [
      comment([
        "Client sends events in the background, each by itself, if telemetry is on. Its methods may be called from several goroutines, and none of them panics.",
      ]),
      "type Client struct{ outbox *outbox }\n",
    ].join(""),
    [
      comment(["New makes the client. Making it touches nothing but what Options gives."]),
      "func New(options Options) *Client {\n",
      "\thost := process()\n",
      ...options.flatMap(({ name, host, orElse }) =>
        host === undefined
          ? []
          : orElse
            ? [`\tif options.${name} != nil {\n\t\thost.${host} = options.${name}\n\t}\n`]
            : [`\thost.${host} = options.${name}\n`],
      ),
      ...(logged && plan.delivery.onFailure === "log"
        ? [`\thost.level = slog.Level${plan.delivery.logLevel.replace(/^./, (one) => one.toUpperCase())}\n`]
        : []),
      ...givenLines(options),
      "\tcore := newCore(newTerms(), host, given)\n",
      ...(plan.consent.ask.length > 0 ? ["\tcore.terminals = onTerminals\n"] : []),
      ...(plan.consent.evaluated === "at-start" ? ["\tcore.consentNow()\n"] : []),
      "\treturn &Client{&outbox{core: core}}\n}\n",
    ].join(""),
    ...controls(plan, types),
    ...events,
  ].join("\n");
}

/** What New is given of fields, by the names that travel. */
function givenLines(options: readonly Option[]): readonly string[] {
  return [
    "\tgiven := map[string]any{}\n",
    ...options.flatMap(({ given }) => (given === undefined ? [] : [`\tgiven[${text(given.name)}] = ${given.value}\n`])),
  ];
}

function controls(plan: Plan, types: Types): readonly string[] {
  return [
    `${comment([
      `Decide says whether telemetry of ${plan.product} is on now, and what decided it. It changes nothing.`,
    ])}func (c *Client) Decide(ctx context.Context) Decision { return c.outbox.consent(ctx) }\n`,
    ...plan.controls.flatMap((one) => control(one, types)),
    ...(hasCommands(plan) ? [command(plan)] : []),
  ];
}

function command({ consent }: Plan): string {
  const runs = Object.values(consent.commands).flatMap((one) => (one === undefined ? [] : [`"${one.run}"`]));
  return [
    comment([
      `Command is what stands behind ${runs.join(", ")}, and "show" and "reset" beside them. It takes the words behind "telemetry", as cobra or flag give them, prints to standard output, and returns the exit code.`,
    ]),
    "func (c *Client) Command(ctx context.Context, args []string) int {\n",
    "\tcommanding := &commanding{core: c.outbox.core}\n",
    "\treturn commanding.run(ctx, args)\n}\n",
  ].join("");
}

function control(one: PlanControl, types: Types): readonly string[] {
  switch (one.kind) {
    case "ask": {
      const where = types.add("Where", "Where the question is put.", one.where);
      return [
        [
          comment([
            "Ask asks whether telemetry may be sent, where the contract says so and a person can answer; otherwise it returns at once. Without a prompt it asks on the terminal.",
          ]),
          `func (c *Client) Ask(ctx context.Context, where ${where}, prompt Prompt) Decision {\n`,
          "\treturn c.outbox.ask(ctx, string(where), prompt, nil)\n}\n",
        ].join(""),
      ];
    }
    case "flush":
      return [
        [
          comment([
            "Flush waits until the events that are on their way have arrived, or ctx is done. Call it before the program ends.",
          ]),
          "func (c *Client) Flush(ctx context.Context) error { return c.outbox.flush(ctx) }\n",
        ].join(""),
      ];
    case "command-start":
    case "command-end":
    case "process-exit":
    case "flush-every":
    case "start-reports":
    case "report-once":
      return [];
    default:
      return one satisfies never;
  }
}

/** An event's struct and its method. */
function printEvent(one: PlanEvent, types: Types, names: Names, shapes: Map<string, EventShape>): string {
  const shape = eventShape(one, names);
  const { method, struct, given } = shape;
  shapes.set(one.name, shape);
  const args = one.fields.map((field) => (given.includes(field) ? givenOf(field, `event.${memberOf(field)}`) : "nil"));
  const members = given.map(
    (field) => `${comment([sentence(field)], "\t")}\t${memberOf(field)} ${types.of(field, one.words)}\n`,
  );
  return [
    ...(struct === undefined
      ? []
      : [
          comment([`${struct} is what [Client.${method}] records.`]),
          `type ${struct} struct {\n${members.join("")}}\n\n`,
        ]),
    comment([
      `${method} records ${one.name}: ${one.when} ${one.why}`,
      ...(one.note === undefined ? [] : [`Note: ${one.note}`]),
    ]),
    `func (c *Client) ${method}(${struct === undefined ? "" : `event ${struct}`}) {\n`,
    `\tc.outbox.record(${[text(one.name), ...args].join(", ")})\n}\n`,
  ].join("");
}

/** What a program calls for an event. */
export interface EventShape {
  readonly method: string;
  /** What it is given; undefined: nothing. */
  readonly struct: string | undefined;
  readonly given: readonly PlanField[];
}

function eventShape(one: PlanEvent, names: Names): EventShape {
  const given = one.fields.filter(({ name }) => one.given.includes(name));
  return {
    method: methodOf(one.words),
    struct: given.length === 0 ? undefined : names.take([...one.words, "event"]),
    given,
  };
}
