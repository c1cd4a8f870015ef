import type { Plan } from "../../plan/plan.js";
import type { Face } from "./face.js";
import { functionName } from "./names.js";
import type { Types } from "./types.js";

/** Tells whether telemetry is on. */
export function decision({ product, consent }: Plan, types: Types): Face {
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
    noop: 'Decision(False, "build")',
    uses: { "_runtime.decision": ["Decision"] },
  };
}

/** Carries out what a person types. */
export function command({ consent, emitters }: Plan): Face {
  const leaving = emitters.find((emitter) => emitter.kind === "event" && emitter.evenWhenOff?.on === "disable");
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
    noop: "0",
  };
}
