import {
  type Block,
  code,
  codeBlock,
  enumerate,
  type Inline,
  list,
  paragraph,
  type Section,
  say,
} from "../emit/document.js";
import { telemetryCommand } from "../language/consent/commands.js";
import { modeOf } from "../model/delivery.js";
import { addressAsShown } from "../model/in-path.js";
import type { Model } from "../model/model.js";
import { sentLog } from "../model/own-files.js";
import { setting } from "./switches.js";

/** Returns how to look at it oneself: what decides now, what is sent, what is still waiting. */
export function see(model: Model): Section {
  const telemetry = model.consent.commands.status === undefined ? undefined : telemetryCommand(model.consent);
  const ways: readonly Inline[] = [
    ...asking(model),
    ...(telemetry === undefined ? [] : beside(telemetry, model)),
    ...debugging(model),
    ...(telemetry === undefined ? lastRequests(model).map((file) => say`${file} holds ${lastSent}.`) : []),
  ];
  return {
    title: "How to see it yourself",
    blocks:
      ways.length === 0
        ? [
            paragraph(
              "There is no command and no variable for it. The example above shows the exact form of what is sent.",
            ),
          ]
        : [list(ways), ...debugLines(model)],
  };
}

function asking({ consent: { commands } }: Model): readonly Inline[] {
  const { status } = commands;
  if (status === undefined) return [];
  const prints = status.prints.length === 0 ? "" : say` It prints ${enumerate(status.prints.map(code), "and")}.`;
  return [say`${code(status.run)} says whether telemetry is on, and why.${prints}`];
}

const lastSent = "the last 20 requests with their answers";

/** The file that holds them, where there is a folder for it. What the program's own requests carry isn't noted. */
function lastRequests(model: Model): readonly Inline[] {
  if (modeOf(model).rides) return [];
  const log = sentLog(model);
  return log === undefined ? [] : [code(log)];
}

/** The words that the telemetry command takes beside those that the contract names: see `runTelemetryCommand`. */
function beside(telemetry: string, model: Model): readonly Inline[] {
  const { delivery } = model;
  const show = code(`${telemetry} show`);
  if (modeOf(model).rides)
    return [say`${show} shows nothing here: what the program's own requests carry isn't noted anywhere.`];
  const [file] = lastRequests(model);
  const noted = file === undefined ? "what was sent last" : lastSent;
  const keptIn = file === undefined ? "" : say` (kept in ${file})`;
  return delivery.queue === undefined
    ? [
        say`${show} shows ${noted}${keptIn}, even while off. Nothing is kept to be sent later, and a request that never left isn't listed.`,
      ]
    : [say`${show} shows what waits, exactly as it would be sent, and ${noted}${keptIn}, even while off.`];
}

function debugging({ delivery: { debug }, events }: Model): readonly Inline[] {
  if (debug === undefined) return [];
  const level = debug.shows === "payload" ? `, at level ${debug.level},` : "";
  const where = { stderr: "on stderr", log: `in the log${level}` }[debug.stream];
  const shows = {
    payload: say`shows every payload ${where}, exactly as sent.`,
    "one-line-per-send": say`shows one line per request ${where}, at level ${debug.level}.`,
  }[debug.shows];
  const only = debug.sends === false;
  if (!only && debug.whenOff === undefined) return [say`${code(setting(debug.env, debug.when))} ${shows}`];
  const then = only
    ? say`shows each event ${where} as it would be sent, and it is not sent: nothing waits, and no identifier is made for it`
    : say`shows every payload ${where}, just as it is sent`;
  const off = debug.whenOff ? "; while telemetry is off, too, and then nothing is sent or kept" : "";
  const counted = only && events.some(({ rollup }) => rollup !== undefined);
  const totals = counted ? " Totals are counted all the same, and wait until it is no longer set." : "";
  return [say`${code(setting(debug.env, debug.when))} ${then}${off}.${totals}`];
}

/** Returns what such lines look like. */
function debugLines({ delivery: { debug }, destination }: Model): readonly Block[] {
  if (debug?.line === undefined) return [];
  const { line } = debug;
  const lines = ["204", "failed (Connection refused)"].map((outcome) =>
    filled(line, destination.namedBy === undefined ? addressAsShown(destination.url) : "https://…", outcome),
  );
  return [paragraph("The lines look like these:"), codeBlock("text", lines.join("\n"))];
}

function filled(line: string, url: string, outcome: string): string {
  return line.replaceAll(/\{(url|outcome)\}/g, (_, name: string) => (name === "url" ? url : outcome));
}
