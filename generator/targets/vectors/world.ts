import { holds } from "../../language/consent/matches/index.js";
import { allSteps } from "../../language/consent/parts.js";
import { type ConsentRow, consentTable, grantingRow } from "../../language/consent/table.js";
import { outlives } from "../../language/identifiers/created.js";
import { holdsFrom } from "../../model/epochs.js";
import { goldenBody, goldenTime } from "../../model/golden.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Event, Field, Match, Model, Type } from "../../model/model.js";
import { stateKeyOf } from "../../model/state-path.js";
import { picturesOf, placesIn } from "../../model/wire.js";
import { setupFields, takesVersion, withInner } from "../../payload/call-shape.js";
import { allFields, environment } from "../../plan/environment.js";
import { planField } from "../../plan/fields.js";

/** One question to a client: what it is given, and what it has to answer. */
export interface Case {
  readonly id: string;
  readonly ask: string;
  readonly given: object;
  readonly expect: object;
}

/** The state of the world in which a client of this contract may send, with the contract's examples in it. */
export interface World {
  readonly env: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly stored: Readonly<Record<string, unknown>> | null;
  /** The words of the command line, and what is so where the program runs, where the contract asks for them. */
  readonly args?: readonly string[];
  readonly facts?: Readonly<Record<string, boolean>>;
  /** The values for `setup`, by the names that travel. */
  readonly setup: Readonly<Record<string, JsonValue>>;
  readonly version?: JsonValue;
  /** Where the contract leaves the address to a build or an operator: this one. Null: nobody named one. */
  readonly address?: string | null;
  /** Where only a part is sent: all that is recorded here belongs to it. Which part it is no question can say. */
  readonly drawn?: true;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const noon = Date.parse(goldenTime);

/** Undefined where no state allows anything: a contract may be retired. */
export function grantingWorld(model: Model): World | undefined {
  const row = rowOf(model);
  if (row === undefined) return undefined;
  const ids = Object.fromEntries(identifierExamples(model).map(({ key, example }) => [key, example]));
  // Who was told in an earlier run, where the first one only tells.
  const told = model.consent.notice?.sendsFrom === undefined ? {} : { consent_epoch: model.consentEpoch };
  const kept = { ...ids, ...told, ...row.stored };
  const stored = row.stored === null && Object.keys(kept).length === 0 ? null : kept;
  const versioned = allFields(model).flatMap(withInner);
  const version = versioned.find(({ from }) => from.kind === "package-version")?.example ?? "1.0.0";
  return {
    env: { ...environment(model), ...row.env },
    config: row.config,
    stored: stored,
    ...(row.args === undefined ? {} : { args: row.args }),
    ...(row.facts === undefined ? {} : { facts: row.facts }),
    setup: Object.fromEntries(setupFields(model).map(({ field }) => [field.wireName, planField(model, field).given])),
    ...(takesVersion(model) ? { version } : {}),
    ...addressOf(model),
    ...(model.events.some(({ sample }) => sample !== undefined) ? { drawn: true as const } : {}),
    now: noon,
  };
}

function rowOf({ consent, consentEpoch, ...model }: Model): ConsentRow | undefined {
  const every = consent.parts && grantingRow(consent, consentEpoch);
  const rows =
    every === undefined ? consentTable(consent, consentEpoch, holdsFrom({ consent, consentEpoch, ...model })) : [];
  return every ?? rows.find((one) => one.enabled);
}

/** The address that somebody names, where the contract has none: without one there is no telemetry. */
export function addressOf({ destination }: Model): Pick<World, "address"> {
  return destination.namedBy === undefined ? {} : { address: "https://named.test/v1" };
}

interface IdentifierExample {
  readonly name: string;
  readonly key: string;
  readonly example: JsonValue;
}

/** Kept random identifiers as the state file holds them. */
function identifierExamples(model: Model): readonly IdentifierExample[] {
  return model.identifiers.flatMap(({ name, madeFrom, created }) => {
    if (madeFrom !== "random" || !outlives(created)) return [];
    const field = allFields(model).find(({ type }) => type.identifier === name);
    return field === undefined ? [] : [{ name, key: stateKeyOf(model, name) ?? name, example: field.example }];
  });
}

/** A text that a match holds for. */
export function valueThat(match: Match): string | undefined {
  const named = match.kind === "exactly" ? match.values.filter((value) => typeof value === "string") : [];
  return [...named, "1", "true", "x", "0", "y"].find((value) => holds(match, value));
}

/** A text that a match doesn't hold for. */
export function valueThatNot(match: Match): string | undefined {
  return ["0", "", "no", "nonsense"].find((value) => !holds(match, value));
}

/**
 * Returns what the machine says by itself, and no vector can know: the name that travels, and what stands in its place in the expected bytes.
 */
export function ownOf(model: Model, event?: Event): Readonly<Record<string, JsonValue>> {
  const known = ["call", "setup", "package-version", "schema-version"];
  // A variable that decides about consent says what consent needs, whatever the example is.
  const deciding = new Set(allSteps(model.consent).map(({ place }) => (place.kind === "env" ? place.env : undefined)));
  const identifierNames = new Set(identifierExamples(model).map(({ name }) => name));
  const isOwn = ({ from, legacy, type }: Field) =>
    !legacy &&
    // Of what is hashed nobody but the client knows what travels.
    (isHashed(model, type) ||
      (!known.includes(from.kind) &&
        !(from.kind === "env" && !deciding.has(from.env)) &&
        !(from.kind === "identifier" && (identifierNames.has(from.identifier) || isGiven(model, from.identifier)))));
  const named = (fields: readonly Field[]) =>
    Object.fromEntries(fields.filter(isOwn).map(({ wireName, example }) => [wireName, example]));
  const fields = [...model.common, ...(event?.fields ?? []), ...model.metrics.flatMap(({ labels }) => labels)];
  const inner = named(fields.flatMap(withInner));
  const renamed = event === undefined ? {} : renamedIn(model, event, inner);
  // What somebody else says under the same name stays as it is.
  const others = new Set([
    ...fields
      .flatMap(withInner)
      .filter((one) => !isOwn(one))
      .map(({ wireName }) => wireName),
  ]);
  for (const key of keysOf(model)) if (!Object.hasOwn(renamed, key)) others.add(key);
  const deeper = Object.entries({ ...inner, ...renamed }).filter(([name]) => !others.has(name));
  return { ...Object.fromEntries(deeper), ...named(fields) };
}

function keysOf({ wire }: Model): readonly string[] {
  return picturesOf(wire).flatMap(([, picture]) => placesIn(picture).flatMap(({ path }) => path.slice(-1)));
}

/** The machine's values that have a separate key in the picture, also in a text of several pieces. */
function renamedIn(
  model: Model,
  event: Event,
  own: Readonly<Record<string, JsonValue>>,
): Readonly<Record<string, JsonValue>> {
  const { wire } = model;
  if (wire.format !== "json" || wire.body?.kind !== "object") return {};
  const body = JSON.parse(goldenBody(model, event)) as JsonValue;
  return Object.fromEntries(
    picturesOf(wire)
      .flatMap(([, picture]) => placesIn(picture))
      .flatMap(({ path, at }) => {
        const key = path.at(-1);
        if (!("kind" in at) || at.kind !== "field" || key === undefined) return [];
        if (!Object.hasOwn(own, at.name.slice(at.name.lastIndexOf(".") + 1))) return [];
        const value = under(key, body);
        return value === undefined ? [] : [[key, value] as const];
      }),
  );
}

/** The first value that stands under a key, wherever that is. */
function under(key: string, value: JsonValue): JsonValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value) && Object.hasOwn(value, key)) return (value as { readonly [key: string]: JsonValue })[key];
  for (const inner of Object.values(value)) {
    const inside = under(key, inner);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Returns whether a hash travels of what is given: the program's own text, or an identifier of its own. */
function isHashed({ identifiers }: Model, { kind, identifier }: Type): boolean {
  const one = identifiers.find(({ name }) => name === identifier);
  return kind === "hashed" || (one?.madeFrom === "given" && one.format.kind === "hashed");
}

/** Returns whether hashes stand in a list or a map, where no example can be put in their place. */
function holdsHashes(model: Model, type: Type): boolean {
  const { of, fields = [], cases = [] } = type;
  const isOfHashes = of !== undefined && (isHashed(model, of) || holdsHashes(model, of));
  return isOfHashes || [...fields, ...cases].some((one) => holdsHashes(model, one.type));
}

function isGiven({ identifiers }: Model, identifier: string): boolean {
  return identifiers.find(({ name }) => name === identifier)?.madeFrom === "given";
}

/**
 * Returns what a first send says on a stream: the notice, where there is one. Undefined: whether it is shown depends on more than a
 * vector says, on whom it is for, on an answer that is kept, or on what the process did before.
 */
export function saidOn(stream: "stderr" | "stdout", model: Model): readonly string[] | undefined {
  const { notice } = model.consent;
  if (notice?.stream !== stream || notice.sendsFrom !== undefined) return [];
  if (!notice.once || notice.onlyWhere !== undefined) return undefined;
  const isUnanswered = unanswered.get(model) ?? rowOf(model)?.stored === null;
  unanswered.set(model, isUnanswered);
  return isUnanswered ? [notice.text] : undefined;
}

/** A table is made once. */
const unanswered = new WeakMap<Model, boolean>();

/**
 * Returns whether a vector can say what travels. Not where the machine's own values stand under keys that a picture repeats, nor
 * where one of them decides which fields there are, nor where there are many of them; nor of a field that ends on a day, which the machine's own clock tells.
 */
export function isSaid(model: Model, event: Event): boolean {
  const own = Object.keys(ownOf(model, event));
  const decides = [...model.common, ...event.fields].some(({ onlyWhen, legacy }) =>
    onlyWhen.some(({ wireName }) => !legacy && own.includes(wireName)),
  );
  const repeats = picturesOf(model.wire).some(([, picture]) => placesIn(picture).some(({ at }) => "repeat" in at));
  const many = [...model.common, ...event.fields].some(
    ({ type, expires }) => expires !== undefined || holdsHashes(model, type),
  );
  return !decides && !many && (own.length === 0 || !repeats);
}
