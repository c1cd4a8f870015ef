import { modeOf } from "../../model/delivery.js";
import type { Wire } from "../../model/model.js";
import { isInWords } from "../../model/wire.js";
import { asksOf } from "../../plan/asked.js";
import type { Plan, PlanControl } from "../../plan/plan.js";
import { type EventShape, innerOf, printEvent } from "./events.js";
import { comment, duration, text } from "./literal.js";
import { methodOf, type Names } from "./names.js";
import { hostLine, type Option, optionsOf } from "./options.js";
import { rollupsOf } from "./queue.js";
import { printRollup, type RollupShape, rollupShape } from "./rollups.js";
import { hasCommands } from "./steps.js";
import { LEVELS } from "./terms.js";
import type { Types } from "./types.js";

/** The client of a contract with events: how it is made, what it does, and a method for each event. */
export function printClient(plan: Plan, types: Types, names: Names, shapes: Map<string, EventShape>): string {
  const options = optionsOf(plan, types);
  const logged = options.some(({ host }) => host === "logger");
  const rollups = rollupsOf(plan).map((one) => rollupShape(one, names));
  const events = plan.emitters.flatMap((emitter) =>
    emitter.kind === "event" ? [printEvent(plan, emitter, types, names, shapes)] : [],
  );
  return [
    `// Options are what the package takes from the program.\ntype Options struct {\n${options
      .map(({ name, type, doc }) => `${comment([doc], "\t")}\t${name} ${type}\n`)
      .join("")}}\n`,
    printType(plan, rollups),
    [
      comment([
        plan.consent.adopts === undefined
          ? "New makes the client. Making it touches nothing but what Options gives."
          : "New makes the client. A moment later it takes over what an older version of the program left.",
      ]),
      "func New(options Options) *Client {\n",
      "\thost := process()\n",
      ...options.map(hostLine),
      ...(logged && plan.delivery.onFailure === "log" ? [`\thost.level = ${LEVELS[plan.delivery.logLevel]}\n`] : []),
      ...givenLines(options),
      "\tcore := newCore(newTerms(), host, given)\n",
      ...(isInWords(plan.wire as Wire) ? ["\tcore.terms.instead = byProgram(options.Send)\n"] : []),
      ...(asksOf(plan).length > 0 ? ["\tcore.terminals = onTerminals\n"] : []),
      ...(plan.consent.adopts === undefined ? [] : ["\tcore.adoptSoon()\n"]),
      ...(plan.consent.evaluated === "at-start" ? ["\tcore.consentNow()\n"] : []),
      ...made(plan, rollups),
    ].join(""),
    ...controls(plan, types),
    ...events,
    ...rollups.map((rollup) => printRollup(rollup, types)),
  ].join("\n");
}

function printType(plan: Plan, rollups: readonly RollupShape[]): string {
  if (innerOf(plan) === "outbox") return `${comment([SENDS[leavesBy(plan)]])}type Client struct{ outbox *outbox }\n`;
  const members = [
    ["queue", "*queue"],
    ...(hasBoth(plan) ? [["outbox", "*outbox"]] : []),
    ...rollups.map(({ member, group }) => [member, `*rollup[${group}]`]),
  ];
  const longest = Math.max(...members.map(([name = ""]) => name.length));
  return [
    comment([
      "Client keeps events in a file, and sends what is due, if telemetry is on. Its methods may be called from several goroutines, and none of them panics. Close keeps what was counted in the last moment; nothing else has to be ended.",
    ]),
    `type Client struct {\n${members.map(([name = "", type = ""]) => `\t${name.padEnd(longest)} ${type}\n`).join("")}}\n`,
  ].join("");
}

const SENDS = {
  itself:
    "Client sends events in the background, each by itself, if telemetry is on. Its methods may be called from several goroutines, and none of them panics.",
  answer:
    "Client sends events, each by itself, if telemetry is on, and gives what the receiver answers. Its methods may be called from several goroutines, and none of them panics.",
  carried:
    "Client has requests of the program's own carry events, if telemetry is on. Its methods may be called from several goroutines, and none of them panics.",
} as const;

function leavesBy({ delivery }: Plan): keyof typeof SENDS {
  if (modeOf({ delivery }).rides) return "carried";
  return delivery.answer === undefined ? "itself" : "answer";
}

/** Returns whether some events wait in a queue, and others go by themselves. */
export function hasBoth(plan: Plan): boolean {
  return (
    innerOf(plan) === "queue" &&
    plan.emitters.some((emitter) => emitter.kind === "event" && emitter.evenWhenOff !== undefined)
  );
}

function made(plan: Plan, rollups: readonly RollupShape[]): readonly string[] {
  if (innerOf(plan) === "outbox") return ["\treturn &Client{&outbox{core: core}}\n}\n"];
  const both = hasBoth(plan) ? ["&outbox{core: core}"] : [];
  return [
    "\tqueue := newQueue(core)\n",
    rollups.length === 0
      ? `\treturn &Client{${["queue", ...both].join(", ")}}\n}\n`
      : `\treturn &Client{${[
          "queue",
          ...both,
          ...rollups.map(({ one, group }) => `newRollup(queue, ${text(one.name)}, (*${group}).values)`),
        ].join(", ")}}\n}\n`,
  ];
}

/** Returns what New is given of fields, by the names that travel. */
export function givenLines(options: readonly Option[]): readonly string[] {
  return [
    "\tgiven := map[string]any{}\n",
    ...options.flatMap(({ given }) => (given === undefined ? [] : [`\tgiven[${text(given.name)}] = ${given.value}\n`])),
  ];
}

function controls(plan: Plan, types: Types): readonly string[] {
  return [
    `${comment([
      `Decide says whether telemetry of ${plan.product} is on now, and what decided it. It changes nothing.`,
    ])}func (c *Client) Decide(ctx context.Context) Decision { return c.${innerOf(plan)}.consent(ctx) }\n`,
    ...partControl(plan, types),
    ...plan.controls.flatMap((one) => control(plan, one, types)),
    ...(innerOf(plan) === "queue" ? [CLOSE] : []),
    ...(hasCommands(plan) ? [command(plan)] : []),
  ];
}

/** Returns what a program asks about one part of consent. */
function partControl(plan: Plan, types: Types): readonly string[] {
  const { parts } = plan.consent;
  if (parts === undefined) return [];
  const names = parts.map(({ name }) => name);
  const part = types.add("Part", "Part is decided about by itself, where all of consent is on.", names);
  return [
    [
      comment(["DecidePart says whether a part is on now, and what decided it. It changes nothing."]),
      `func (c *Client) DecidePart(ctx context.Context, part ${part}) Decision {\n`,
      `\treturn c.${innerOf(plan)}.partly(ctx, string(part))\n}\n`,
    ].join(""),
  ];
}

function command(plan: Plan): string {
  const { consent, emitters } = plan;
  const last = emitters.find((emitter) => emitter.kind === "event" && emitter.evenWhenOff?.on === "disable");
  const leaving =
    last === undefined
      ? ""
      : `\tcommanding.leaving = func(ctx context.Context) {\n\t\tc.${methodOf(last.words)}()\n\t\t_ = c.outbox.flush(ctx)\n\t}\n`;
  const runs = Object.values(consent.commands).flatMap((one) => (one === undefined ? [] : [`"${one.run}"`]));
  return [
    comment([
      `Command is what stands behind ${runs.join(", ")}, and "show" and "reset" beside them. It takes the words behind "telemetry", as cobra or flag give them, prints to standard output, and returns the exit code.`,
    ]),
    "func (c *Client) Command(ctx context.Context, args []string) int {\n",
    innerOf(plan) === "outbox"
      ? "\tcommanding := &commanding{core: c.outbox.core}\n"
      : "\tcommanding := &commanding{core: c.queue.core, preview: c.queue.preview, discards: c.queue.discardAll, waits: c.queue.waits}\n",
    leaving,
    "\treturn commanding.run(ctx, args)\n}\n",
  ].join("");
}

function control(plan: Plan, one: PlanControl, types: Types): readonly string[] {
  const queued = innerOf(plan) === "queue";
  switch (one.kind) {
    case "ask": {
      const where = types.add("Where", "Where the question is put.", one.where);
      return [
        [
          comment([
            "Ask asks whether telemetry may be sent, where the contract says so and a person can answer; otherwise it returns at once. Without a prompt it asks on the terminal.",
          ]),
          `func (c *Client) Ask(ctx context.Context, where ${where}, prompt Prompt) Decision {\n`,
          `\treturn c.${innerOf(plan)}.ask(ctx, string(where), prompt, ${queued ? "c.queue.discardAll" : "nil"})\n}\n`,
        ].join(""),
      ];
    }
    case "flush":
      return queued
        ? method("Flush keeps what was counted, sends what is due and waits for it, until ctx is done.", [
            hasBoth(plan)
              ? "Flush(ctx context.Context) error {\n\tif err := c.outbox.flush(ctx); err != nil {\n\t\treturn err\n\t}\n\treturn c.queue.flush(ctx)\n}"
              : "Flush(ctx context.Context) error { return c.queue.flush(ctx) }",
          ])
        : method(
            "Flush waits until the events that are on their way have arrived, or ctx is done. Call it before the program ends.",
            ["Flush(ctx context.Context) error { return c.outbox.flush(ctx) }"],
          );
    case "command-start":
      return method(
        `CommandStart is to be called when a command begins${among(one.commands)}. It sends what is due in the background, if the program stays for a while.`,
        guarded("CommandStart(command string)", one.commands, "c.queue.flushSoon()"),
      );
    case "command-end":
      return method(
        `CommandEnd is to be called when a command ends${among(one.commands)}. It sends what is due${one.wait ? " and waits for it, until ctx is done" : " in the background"}.`,
        guarded(
          `CommandEnd(${one.wait ? "ctx context.Context, " : ""}command string)`,
          one.commands,
          one.wait ? "_ = c.queue.flush(ctx)" : "c.queue.flushSoon()",
        ),
      );
    case "process-exit":
      return method("ProcessExit is to be called at the end of the program. It sends what is due, until ctx is done.", [
        "ProcessExit(ctx context.Context) { _ = c.queue.flush(ctx) }",
      ]);
    case "flush-every":
      return method(
        "FlushEvery is for programs that stay: it sends what is due at the contract's interval, until ctx is done. Run it in a goroutine.",
        [`FlushEvery(ctx context.Context) { c.queue.flushEvery(ctx, ${duration(one.every).replace(" * ", "*")}) }`],
      );
    case "start-reports":
    case "report-once":
      return [];
    default:
      return one satisfies never;
  }
}

const CLOSE = [
  comment([
    "Close keeps what was counted and is not written yet. It touches no network. Whoever forgets it loses at most the counts of the last 50 ms.",
  ]),
  "func (c *Client) Close() error {\n\tc.queue.persist()\n\treturn nil\n}\n",
].join("");

function method(doc: string, lines: readonly string[]): readonly string[] {
  return [`${comment([doc])}func (c *Client) ${lines.join("\n")}\n`];
}

function guarded(head: string, commands: readonly string[], does: string): readonly string[] {
  if (commands.length === 0) return [`${head.replace("command string", "_ string")} { ${does} }`];
  return [`${head} {`, `\tswitch command {\n\tcase ${commands.map(text).join(", ")}:`, `\t\t${does}\n\t}`, "}"];
}

function among(commands: readonly string[]): string {
  return commands.length === 0 ? "" : `; what counts is ${commands.map((one) => JSON.stringify(one)).join(", ")}`;
}
