import { factsOf, stepsOf } from "../../plan/asked.js";
import type { Plan } from "../../plan/plan.js";
import { broken, type Face, map } from "./face.js";
import { text } from "./literal.js";
import { snake } from "./names.js";
import { annotation, paramDoc, type Types } from "./types.js";
import { isOwed } from "./values.js";

/** Something that a program gives once, beside the fields. */
interface Argument {
  readonly name: string;
  readonly type: string;
  /** A program may leave it out. */
  readonly optional?: boolean;
  readonly doc: string;
  /** It is sent; anything else stands in for a part of the program. */
  readonly isSent?: true;
}

/** Returns what is given once. */
export function setupFace(plan: Plan, types: Types): Face {
  const { fields } = plan.setup;
  const [required, optional] = [fields.filter((field) => !field.optional), fields.filter((field) => field.optional)];
  const plain = required.map((field) => `${snake(field.words)}: ${types.of(field, ["setup"])}`);
  const all = argumentsOf(plan, types);
  const parameters = [
    ...plain,
    ...all.filter((argument) => !argument.optional).map(({ name, type }) => `${name}: ${type}`),
    ...optional.map((field) => `${snake(field.words)}: ${annotation(types.of(field, ["setup"]), true)}`),
    ...all.filter((argument) => argument.optional).map(({ name, type }) => `${name}: ${type} | None = None`),
  ];
  const sent = [
    ...fields.map((field) => `${text(field.name)}: ${snake(field.words)}`),
    ...all.filter(({ isSent }) => isSent).map(entry),
  ];
  const host = HOST.flatMap((name) => all.filter((argument) => argument.name === name).map(entry));
  const call = broken("_setup(client, ", [map(sent), map(host)]);
  return {
    name: "setup",
    parameters: parameters.length === 0 ? [] : ["*", ...parameters],
    returns: "None",
    doc: [
      "Set telemetry up: call this once, before anything is recorded.",
      "",
      ...fields.flatMap(paramDoc),
      ...all.map(({ name, doc }) => `:param ${name}: ${doc}`),
    ],
    does:
      plan.consent.adopts === undefined
        ? call
        : ["from ._runtime.adopt import adopt_soon", "", ...call, "adopt_soon(client)"],
    uses: { "_runtime.client": ["setup as _setup"] },
  };
}

/** What stands in for parts of the program, in the order in which the runtime is given it. */
const HOST = ["config", "facts", "address", "args", "send", "build", "log"];

function entry({ name }: Argument): string {
  return `"${name}": ${name}`;
}

/** Everything that the contract asks of the program beside the fields, in the order of the documentation. */
function argumentsOf(plan: Plan, types: Types): readonly Argument[] {
  const { consent, delivery, setup, wire } = plan;
  const versioned = setup.version && !setup.fields.some(({ words }) => snake(words) === "version");
  const sends = "described" in wire && wire.described !== undefined;
  const flagged = setup.command || stepsOf(plan).some(({ place }) => place.kind === "flag");
  const logged = delivery.onFailure === "log" || delivery.debug?.stream === "log";
  return [
    ...(versioned ? [{ name: "version", type: "str", doc: "The product's own version.", isSent: true as const }] : []),
    ...configArgument(plan),
    ...factsArgument(plan),
    ...(sends
      ? [
          {
            name: "send",
            type: "Callable[[str, Mapping[str, str], bytes, float, Callable[[], object]], int]",
            doc: "Puts on the wire, in the form that the contract only describes, what it is given: address, headers, body, seconds at most, and what to call once all of it is handed to the operating system. Gives the status; raises where there is none.",
          },
        ]
      : []),
    ...(setup.command
      ? [
          {
            name: "command",
            type: "str",
            optional: true,
            doc: "The command that was run, where the first words of the command line don't say it.",
            isSent: true as const,
          },
        ]
      : []),
    ...addressArgument(plan),
    ...(flagged
      ? [
          {
            name: "args",
            type: "Sequence[str]",
            optional: true,
            doc: "The words of the command line, where they are not those of `sys.argv`.",
          },
        ]
      : []),
    ...(consent.builds.length > 0
      ? [
          {
            name: "build",
            type: types.add(
              "Build",
              consent.builds.map(({ name }) => name),
            ),
            doc: "Which build this is.",
          },
        ]
      : []),
    ...(logged
      ? [{ name: "log", type: "Callable[[str, str], object]", optional: true, doc: "Takes a level and a line." }]
      : []),
  ];
}

/** Returns what reads configurations and settings of the program's own, where a place or the address may stand in one. */
function configArgument(plan: Plan): readonly Argument[] {
  const places = stepsOf(plan).map(({ place }) => place);
  const settings = [...new Set(places.flatMap((place) => (place.kind === "given" ? [place.given] : [])))];
  const files = [...places, ...(plan.destination.override?.order ?? [])].filter(({ kind }) => kind === "config");
  if (settings.length + files.length === 0) return [];
  // Of a marker file, or a file of one text, there is nothing to parse.
  const bare = places.some((place) => place.kind === "config" && place.key === "");
  const named = settings.map((setting) => `\`${setting}\``).join(", ");
  return [
    {
      name: "config",
      type: `Callable[[str], ${settings.length > 0 || bare ? "object" : "Mapping[str, object] | None"}]`,
      doc: `Gives what a configuration of that name says, parsed; \`None\` where there is none.${settings.length === 0 ? "" : ` Of ${named}: the setting's value.`} What it can't tell, by raising, counts as a no: of an empty file, too.`,
    },
  ];
}

function factsArgument(plan: Plan): readonly Argument[] {
  const facts = factsOf(plan);
  if (facts.length === 0) return [];
  const isAnyOwed = facts.some(isOwed);
  const named = facts.map((fact) => `\`${fact}\``).join(", ");
  return [
    {
      name: "facts",
      type: "Mapping[str, bool | Callable[[], bool]]",
      optional: !isAnyOwed,
      doc: `What is so where the program runs, or a function that tells: ${named}.${isAnyOwed ? " What is owed counts as a no." : ""}`,
    },
  ];
}

function addressArgument({ destination }: Plan): readonly Argument[] {
  if (destination.namedBy === undefined) return [];
  const by = { build: "a release build names it", operator: "whoever runs the program names it" }[destination.namedBy];
  return [
    {
      name: "address",
      type: "str",
      optional: true,
      doc: `Where to send to, \`https://\` alone: ${by}. Without one nothing is sent.`,
    },
  ];
}
