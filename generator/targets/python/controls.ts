import { modeOf } from "../../model/delivery.js";
import type { Plan, PlanControl } from "../../plan/plan.js";
import { command, decision } from "./decision.js";
import { broken, type Face } from "./face.js";
import { scheduleArguments, text } from "./literal.js";
import { snake } from "./names.js";
import type { Types } from "./types.js";

/** Returns how a program asks, and sends. */
export function controlFaces(plan: Plan, types: Types): readonly Face[] {
  return [
    decision(plan, types),
    ...plan.controls.map((control) => controlFace(plan, control, types)),
    ...(plan.state?.declared && Object.keys(plan.consent.commands).length > 0 ? [command(plan)] : []),
  ];
}

function controlFace(plan: Plan, control: PlanControl, types: Types): Face {
  const name = snake(control.words);
  switch (control.kind) {
    case "ask":
      return { name, ...asking(control, types) };
    case "flush":
      return { name, ...(modeOf(plan).sendsEach ? waiting() : sendingDue(plan)) };
    case "command-start":
      return { name, ...commandStart(control) };
    case "command-end":
      return { name, ...commandEnd(plan, control) };
    case "process-exit":
      return {
        name,
        parameters: [],
        returns: "None",
        doc: ["Send what is due: call this at the end of the program."],
        does: calling("flush"),
      };
    case "flush-every":
      return {
        name,
        parameters: [],
        returns: "None",
        doc: [
          `For programs that stay: sends what is due every ${control.every / 1000} s, in a thread that doesn't keep the process alive.`,
        ],
        does: [
          "from ._runtime.flush import flush_every as _flush_every",
          "",
          `_flush_every(client, ${control.every / 1000})`,
        ],
      };
    case "start-reports":
      return { name, ...(control.inStep ? reportsInStep(control) : reportsInTurn(plan)) };
    case "report-once":
      return {
        name,
        parameters: ["collect: Callable[[], object]"],
        returns: "None",
        doc: ["Collect and send one report, and wait for it. Never raises."],
        does: ["_report_once(client, collect)"],
        uses: { "_runtime.report": ["report_once as _report_once"] },
      };
    default:
      return control satisfies never;
  }
}

type Control<Kind extends PlanControl["kind"]> = Extract<PlanControl, { readonly kind: Kind }>;
/** Its name is the contract's. */
type Unnamed = Omit<Face, "name">;

function asking({ where }: Control<"ask">, types: Types): Unnamed {
  return {
    parameters: [`where: ${types.add("Where", where)}`, "prompt: Callable[[str, bool], bool | None] | None = None"],
    returns: "Decision",
    doc: [
      "Ask whether telemetry may be sent, where the contract says so and a person can answer; otherwise return at once.",
      "",
      ":param prompt: Puts the question in the program's own way: it is given the text and the preselected answer. `None`: there was no answer.",
    ],
    does: ["from ._runtime.prompt import ask as _ask", "", "return _ask(client, where, prompt)"],
    noop: 'Decision(False, "build")',
    uses: { "_runtime.decision": ["Decision"] },
  };
}

const WITHIN = { parameters: ["within: float | None = None"], returns: "None" } as const;
const WITHIN_DOC = ":param within: Seconds at most; the contract's timeout by default.";
const SETTLED = "settled(client, client.contract.timeout if within is None else within)";

/** Waits for requests that are on their way. */
function waiting(): Unnamed {
  return {
    ...WITHIN,
    doc: ["Wait until the events that are on their way have arrived.", "", WITHIN_DOC],
    does: ["from ._runtime.send import settled", "", SETTLED],
  };
}

/** Sends what waits in the queue; what is sent although telemetry is off is on its way by itself. */
function sendingDue(plan: Plan): Unnamed {
  return {
    ...WITHIN,
    doc: ["Send what is due and wait for it.", "", WITHIN_DOC],
    does: sendsWhileOff(plan)
      ? [
          "from ._runtime.flush import flush as _flush",
          "from ._runtime.send import settled",
          "",
          "_flush(client, within)",
          SETTLED,
        ]
      : ["from ._runtime.flush import flush as _flush", "", "_flush(client, within)"],
  };
}

function commandStart({ commands }: Control<"command-start">): Unnamed {
  return {
    parameters: ["command: str"],
    returns: "None",
    doc: [
      `To be called when a command begins${atWhich(commands, "at")}: sends what is due in the background, if the program stays for a while.`,
    ],
    does: among(commands, calling("flush_soon")),
  };
}

function commandEnd({ delivery }: Plan, { commands, wait }: Control<"command-end">): Unnamed {
  return {
    parameters: ["command: str"],
    returns: "None",
    doc: [
      `To be called when a command ends${atWhich(commands, "after")}: sends what is due${wait ? ` and waits for it, ${delivery.timeout} ms at most` : " in the background"}.`,
    ],
    does: among(commands, wait ? calling("flush") : calling("flush_soon")),
  };
}

const REPORTS = { parameters: ["collect: Callable[[], object]"], returns: "Reports", noop: "Reports()" } as const;

/** All gauges at the same times. */
function reportsInStep({ every }: Control<"start-reports">): Unnamed {
  return {
    ...REPORTS,
    doc: [
      `Calls \`collect\` and sends a report of the gauges that it set, now and every ${every / 1000} s, in a thread. While telemetry is off nothing is even collected.`,
    ],
    does: [`return _start_reports(client, ${every / 1000}, collect)`],
    uses: { "_runtime.reports": ["Reports"], "_runtime.report": ["start_reports as _start_reports"] },
  };
}

/** Each gauge at its own times. */
function reportsInTurn(plan: Plan): Unnamed {
  return {
    ...REPORTS,
    doc: [
      "Calls `collect` whenever a gauge is due, and sends a report of those that are, in a thread. While telemetry is off nothing is even collected.",
    ],
    does: broken("return _reports_in_turn(client, ", [schedules(plan), "collect"]),
    uses: {
      "_runtime.reports": ["Reports"],
      "_runtime.in_turn": ["reports_in_turn as _reports_in_turn"],
      "_runtime.turns": ["Schedule as _Schedule"],
    },
  };
}

/** Calls what sends; it is imported by the call. */
function calling(what: "flush" | "flush_soon"): readonly string[] {
  return [`from ._runtime.flush import ${what}`, "", `${what}(client)`];
}

/** Only for these commands; none are named: for all. */
function among(commands: readonly string[], lines: readonly string[]): readonly string[] {
  if (commands.length === 0) return lines;
  const names = commands.map(text);
  return [
    `if command in (${names.join(", ")}${names.length === 1 ? "," : ""}):`,
    ...lines.map((line) => (line === "" ? "" : `    ${line}`)),
  ];
}

/** Returns whether something is sent although telemetry is off, which waits in no queue. */
function sendsWhileOff({ emitters }: Plan): boolean {
  return emitters.some((emitter) => emitter.kind === "event" && emitter.evenWhenOff !== undefined);
}

function schedules({ emitters }: Plan): string {
  const all = emitters.flatMap(({ kind, name, ...one }) =>
    kind === "metric" && "schedule" in one && one.schedule
      ? [`${text(name)}: _Schedule(${scheduleArguments(one.schedule).join(", ")})`]
      : [],
  );
  return `{${all.join(", ")}}`;
}

function atWhich(commands: readonly string[], word: string): string {
  return commands.length === 0 ? "" : ` (${word} ${commands.map((one) => `\`${one}\``).join(", ")})`;
}
