import type { Plan } from "../../plan/plan.js";
import { broken, type Face, map } from "./face.js";
import { text } from "./literal.js";
import { snake } from "./names.js";
import { asksOf } from "./sending.js";
import { annotation, paramDoc, type Types } from "./types.js";
import { isOwed } from "./values.js";

const SEND = "Callable[[str, Mapping[str, str], bytes, float, Callable[[], object]], int]";
const FACTS = "Mapping[str, bool | Callable[[], bool]]";

/** Returns what is given once. */
export function setupFace(plan: Plan, types: Types): Face {
  const fields = plan.setup.fields;
  const versioned = plan.setup.version && !fields.some(({ words }) => snake(words) === "version");
  const steps = [...plan.consent.order, ...(plan.consent.parts ?? []).flatMap(({ order }) => order)];
  const places = steps.map(({ place }) => place);
  const beside = [
    ...steps,
    ...asksOf(plan).map(([ask]) => ask),
    ...(plan.consent.notice ? [plan.consent.notice] : []),
    ...plan.emitters,
  ].flatMap(({ onlyWhere }) => (onlyWhere === undefined ? [] : [onlyWhere.fact]));
  const facts = [...new Set([...places.flatMap((place) => (place.kind === "fact" ? [place.fact] : [])), ...beside])];
  const commanded = plan.setup.command;
  const sends = "described" in plan.wire && plan.wire.described !== undefined;
  const addressed = plan.destination.namedBy !== undefined;
  const owed = facts.filter(isOwed);
  const flagged = commanded || places.some(({ kind }) => kind === "flag");
  // Of a marker file, or a file of one text, there is nothing to parse.
  const bare = places.some((place) => place.kind === "config" && place.key === "");
  const settings = [...new Set(places.flatMap((place) => (place.kind === "given" ? [place.given] : [])))];
  const configured =
    settings.length > 0 ||
    places.some(({ kind }) => kind === "config") ||
    (plan.destination.override?.order.some(({ kind }) => kind === "config") ?? false);
  const logged = plan.delivery.onFailure === "log" || plan.delivery.debug?.stream === "log";
  const built = plan.consent.builds.length > 0;
  const builds = plan.consent.builds.map(({ name }) => name);
  const required = fields.filter(({ optional }) => !optional);
  const parameters = [
    ...required.map((field) => `${snake(field.words)}: ${types.of(field, ["setup"])}`),
    ...(versioned ? ["version: str"] : []),
    ...(configured
      ? [`config: Callable[[str], ${settings.length > 0 || bare ? "object" : "Mapping[str, object] | None"}]`]
      : []),
    ...(owed.length > 0 ? [`facts: ${FACTS}`] : []),
    ...(sends ? [`send: ${SEND}`] : []),
    ...(built ? [`build: ${types.add("Build", builds)}`] : []),
    ...fields
      .filter(({ optional }) => optional)
      .map((field) => `${snake(field.words)}: ${annotation(types.of(field, ["setup"]), true)}`),
    ...(facts.length > 0 && owed.length === 0 ? [`facts: ${FACTS} | None = None`] : []),
    ...(commanded ? ["command: str | None = None"] : []),
    ...(addressed ? ["address: str | None = None"] : []),
    ...(flagged ? ["args: Sequence[str] | None = None"] : []),
    ...(logged ? ["log: Callable[[str, str], object] | None = None"] : []),
  ];
  const given = [
    ...fields.map((field) => `${text(field.name)}: ${snake(field.words)}`),
    ...(versioned ? ['"version": version'] : []),
    ...(commanded ? ['"command": command'] : []),
  ];
  const host = [
    ...(configured ? ['"config": config'] : []),
    ...(facts.length > 0 ? ['"facts": facts'] : []),
    ...(addressed ? ['"address": address'] : []),
    ...(flagged ? ['"args": args'] : []),
    ...(sends ? ['"send": send'] : []),
    ...(built ? ['"build": build'] : []),
    ...(logged ? ['"log": log'] : []),
  ];
  return {
    name: "setup",
    parameters: parameters.length === 0 ? [] : ["*", ...parameters],
    returns: "None",
    doc: [
      "Set telemetry up: call this once, before anything is recorded.",
      "",
      ...fields.flatMap(paramDoc),
      ...(versioned ? [":param version: The product's own version."] : []),
      ...(configured
        ? [
            `:param config: Gives what a configuration of that name says, parsed; \`None\` where there is none.${settings.length === 0 ? "" : ` Of ${settings.map((one) => `\`${one}\``).join(", ")}: the setting's value.`} What it can't tell, by raising, counts as a no: of an empty file, too.`,
          ]
        : []),
      ...(facts.length > 0
        ? [
            `:param facts: What is so where the program runs, or a function that tells: ${facts.map((one) => `\`${one}\``).join(", ")}.${owed.length > 0 ? " What is owed counts as a no." : ""}`,
          ]
        : []),
      ...(sends
        ? [
            ":param send: Puts on the wire, in the form that the contract only describes, what it is given: address, headers, body, seconds at most, and what to call once all of it is handed to the operating system. Gives the status; raises where there is none.",
          ]
        : []),
      ...(commanded
        ? [":param command: The command that was run, where the first words of the command line don't say it."]
        : []),
      ...(addressed
        ? [
            `:param address: Where to send to, \`https://\` alone: ${{ build: "a release build names it", operator: "whoever runs the program names it" }[plan.destination.namedBy]}. Without one nothing is sent.`,
          ]
        : []),
      ...(flagged ? [":param args: The words of the command line, where they are not those of `sys.argv`."] : []),
      ...(built ? [":param build: Which build this is."] : []),
      ...(logged ? [":param log: Takes a level and a line."] : []),
    ],
    does:
      plan.consent.adopts === undefined
        ? broken("_setup(client, ", [map(given), map(host)])
        : [
            "from ._runtime.adopt import adopt_soon",
            "",
            ...broken("_setup(client, ", [map(given), map(host)]),
            "adopt_soon(client)",
          ],
    uses: { "_runtime.client": ["setup as _setup"] },
  };
}
