import type { Plan, PlanControl } from "../../plan/plan.js";
import { broken, type Face } from "./face.js";
import { scheduleArguments, text } from "./literal.js";
import { functionName, snake } from "./names.js";
import type { Types } from "./types.js";

/** Returns how a program asks, and sends. */
export function controlFaces(plan: Plan, types: Types): readonly Face[] {
  return [
    decision(plan, types),
    ...plan.controls.map((control) => controlFace(plan, control, types)),
    ...(plan.state?.declared && Object.keys(plan.consent.commands).length > 0 ? [command(plan)] : []),
  ];
}

function decision({ product, consent }: Plan, types: Types): Face {
  const parts = consent.parts?.map(({ name }) => name);
  const asked = `Return whether telemetry of ${product} is on, and what decided it. This changes nothing.`;
  return {
    name: "decision",
    parameters: parts === undefined ? [] : [`part: ${types.add("Part", parts)} | None = None`],
    returns: "Decision",
    doc: parts === undefined ? [asked] : [asked, "", ":param part: Of consent: whether what belongs to it is sent."],
    does:
      parts === undefined
        ? ["return client.consent()"]
        : [
            "from ._runtime.part import part_decision",
            "",
            "return client.consent() if part is None else part_decision(client, part)",
          ],
    twin: 'Decision(False, "build")',
    uses: { "_runtime.decision": ["Decision"] },
  };
}

function command({ consent, emitters }: Plan): Face {
  const leaving = emitters.find((one) => one.kind === "event" && one.evenWhenOff?.on === "disable");
  const runs = Object.values(consent.commands).flatMap((one) => (one === undefined ? [] : [`\`${one.run}\``]));
  return {
    name: "telemetry_command",
    parameters: ["args: Sequence[str]"],
    returns: "int",
    doc: [
      `Carry out ${runs.join(", ")}, and \`show\` and \`reset\` beside them.`,
      "",
      ":param args: The words behind `telemetry`, as argparse, click or typer give them.",
      ":returns: The exit code. Prints to stdout; never raises.",
    ],
    does:
      leaving === undefined
        ? ["from ._runtime.command import run_command", "", "return run_command(client, args)"]
        : [
            "from ._runtime.command import run_command",
            "from ._runtime.send import settled",
            "",
            "def leaving() -> None:",
            `    ${functionName(leaving.words)}()`,
            "    settled(client, client.contract.timeout)",
            "",
            "return run_command(client, args, leaving)",
          ],
    twin: "0",
  };
}

function controlFace(plan: Plan, control: PlanControl, types: Types): Face {
  const name = snake(control.words);
  const flush = (what: string, ...args: readonly string[]) => [
    `from ._runtime.flush import ${what}${what === name ? ` as _${what}` : ""}`,
    "",
    `${what === name ? `_${what}` : what}(${["client", ...args].join(", ")})`,
  ];
  const among = (commands: readonly string[], lines: readonly string[]) =>
    commands.length === 0
      ? lines
      : [
          `if command in ${commands.length === 1 ? `(${text(commands[0] ?? "")},)` : `(${commands.map(text).join(", ")})`}:`,
          ...lines.map((line) => (line === "" ? "" : `    ${line}`)),
        ];
  const nothing = { returns: "None" } as const;
  switch (control.kind) {
    case "ask":
      return {
        name,
        parameters: [
          `where: ${types.add("Where", control.where)}`,
          "prompt: Callable[[str, bool], bool | None] | None = None",
        ],
        returns: "Decision",
        doc: [
          "Ask whether telemetry may be sent, where the contract says so and a person can answer; otherwise return at once.",
          "",
          ":param prompt: Puts the question in the program's own way: it is given the text and the preselected answer. `None`: there was no answer.",
        ],
        does: ["from ._runtime.prompt import ask as _ask", "", "return _ask(client, where, prompt)"],
        twin: 'Decision(False, "build")',
        uses: { "_runtime.decision": ["Decision"] },
      };
    case "flush":
      return plan.delivery.mode === "immediate"
        ? {
            name,
            parameters: ["within: float | None = None"],
            ...nothing,
            doc: [
              "Wait until the events that are on their way have arrived.",
              "",
              ":param within: Seconds at most; the contract's timeout by default.",
            ],
            does: [
              "from ._runtime.send import settled",
              "",
              "settled(client, client.contract.timeout if within is None else within)",
            ],
          }
        : {
            name,
            parameters: ["within: float | None = None"],
            ...nothing,
            doc: [
              "Send what is due and wait for it.",
              "",
              ":param within: Seconds at most; the contract's timeout by default.",
            ],
            does: alone(plan)
              ? [
                  "from ._runtime.flush import flush as _flush",
                  "from ._runtime.send import settled",
                  "",
                  "_flush(client, within)",
                  "settled(client, client.contract.timeout if within is None else within)",
                ]
              : flush("flush", "within"),
          };
    case "command-start":
      return {
        name,
        parameters: ["command: str"],
        ...nothing,
        doc: [
          `To be called when a command begins${atWhich(control.commands, "at")}: sends what is due in the background, if the program stays for a while.`,
        ],
        does: among(control.commands, flush("flush_soon")),
      };
    case "command-end":
      return {
        name,
        parameters: ["command: str"],
        ...nothing,
        doc: [
          `To be called when a command ends${atWhich(control.commands, "after")}: sends what is due${control.wait ? ` and waits for it, ${plan.delivery.timeout} ms at most` : " in the background"}.`,
        ],
        does: among(control.commands, control.wait ? flush("flush") : flush("flush_soon")),
      };
    case "process-exit":
      return {
        name,
        parameters: [],
        ...nothing,
        doc: ["Send what is due: call this at the end of the program."],
        does: control.wait ? flush("flush") : flush("flush_soon"),
      };
    case "flush-every":
      return {
        name,
        parameters: [],
        ...nothing,
        doc: [
          `For programs that stay: sends what is due every ${control.every / 1000} s, in a thread that doesn't keep the process alive.`,
        ],
        does: [
          `from ._runtime.flush import flush_every as _flush_every`,
          "",
          `_flush_every(client, ${control.every / 1000})`,
        ],
      };
    case "start-reports":
      return {
        name,
        parameters: ["collect: Callable[[], object]"],
        returns: "Reports",
        doc: [
          control.inStep
            ? `Calls \`collect\` and sends a report of the gauges that it set, now and every ${control.every / 1000} s, in a thread. While telemetry is off nothing is even collected.`
            : "Calls `collect` whenever a gauge is due, and sends a report of those that are, in a thread. While telemetry is off nothing is even collected.",
        ],
        does: control.inStep
          ? [`return _start_reports(client, ${control.every / 1000}, collect)`]
          : broken("return _reports_in_turn(client, ", [schedules(plan), "collect"]),
        twin: "Reports()",
        uses: {
          "_runtime.reports": ["Reports"],
          ...(control.inStep
            ? { "_runtime.report": ["start_reports as _start_reports"] }
            : {
                "_runtime.in_turn": ["reports_in_turn as _reports_in_turn"],
                "_runtime.turns": ["Schedule as _Schedule"],
              }),
        },
      };
    case "report-once":
      return {
        name,
        parameters: ["collect: Callable[[], object]"],
        ...nothing,
        doc: ["Collect and send one report, and wait for it. Never raises."],
        does: ["_report_once(client, collect)"],
        uses: { "_runtime.report": ["report_once as _report_once"] },
      };
    default:
      return control satisfies never;
  }
}

/** Returns whether something is sent although telemetry is off, which waits in no queue. */
function alone({ emitters }: Plan): boolean {
  return emitters.some((one) => one.kind === "event" && one.evenWhenOff !== undefined);
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
