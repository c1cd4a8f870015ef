import { key } from "../../emit/literal.js";
import { allSteps, factsBeside } from "../../language/consent/parts.js";
import { KNOWN_FACTS } from "../../language/consent/places/fact.js";
import { placeWord } from "../../language/consent/places/index.js";
import type { Model } from "../../model/model.js";
import { isInWords } from "../../model/wire.js";
import { setupFields, takesCommand, takesVersion } from "../../payload/call-shape.js";
import type { Emitter } from "./emitters.js";

/** Returns what a program is asked for once: values of its own, and what consent can't know without it. */
export function setup(model: Model): Emitter {
  const fields = setupFields(model);
  const own = fields.length > 0 || takesVersion(model) || takesCommand(model);
  const owed = owedBySetup(model);
  const optional = fields.every(({ field }) => field.optional) && owed.every(({ required }) => !required);
  const sends = isInWords(model.wire);
  const sets = model.consent.adopts === undefined ? "setupClient" : "setupAdopting";
  // What is read once was read before the program could tell what only it knows.
  const anew = model.consent.evaluated === "at-start" && owed.some(({ decides }) => decides);
  const does = (given: string) => (anew ? `setupAnew(${sets}, client, ${given})` : `${sets}(client, ${given})`);
  const uses = owed.flatMap(({ uses }) => uses);
  const members = [...owed.map(({ type }) => type), "readonly strict?: boolean", "readonly host?: Partial<Host>"];
  const line = `{ ${members.join("; ")} }`;
  const rest = line.length <= 80 ? line : `{\n${members.map((member) => `    ${member};\n`).join("")}  }`;
  return {
    name: "setup",
    doc: [
      "Call this once, before anything is recorded.",
      ...(owed.some(({ required }) => required)
        ? [
            "What the contract asks the program (`facts`, `config`) is a no until it is given here; each may be a function.",
          ]
        : []),
      ...(sends
        ? [
            "`send` puts on the wire what it is given, in the form that the contract only describes, and gives the status.",
          ]
        : []),
      "`strict`: for tests, an event with a wrong or missing field ends the program with an error that names it, also while telemetry is off.",
      "`host` stands in for parts of the process: a test's clock, a configuration that is not a file, a logger.",
    ],
    parameters: [{ name: "given", type: own ? `Setup & ${rest}` : rest, optional: own && optional }],
    returns: "void",
    does: sends
      ? does("{ ...given, host: { send: given.send, ...given.host } }")
      : does(own && optional ? "given ?? {}" : "given"),
    uses: {
      ...(sets === "setupClient" ? { client: [sets] } : { adopt: [sets] }),
      ...(anew ? { "setup-anew": ["setupAnew"] } : {}),
      host: ["type Host"],
      ...(uses.includes("Fact") ? { fact: ["type Fact"] } : {}),
      ...(uses.includes("Given") ? { given: ["type Given"] } : {}),
    },
    types: own ? ["Setup"] : [],
  };
}

interface Owed {
  readonly type: string;
  readonly required: boolean;
  /** Consent asks for it. */
  readonly decides?: true;
  readonly uses: readonly string[];
}

/** Returns what consent asks the program: facts that nobody else knows, settings that it reads itself, and, for tests, its own words. */
function owedBySetup({ consent, events, metrics, wire }: Model): readonly Owed[] {
  const places = allSteps(consent).map(({ place }) => place);
  const owedAs = (key: "args" | "config") => places.filter((place) => placeWord(place).owedBySetup === key);
  const send = { type: 'readonly send: Host["send"]', required: true, uses: [] };
  const facts = [
    ...new Map(
      places
        .flatMap((place) => (place.kind === "fact" ? [place] : []))
        .concat(factsBeside(consent, [...events, ...metrics]) as never[])
        .map((one) => [one.fact, one] as const),
    ).values(),
  ];
  const given = [...new Set(owedAs("config").map((place) => placeWord(place).name(place)))];
  const isKnown = ({ fact }: { readonly fact: string }) => Object.hasOwn(KNOWN_FACTS, fact);
  const members = (entries: readonly string[]) => `{ ${entries.join("; ")} }`;
  const owesFacts = facts.some((one) => !isKnown(one));
  return [
    ...(isInWords(wire) ? [send] : []),
    ...(owedAs("args").length > 0
      ? [{ type: "readonly args?: readonly string[]", required: false, decides: true as const, uses: [] }]
      : []),
    ...(facts.length > 0
      ? [
          {
            type: `readonly facts${owesFacts ? "" : "?"}: ${members(facts.map((one) => `readonly ${key(one.fact)}${isKnown(one) ? "?" : ""}: Fact`))}`,
            required: owesFacts,
            decides: true as const,
            uses: ["Fact"],
          },
        ]
      : []),
    ...(given.length > 0
      ? [
          {
            type: `readonly config: ${members(given.map((name) => `readonly ${key(name)}: Given`))}`,
            required: true,
            decides: true as const,
            uses: ["Given"],
          },
        ]
      : []),
  ];
}
