import type { Wire } from "../../model/model.js";
import { isInWords } from "../../model/wire.js";
import { factsOf, stepsOf } from "../../plan/asked.js";
import type { Plan } from "../../plan/plan.js";
import { isOwed } from "./gates.js";
import { givenOf } from "./given.js";
import { memberOf, sentence, type Types } from "./types.js";

export interface Option {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  /** The host's place for it. */
  readonly host?: string;
  /** The function that makes of it what stands there. */
  readonly through?: string;
  /** Nil leaves there what is there. */
  readonly orElse?: true;
  /** A field that it gives, by the name that travels. */
  readonly given?: { readonly name: string; readonly value: string };
}

/** Returns the line of New that gives the host an option. */
export function hostLine({ name, host, through, orElse }: Option): string {
  if (host === undefined) return "";
  const value = through === undefined ? `options.${name}` : `${through}(options.${name})`;
  return orElse ? `\tif options.${name} != nil {\n\t\thost.${host} = ${value}\n\t}\n` : `\thost.${host} = ${value}\n`;
}

/** Returns what stands in for parts of the program, as far as the contract asks for it; fields first. */
export function optionsOf(plan: Plan, types: Types): readonly Option[] {
  const { fields, version } = plan.setup;
  const taken = fields.map((field) => memberOf(field));
  return [
    ...fields.map((field) => ({
      name: memberOf(field),
      type: types.of(field, ["options"]),
      doc: sentence(field),
      given: { name: field.name, value: givenOf(field, `options.${memberOf(field)}`) },
    })),
    ...(version && !taken.includes("Version")
      ? [
          {
            name: "Version",
            type: "string",
            doc: "Version is the product's own.",
            given: { name: "version", value: "orNothing(options.Version)" },
          },
        ]
      : []),
    ...(plan.setup.command && !taken.includes("Command")
      ? [
          {
            name: "Command",
            type: "string",
            doc: "Command is the one that was run, where the first words of the command line don't say it.",
            given: { name: "command", value: "orNothing(options.Command)" },
          },
        ]
      : []),
    ...hostOptions(plan),
  ];
}

/** Returns what stands in for parts of the program: each where the contract asks for it. */
function hostOptions(plan: Plan): readonly Option[] {
  const { consent, delivery, destination } = plan;
  const builds = consent.builds.map(({ name }) => JSON.stringify(name));
  const isDescribed = isInWords(plan.wire as Wire);
  // Who deletes at the receiver asks for that by http in any case.
  const posts = (!isDescribed && delivery.mode !== "carried") || consent.forget !== undefined;
  return [
    ...configOption(plan),
    ...factsOption(plan),
    ...argsOption(plan),
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
    ...(destination.namedBy === undefined
      ? []
      : [
          {
            name: "Address",
            type: "string",
            doc: `Address is where to send to, https alone: ${{ build: "a release build names it", operator: "whoever runs the program names it" }[destination.namedBy]}. Without one nothing is sent.`,
            host: "address",
          },
        ]),
    ...(isDescribed ? [SEND] : []),
    ...(posts ? [CLIENT] : []),
    ...loggerOption(plan),
  ];
}

const SEND: Option = {
  name: "Send",
  type: "func(ctx context.Context, url string, header http.Header, body string) (status int, err error)",
  doc: "Send puts on the wire what it is given, in the form that the contract only describes, and returns the receiver's status. Nil: nothing is sent.",
};

const CLIENT: Option = {
  name: "Client",
  type: "*http.Client",
  doc: "Client sends. Nil: one of the package's own, which keeps no connection. It never follows a redirect and keeps no cookie.",
  host: "client",
};

/** Returns what reads configurations and settings of the program's own, where a place or the address may stand in one. */
function configOption(plan: Plan): readonly Option[] {
  const places = stepsOf(plan).map(({ place }) => place);
  const files = [...places, ...(plan.destination.override?.order ?? [])];
  const configs = [...new Set(files.flatMap((place) => (place.kind === "config" ? [place.config] : [])))];
  const settings = [...new Set(places.flatMap((place) => (place.kind === "given" ? [place.given] : [])))];
  if (configs.length + settings.length === 0) return [];
  const doc = [
    ...(configs.length === 0
      ? []
      : [
          `Config gives what a configuration holds: a map with keys of type string, such as a ConfigMap's Data, or nil where there is none. It is asked for ${configs.join(", ")}.`,
        ]),
    ...(settings.length === 0
      ? []
      : [
          `${configs.length === 0 ? "Config" : "It also"} gives the value of a setting, or nil where it is not set: ${settings.join(", ")}.`,
        ]),
    "An error is a no: what can't be read may be a refusal, and so may an empty file.",
  ].join(" ");
  return [{ name: "Config", type: "func(ctx context.Context, name string) (any, error)", doc, host: "config" }];
}

function factsOption(plan: Plan): readonly Option[] {
  const facts = factsOf(plan);
  if (facts.length === 0) return [];
  const owed = facts.filter(isOwed);
  const refused = owed.length > 0 ? ` Nobody else tells ${owed.join(", ")}, and what nobody tells is a no.` : "";
  return [
    {
      name: "Facts",
      type: "map[string]func() bool",
      doc: `Facts tell what is so where the program runs: ${facts.join(", ")}.${refused}`,
      host: "facts",
    },
  ];
}

/** The command line's words, where a flag of them decides, or where they say which command it is. */
function argsOption(plan: Plan): readonly Option[] {
  const flags = [...new Set(stepsOf(plan).flatMap(({ place }) => (place.kind === "flag" ? [place.flag] : [])))];
  if (flags.length === 0 && !plan.setup.command) return [];
  const use = flags.length === 0 ? "which say which command it is" : `which are searched for ${flags.join(", ")}`;
  return [
    {
      name: "Args",
      type: "[]string",
      doc: `Args are the words of the command line, ${use}. Nil: os.Args[1:].`,
      host: "args",
      orElse: true,
    },
  ];
}

function loggerOption({ delivery }: Plan): readonly Option[] {
  const isLogged = delivery.onFailure === "log";
  if (!isLogged && delivery.debug?.stream !== "log") return [];
  const lines = isLogged ? `failures, at level ${delivery.logLevel}` : "what a person asked to see";
  return [
    {
      name: "Logger",
      type: "*slog.Logger",
      doc: `Logger gets ${lines}. Nil: nobody is told.`,
      host: "logger",
      through: "logTo",
    },
  ];
}
