import { type Block, code, enumerate, type Inline, paragraph, prose, type Section, say } from "../emit/document.js";
import { telemetryCommand } from "../language/consent/commands.js";
import { CREATED } from "../language/identifiers/created.js";
import { looksLikeIdentifier } from "../language/types/looks-like-identifier.js";
import type { Field, Identifier, Model, Type } from "../model/model.js";
import { isKept, statePath } from "../model/state-path.js";
import { isCommonBeside } from "../model/wire.js";
import { withInner } from "../payload/call-shape.js";
import { hashInWords } from "./field-rows.js";
import { otherContract, sharedBy } from "./other-page.js";
import { clause, inOneLine, labelled, notStated } from "./words.js";

/** Returns what it tells apart: `one machine from another`. */
export function scopeOf({ identifies, what }: Identifier): Inline {
  return { ...scopes, other: other(what ?? notStated) }[identifies];
}

/** A few words take the place of a known kind: `one report from another`. Anything longer is said behind it. */
function other(what: string): Inline {
  const [, noun] = /^(?:one|an?|each) ((?:[\p{L}\d-]+ ?){1,4})$/iu.exec(what.replace(/[\s.]+$/, "")) ?? [];
  return noun === undefined ? say`one from another: ${clause(what)}` : say`one ${prose(noun)} from another`;
}

/** Everything that can tell one person, machine or workload from another: its scope, how long it lasts, how to be rid of it. */
export function identifiers(model: Model): readonly Section[] {
  const title = "Identifiers";
  if (model.identifiers.length > 0)
    return [{ title, blocks: [], sections: model.identifiers.map((identifier) => section(model, identifier)) }];
  const blocks = lookalikes(model);
  return blocks.length === 0 ? [] : [{ title, blocks }];
}

/** Returns what the contract doesn't call one, and a reader may. */
function lookalikes({ common, destination, events, metrics }: Model): readonly Block[] {
  const fields = [
    common,
    destination.urlFields,
    ...events.map((event) => event.fields),
    ...metrics.map(({ labels }) => labels),
  ].flat();
  const names = fields
    .flatMap(withInner)
    .filter((field) => !field.legacy && looksLikeIdentifier(field) !== undefined)
    .map(({ wireName }) => wireName);
  return names.length === 0
    ? []
    : [
        paragraph(
          say`Nothing is sent for that purpose, but ${enumerate([...new Set(names)].map(code), "and")} may tell one from another all the same.`,
        ),
      ];
}

const scopes = {
  user: "one user from another",
  machine: "one machine from another, not who uses it",
  session: "one session from another",
  cluster: "one cluster from another",
  workload: "one workload from another",
  project: "one project from another",
  organisation: "one organisation from another",
  account: "one account from another",
  environment: "one environment from another",
  server: "one server from another",
} as const;

const sources = {
  hardware: "the hardware",
  name: "a name",
  account: "an account",
  address: "an address",
} as const;

const byProgram = "by the program, not by the telemetry client";

/** Where that is kept which nobody but the program gives. */
const given: Readonly<Record<Identifier["created"], string>> = {
  platform: "by the platform, for as long as the thing it names exists",
  "first-run": byProgram,
  "first-send": byProgram,
  "opt-in": byProgram,
  "process-start": byProgram,
  "each-event": byProgram,
};

function section(model: Model, identifier: Identifier): Section {
  const { created, deletionBy, format, inCi, justification } = identifier;
  const linked = enumerate(
    sharedBy(identifier).map((path) => otherContract(model.source, path)),
    "and",
  );
  const form = format.input?.kind === "hashed" ? hashInWords(format.input) : format.rule;
  const facts: readonly (readonly [string, Inline])[] = [
    ["Made from", say`${origin(identifier)}; ${form}`],
    ...(inCi === undefined || isOffInCi(model) ? [] : [["In CI", ciOf(inCi)] as const]),
    ["Created", CREATED[created].says],
    ["Kept", keeping(model, identifier)],
    ["Reset by", reset(model, identifier)],
    ...(deletionBy === undefined ? [] : [["What was stored under it is deleted by", prose(deletionBy)] as const]),
    ...(sharedBy(identifier).length === 0
      ? []
      : [["The same in", say`${linked}: reports of both can be linked`] as const]),
    ...(justification === undefined ? [] : [["Sent all the same because", prose(justification)] as const]),
    ["Sent with", senders(model, identifier.name)],
  ];
  return {
    title: code(identifier.name),
    blocks: [inOneLine(facts.map(labelled))],
  };
}

/** Returns whether nothing is ever sent in CI, so that nothing stands for an identifier there. */
function isOffInCi({ consent }: Model): boolean {
  return consent.order.some(({ onlyWhere, place }) => place.kind === "fact" && place.fact === "ci" && !onlyWhere);
}

const DRAWN: Readonly<Record<NonNullable<Identifier["hash"]>["of"], string>> = {
  machine: "drawn once for each machine",
  session: "drawn anew each time the program starts",
};

function origin({ derivedFrom, hash, identifies, madeFrom, what }: Identifier): Inline {
  if (hash !== undefined) {
    const keptText = {
      "48 bits": "48 bits of the hash are kept",
      "64 hex": "all 64 hexadecimal digits of the hash are kept",
      uuid: "as many bits of the hash are kept as a UUID holds",
    }[hash.keep];
    return say`${prose(hash.what)}, ${DRAWN[hash.of]}, hashed with SHA-256; ${keptText}. No hardware address and no name goes into it`;
  }
  if (madeFrom === "random") return "random numbers; it is not derived from anything";
  const traced = derivedFrom === undefined ? "" : say`; derived from ${origins(derivedFrom)}`;
  return say`${prose(what ?? `what the program gives for the ${identifies}`)}${traced}`;
}

/** Returns what it can be traced back to: `the hardware and a name`. */
export function origins(derivedFrom: NonNullable<Identifier["derivedFrom"]>): Inline {
  return enumerate(
    derivedFrom.map((one) => sources[one]),
    "and",
  );
}

function ciOf({ text }: NonNullable<Identifier["inCi"]>): Inline {
  return text === undefined ? "it is left out" : say`${code(JSON.stringify(text))} is sent in its place, by all alike`;
}

function keeping(model: Model, identifier: Identifier): Inline {
  const { hash, madeFrom } = identifier;
  if (madeFrom === "given") return given[identifier.created];
  if (identifier.created === "each-event") return "nowhere but in the event itself";
  if (!isKept(identifier)) return "in memory; it ends with the program";
  const place = say`in ${code(statePath(model) ?? "")}, until it is reset`;
  return hash === undefined ? place : say`the random number ${place}`;
}

/** Returns what does it: the command, where there is one, and what the contract names beside it. */
function reset(model: Model, identifier: Identifier): Inline {
  const { created, madeFrom, resetBy } = identifier;
  const named = resetBy === undefined ? undefined : prose(resetBy);
  if (madeFrom === "given") return named ?? notStated;
  if (created === "each-event") return named ?? "the next event";
  if (!isKept(identifier)) return named ?? "the next start of the program";
  const telemetry = telemetryCommand(model.consent);
  const others = named ?? say`deleting ${code(statePath(model) ?? "")}`;
  const command = `${telemetry} reset`;
  return telemetry === undefined || resetBy?.includes(command) ? others : say`${code(command)}, or ${others}`;
}

/** Returns the events that are sent although telemetry is off. */
export function withoutIdentifiers({ events }: Model): Model["events"] {
  return events.filter(({ evenWhenOff }) => evenWhenOff !== undefined);
}

/** A field of it, or a list. */
function holds({ identifier, of }: Type, name: string): boolean {
  return identifier === name || (of !== undefined && holds(of, name));
}

function senders(model: Model, name: string): Inline {
  const { common, destination, events, identifiers, metrics, wire } = model;
  const has = (fields: readonly Field[]) => fields.flatMap(withInner).some(({ type }) => holds(type, name));
  if (has(common)) {
    const anew = identifiers.some((one) => one.name === name && one.created === "each-event");
    const without = anew ? [] : withoutIdentifiers(model).map(({ wireName }) => code(wireName));
    return say`${isCommonBeside(wire) ? "every request" : "every event"}${without.length === 0 ? "" : say` but ${enumerate(without, "and")}`}`;
  }
  if (has(destination.urlFields)) return "every request, in its address";
  const some = [...events.filter(({ fields }) => has(fields)), ...metrics.filter(({ labels }) => has(labels))];
  const names = enumerate(
    some.map(({ wireName }) => code(wireName)),
    "and",
  );
  return some.length === 0 ? "nothing" : names;
}
