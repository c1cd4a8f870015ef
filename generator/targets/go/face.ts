import type { Plan } from "../../plan/plan.js";
import { comment, duration } from "./literal.js";
import { printMetric } from "./metrics.js";
import { Names } from "./names.js";
import { Types } from "./types.js";

/** What a program needs of the package: its own words, in the order in which they are met. */
export function printFace(plan: Plan): { readonly doc: (name: string) => string; readonly code: string } {
  const names = new Names();
  const types = new Types(names);
  const metrics = plan.emitters.flatMap((one) => (one.kind === "metric" ? [printMetric(one, types, names)] : []));
  const sets = types.print();
  const code = [printOptions(plan), printNew(plan), ...(sets === "" ? [] : [sets]), ...metrics].join("\n");
  return { doc: (name) => packageDoc(plan, name), code };
}

function packageDoc({ product, consent, controls }: Plan, name: string): string {
  const every = controls.find((one) => one.kind === "start-reports");
  const often = every?.kind === "start-reports" ? inWords(every.every) : "";
  const on = consent.model === "opt-out" ? "It is on by default" : "It is off by default";
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

interface Option {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  /** Where the host keeps it. */
  readonly host: string;
}

/** What stands in for parts of the program, as far as the contract asks for it. */
function optionsOf({ consent, delivery }: Plan): readonly Option[] {
  const places = consent.order.map(({ place }) => place);
  const configs = [...new Set(places.flatMap((place) => (place.kind === "config" ? [place.config] : [])))];
  const givens = [...new Set(places.flatMap((place) => (place.kind === "given" ? [place.given] : [])))];
  const flags = [...new Set(places.flatMap((place) => (place.kind === "flag" ? [place.flag] : [])))];
  const builds = consent.builds.map((one) => JSON.stringify(one.name));
  return [
    ...(configs.length + givens.length === 0
      ? []
      : [
          {
            name: "Config",
            type: "func(ctx context.Context, name string) (any, error)",
            doc: [
              ...(configs.length === 0
                ? []
                : [
                    `Config gives what a configuration holds: a map with keys of type string, such as a ConfigMap's Data, or nil where there is none. It is asked for ${configs.join(", ")}.`,
                  ]),
              ...(givens.length === 0
                ? []
                : [
                    `${configs.length === 0 ? "Config" : "It also"} gives the value of a setting, or nil where it is not set: ${givens.join(", ")}.`,
                  ]),
              "An error is a no: what can't be read may be a refusal.",
            ].join(" "),
            host: "config",
          },
        ]),
    ...(flags.length === 0
      ? []
      : [
          {
            name: "Args",
            type: "[]string",
            doc: `Args are the words of the command line, os.Args[1:]. They are searched for ${flags.join(", ")}.`,
            host: "args",
          },
        ]),
    ...(builds.length === 0
      ? []
      : [
          {
            name: "Build",
            type: "string",
            doc: `Build says which build this is: ${builds.join(", ")}.`,
            host: "build",
          },
        ]),
    {
      name: "Client",
      type: "*http.Client",
      doc: "Client sends. Nil: one of the package's own, which keeps no connection. It never follows a redirect and keeps no cookie.",
      host: "client",
    },
    ...(delivery.onFailure === "log"
      ? [
          {
            name: "Logger",
            type: "*slog.Logger",
            doc: `Logger gets failures, at level ${delivery.logLevel}. Nil: nobody is told.`,
            host: "logger",
          },
        ]
      : []),
  ];
}

const LEVELS = { debug: "slog.LevelDebug", info: "slog.LevelInfo", warn: "slog.LevelWarn", error: "slog.LevelError" };

function printOptions(plan: Plan): string {
  const lines = optionsOf(plan).map(({ name, type, doc }) => `${comment([doc], "\t")}\t${name} ${type}\n`);
  return `// Options are what the package takes from the program. Each may be left out.\ntype Options struct {\n${lines.join("")}}\n`;
}

function printNew(plan: Plan): string {
  const options = optionsOf(plan);
  const level = LEVELS[plan.delivery.logLevel];
  return [
    comment([
      "New makes the reporter. Making it touches nothing; [Reporter.Start] runs it. It calls collect for each report, and not at all while telemetry is off.",
    ]),
    "func New(options Options, collect func(ctx context.Context, report *Report) error) *Reporter {\n",
    "\thost := process()\n",
    ...options.map(({ name, host }) => `\thost.${host} = options.${name}\n`),
    ...(options.some(({ host }) => host === "logger") ? [`\thost.level = ${level}\n`] : []),
    "\treturn &Reporter{contract: newContract(), host: host, collect: collect}\n}\n",
  ].join("");
}
