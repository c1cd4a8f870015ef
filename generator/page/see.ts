import { type Block, code, codeBlock, enumerate, paragraph, type Section, say } from "../emit/document.js";
import { telemetryCommand } from "../language/consent/commands.js";
import type { Model } from "../model/model.js";
import { statePath } from "../model/state-path.js";
import { setting } from "./switches.js";

/** How to look at it oneself: what decides now, what is sent, what is still waiting. */
export function see(model: Model): Section {
  const { consent, delivery } = model;
  const blocks: Block[] = [];
  const { status } = consent.commands;
  if (status !== undefined) {
    const prints = status.prints.length === 0 ? "" : say` It prints ${enumerate(status.prints.map(code), "and")}.`;
    blocks.push(
      paragraph(say`This command tells whether telemetry is on here, and what decided that.${prints}`),
      codeBlock("sh", status.run),
      ...beside(telemetryCommand(consent), delivery.queue !== undefined, model.identifiers.length > 0),
    );
  }
  blocks.push(...debugging(model));
  if (delivery.queue !== undefined)
    blocks.push(
      paragraph(
        say`What has not been sent yet waits in ${code(delivery.queue.file)} and in files beside it whose names begin with its own, one entry per line.`,
      ),
    );
  const kept = delivery.queue?.file ?? statePath(model);
  if (kept !== undefined) {
    const log = kept.replace(/[^/\\]*$/, "telemetry-sent.jsonl");
    blocks.push(
      paragraph(say`What was sent last, and what was answered, is kept in ${code(log)}: never more than 20 requests.`),
    );
  }
  if (blocks.length === 0)
    blocks.push(
      paragraph(
        "No command and no variable for it is stated. The complete examples above show the exact form of what is sent.",
      ),
    );
  return { title: "How to see it yourself", blocks };
}

/** The words that the telemetry command takes beside those that the contract names: see `runTelemetryCommand`. */
function beside(telemetry: string | undefined, waits: boolean, identified: boolean): readonly Block[] {
  if (telemetry === undefined) return [];
  return [
    paragraph(
      `The first of these shows ${waits ? "what is waiting, exactly as it would be sent next," : "exactly what would be sent,"} and what was sent last, also while telemetry is off.${identified ? " The second gives this machine a new identifier." : ""}`,
    ),
    codeBlock("sh", `${telemetry} show\n${telemetry} reset`),
  ];
}

function debugging({ delivery, destination }: Model): readonly Block[] {
  const { debug } = delivery;
  if (debug === undefined) return [];
  const where = debug.stream === "stderr" ? "on stderr" : "in the log";
  const what =
    debug.shows === "payload"
      ? "Every payload, just as it is sent, is shown"
      : `One line per send is shown, at level ${debug.level},`;
  const intro = `${what} ${where} while this variable is set:`;
  const lines =
    debug.line === undefined
      ? []
      : ["204", "failed (Connection refused)"].map((outcome) =>
          filled(debug.line ?? "", destination.namedBy === undefined ? destination.url : "https://…", outcome),
        );
  return [
    paragraph(intro),
    codeBlock("sh", `export ${setting(debug.env, debug.when)}`),
    ...(lines.length === 0 ? [] : [paragraph("The lines look like these:"), codeBlock("text", lines.join("\n"))]),
  ];
}

function filled(line: string, url: string, outcome: string): string {
  return line.replaceAll(/\{(url|outcome)\}/g, (_, name: string) => (name === "url" ? url : outcome));
}
