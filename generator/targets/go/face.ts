import { modeOf } from "../../model/delivery.js";
import type { Plan } from "../../plan/plan.js";
import { givenLines, printClient } from "./client.js";
import type { EventShape } from "./events.js";
import { comment, duration } from "./literal.js";
import { printMetric } from "./metrics.js";
import { Names } from "./names.js";
import { hostLine, type Option, optionsOf } from "./options.js";
import { printRecorder } from "./recorder.js";
import { LEVELS } from "./terms.js";
import { Types } from "./types.js";

export interface Face {
  readonly doc: (name: string) => string;
  readonly code: string;
  /** The recorder for the program's own tests. */
  readonly recorder?: string;
  readonly types: Types;
  /** Event → what a program calls. */
  readonly shapes: ReadonlyMap<string, EventShape>;
}

/** Returns what a program needs of the package: its own words, in the order in which they are met. */
export function printFace(plan: Plan): Face {
  const names = new Names();
  const types = new Types(names);
  const shapes = new Map<string, EventShape>();
  if (!modeOf(plan).reports) {
    const client = printClient(plan, types, names, shapes);
    const recorder = printRecorder(plan, types, names);
    const sets = types.print();
    const code = sets === "" ? client : `${client}\n${sets}`;
    return { doc: (name) => clientDoc(plan, name), code, recorder, types, shapes };
  }
  const metrics = plan.emitters.flatMap((emitter) =>
    emitter.kind === "metric" ? [printMetric(emitter, types, names)] : [],
  );
  const sets = types.print();
  const options = optionsOf(plan, types);
  const code = [printOptions(plan, options), printNew(plan, options), ...(sets === "" ? [] : [sets]), ...metrics].join(
    "\n",
  );
  return { doc: (name) => packageDoc(plan, name), code, types, shapes };
}

function packageDoc({ product, consent, controls }: Plan, name: string): string {
  const every = controls.find((one) => one.kind === "start-reports");
  const often = every?.kind === "start-reports" ? inWords(every.every) : "";
  const on = { "opt-out": "It is on by default", "opt-in": "It is off by default" }[consent.model];
  return comment([
    `Package ${name} sends what the TELEMETRY.md of ${product} lists, and nothing else: a report now and every ${often}. ${on}; Decide says what holds now.`,
    "It needs nothing but the standard library. It starts no goroutine, keeps nothing on the disk and writes nothing to the terminal.",
  ]);
}

function inWords(milliseconds: number): string {
  return duration(milliseconds)
    .replace(/^time\./, "")
    .replace(/ \* time\.(\w+)/, (_, unit: string) => ` ${unit}s`)
    .toLowerCase();
}

function sendingOf(plan: Pick<Plan, "delivery">): string {
  const { rides, waits } = modeOf(plan);
  if (rides)
    return "Each event is given back as what the program's own request is to carry; the package itself sends nothing.";
  if (waits) return "Events wait in a file, and are sent together.";
  return "Each event is sent in a goroutine, which ends after the contract's timeout.";
}

function clientDoc({ product, consent, delivery }: Plan, name: string): string {
  const on = { "opt-out": "It is on by default", "opt-in": "It is off by default" }[consent.model];
  return comment([
    `Package ${name} sends what the TELEMETRY.md of ${product} lists, and nothing else. ${on}; [Client.Decide] says what holds now.`,
    `It needs nothing but the standard library. ${sendingOf({ delivery })} Nothing happens before [New] is called.`,
  ]);
}

function printOptions({ common }: Plan, options: readonly Option[]): string {
  const lines = options.map(({ name, type, doc }) => `${comment([doc], "\t")}\t${name} ${type}\n`);
  const said = common.length === 0 ? " Each may be left out." : "";
  return `// Options are what the package takes from the program.${said}\ntype Options struct {\n${lines.join("")}}\n`;
}

function printNew(plan: Plan, options: readonly Option[]): string {
  return [
    comment([
      "New makes the reporter. Making it touches nothing; [Reporter.Start] runs it. It calls collect for each report, and not at all while telemetry is off.",
    ]),
    "func New(options Options, collect func(ctx context.Context, report *Report) error) *Reporter {\n",
    "\thost := process()\n",
    ...options.map(hostLine),
    ...(options.some(({ host }) => host === "logger") ? [`\thost.level = ${LEVELS[plan.delivery.logLevel]}\n`] : []),
    ...(plan.common.length === 0 ? [] : givenLines(options)),
    `\treturn &Reporter{contract: newContract(), host: host, collect: collect${plan.common.length === 0 ? "" : ", given: given"}}\n}\n`,
  ].join("");
}
