import { bracketed, type Doc, group, indent, line, softline } from "../../emit/layout.js";
import { literal, literalDoc } from "../../emit/literal.js";
import { asksIn } from "../../language/consent/parts.js";
import { everyInWords } from "../../language/delivery/define.js";
import type { ModeWord } from "../../language/delivery/modes/define.js";
import { modeOf } from "../../model/delivery.js";
import { beginsAnew } from "../../model/marks.js";
import type { Model } from "../../model/model.js";
import { reportsEvery } from "../../model/schedule.js";
import type { Emitter } from "./emitters.js";
import { setup } from "./setup-control.js";

/** Returns what the module exports beside the emitters: how a program sets up, asks, and sends. */
export function controlsOf(model: Model): readonly Emitter[] {
  return [
    setup(model),
    ...(model.consent.parts === undefined ? told() : toldOfParts(model.consent.parts.map(({ name }) => name))),
    ...ask(model),
    ...modeOf(model).controls.flatMap((name) => SENDS[name](model)),
  ];
}

/** The way a program sends, and waits for it. */
const SENDS: Readonly<Record<ModeWord["controls"][number], (model: Model) => readonly Emitter[]>> = {
  settle: immediate,
  flush: queued,
  reports: periodic,
};

/** Seeing why nothing is sent. */
function told(): readonly Emitter[] {
  return [
    {
      name: "enabled",
      doc: ["Returns true if an event recorded now would be sent."],
      parameters: [],
      returns: "boolean",
      does: "consent(client).enabled",
      noop: "false",
      uses: { consent: ["consent"] },
      types: [],
    },
    {
      name: "reason",
      doc: ["Says whether anything is sent, and why, in one line for a log or a bug report."],
      parameters: [],
      returns: "string",
      does: "reasonOf(client)",
      noop: '"off: this build is without it"',
      uses: { reason: ["reason as reasonOf"] },
      types: [],
    },
  ];
}

/** The same, and for each part of consent. */
function toldOfParts(names: readonly string[]): readonly Emitter[] {
  const part = { name: "part", type: names.map((name) => literal(name)).join(" | "), optional: true };
  return [
    {
      name: "enabled",
      doc: ["Returns true if an event recorded now would be sent. Of a part: whether that is."],
      parameters: [part],
      returns: "boolean",
      does: "part === undefined ? consent(client).enabled : isOn(client, part)",
      noop: "false",
      uses: { consent: ["consent"], part: ["isOn"] },
      types: [],
    },
    {
      name: "reason",
      doc: ["Whether anything is sent, or something of a part, and why, as one line for a log or a bug report."],
      parameters: [part],
      returns: "string",
      does: "part === undefined ? reasonOf(client) : tell(client, partDecision(client, part))",
      noop: '"off: this build is without it"',
      uses: { reason: ["reason as reasonOf", "told as tell"], part: ["partDecision"] },
      types: [],
    },
  ];
}

function ask({ consent }: Model): readonly Emitter[] {
  const asks = asksIn(consent);
  if (asks.length === 0) return [];
  const where = asks.map((one) => literal(one.where)).join(" | ");
  return [
    {
      name: "ask",
      doc: [
        "Asks whether telemetry may be sent, if the contract says so and a person can answer; otherwise returns at once.",
        "`prompt` lets you ask with your own prompt library.",
      ],
      parameters: [
        { name: "where", type: where, optional: false },
        { name: "options", type: "AskOptions", optional: true },
      ],
      returns: "Promise<Decision>",
      does: "askClient(client, where, options)",
      noop: '{ enabled: false, decidedBy: "build" }',
      uses: { "on-demand": ["ask as askClient"], asking: ["type AskOptions"], consent: ["type Decision"] },
      types: [],
    },
  ];
}

function queued({ delivery, events }: Model): readonly Emitter[] {
  const at = (point: (typeof delivery.flush)[number]["at"]) => delivery.flush.find((one) => one.at === point);
  const start = at("command-start");
  const end = at("command-end");
  const interval = at("interval");
  const exit = at("process-exit");
  const counts = events.some(({ rollup }) => rollup !== undefined);
  const waits: Emitter["uses"] = events.some(({ evenWhenOff }) => evenWhenOff !== undefined)
    ? { "send-event": ["flushInSpite as flushClient"] }
    : { "on-demand": ["flush as flushClient"] };
  return [
    {
      name: "flush",
      doc: [
        "Sends what is due and waits for it: at most `within` milliseconds in all, the contract's timeout by default. Never rejects.",
        ...(counts
          ? ["`now: true` sends what was counted today, too. For trying it: in the field a day waits until it is over."]
          : []),
      ],
      parameters: [{ name: "within", type: counts ? "number | FlushOptions" : "number", optional: true }],
      returns: "Promise<void>",
      does: "await flushClient(client, within)",
      uses: { ...waits, ...(counts && { "on-demand": [...(waits["on-demand"] ?? []), "type FlushOptions"] }) },
      types: [],
    },
    ...(start === undefined ? [] : [starting(start.commands)]),
    ...(end === undefined ? [] : [ending(delivery, end.commands, end.wait && waits)]),
    ...(interval?.every === undefined ? [] : [everyInterval(interval.every)]),
    ...(exit === undefined ? [] : [ending(delivery, [], waits, "processExit")]),
  ];
}

const command = { name: "command", type: "string", optional: false };

function starting(commands: readonly string[]): Emitter {
  const of = commands.length === 0 ? "" : ` at ${listed(commands)},`;
  return {
    name: "commandStart",
    doc: [
      `To be called when a command begins:${of} sends what is due in the background, if the program stays for a while.`,
    ],
    parameters: commands.length === 0 ? [] : [command],
    returns: "void",
    does: commands.length === 0 ? "flushSoon(client)" : ifAmong(commands, "flushSoon(client)"),
    uses: { "on-demand": ["flushSoon"] },
    types: [],
  };
}

function ending(
  { timeout }: Model["delivery"],
  commands: readonly string[],
  waits: Emitter["uses"] | false,
  name = "commandEnd",
): Emitter {
  const what = waits ? "await flushClient(client)" : "flushSoon(client)";
  const when =
    commands.length === 0
      ? `To be called at the end of ${name === "commandEnd" ? "each command" : "the program"}`
      : `To be called when a command ends: after ${listed(commands)}`;
  return {
    name,
    doc: [`${when}, sends what is due${waits ? ` and waits for it, ${timeout} ms at most` : " in the background"}.`],
    parameters: commands.length === 0 ? [] : [command],
    returns: "Promise<void>",
    does: commands.length === 0 ? what : ifAmong(commands, what),
    uses: waits || { "on-demand": ["flushSoon"] },
    types: [],
  };
}

function everyInterval(every: number): Emitter {
  return {
    name: "flushEvery",
    doc: [`For programs that stay: sends what is due every ${everyInWords(every)}. It doesn't keep the process alive.`],
    parameters: [],
    returns: "void",
    does: `flushEveryInterval(client, ${every})`,
    uses: { "on-demand": ["flushEvery as flushEveryInterval"] },
    types: [],
  };
}

function immediate(): readonly Emitter[] {
  return [
    {
      name: "flush",
      doc: [
        "Waits until the events that are on their way have arrived, at most `within` milliseconds, the contract's timeout by default.",
        "For programs that end right after an event: nothing else keeps them alive for it. Never rejects.",
      ],
      parameters: [{ name: "within", type: "number", optional: true }],
      returns: "Promise<void>",
      does: "await settled(client, within)",
      uses: { "send-event": ["settled"] },
      types: [],
    },
  ];
}

function periodic(model: Model): readonly Emitter[] {
  const collect = { name: "collect", type: "() => void | Promise<void>", optional: false };
  const every = reportsEvery(model) ?? 0;
  const together = beginsAnew(model);
  const schedules = Object.fromEntries(model.metrics.map(({ wireName, schedule }) => [wireName, { ...schedule }]));
  return [
    {
      name: "startReports",
      doc: [
        together
          ? `Calls \`collect\` and sends a report of the gauges that it set, now and every ${everyInWords(every)}. While telemetry is off nothing is even collected.`
          : "Calls `collect` whenever a gauge is due, and sends a report of those that are. While telemetry is off nothing is even collected.",
      ],
      parameters: [collect],
      returns: "{ stop(): void }",
      does: together
        ? `startClientReports(client, ${every}, collect)`
        : bracketed("startClientReports(", ["client", literalDoc(schedules), "collect"], ")"),
      noop: "{ stop() {} }",
      uses: together
        ? { report: ["startReports as startClientReports"] }
        : { "report-in-turn": ["reportsInTurn as startClientReports"] },
      types: [],
    },
    {
      name: "reportOnce",
      doc: ["Collects and sends one report, and waits for it. Never rejects."],
      parameters: [collect],
      returns: "Promise<void>",
      does: "await reportClientOnce(client, collect)",
      uses: { report: ["reportOnce as reportClientOnce"] },
      types: [],
    },
  ];
}

function ifAmong(commands: readonly string[], does: string): Doc {
  const test = [literalDoc([...commands]), ".includes(command)"];
  return group("if (", group(indent(softline, test), softline), ")", indent(line, does));
}

function listed(commands: readonly string[]): string {
  return commands.map((command) => `\`${command}\``).join(", ");
}
