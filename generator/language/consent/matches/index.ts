import type { Inline } from "../../../emit/document.js";
import type { PureCall } from "../../../emit/literal.js";
import type { OtherLanguage } from "../../../model/clients.js";
import type { JsonValue } from "../../../model/json-schema.js";
import type { Match, Scalar } from "../../../model/model.js";
import { absent } from "./absent.js";
import { anyExcept } from "./any-except.js";
import { anyOf } from "./any-of.js";
import { atLeast } from "./at-least.js";
import { type Kind, type MatchWord, spelt } from "./define.js";
import { exactly } from "./exactly.js";
import { falsy } from "./falsy.js";
import { nonEmpty } from "./non-empty.js";
import { present } from "./present.js";
import { truthy } from "./truthy.js";

/** Every kind of match, by its name in the model. To add one: one file, and one line here. */
const MATCHES: { readonly [K in Match["kind"]]: () => MatchWord<Extract<Match, { kind: K }>> } = {
  exactly: () => exactly,
  truthy: () => truthy,
  falsy: () => falsy,
  present: () => present,
  "non-empty": () => nonEmpty,
  "any-except": () => anyExcept,
  "any-of": () => anyOf,
  absent: () => absent,
  "at-least": () => atLeast,
};

/** Returns what is known about a match of this kind. */
export function word<M extends Match>({ kind }: M): MatchWord<M> {
  return MATCHES[kind]() as unknown as MatchWord<M>;
}

/** Words that stand for themselves: `truthy`. */
const WORDS = { truthy, falsy, present, "non-empty": nonEmpty, absent } as const;

/** A match as it is written: a word, a map, or a list of values and other matches. */
export function readMatch(json: JsonValue): Match {
  if (typeof json === "string" && Object.hasOwn(WORDS, json)) return { kind: json as keyof typeof WORDS };
  if (Array.isArray(json)) return readList(json as readonly JsonValue[]);
  if (typeof json === "object" && json !== null && "any_except" in json)
    return { kind: "any-except", values: [json["any_except"] ?? []].flat().filter(isScalar).map(spelt) };
  if (typeof json === "object" && json !== null && "at_least" in json)
    return { kind: "at-least", value: json["at_least"] as string | number };
  return { kind: "exactly", values: [json].filter(isScalar) };
}

function readList(items: readonly JsonValue[]): Match {
  const plain = items.filter(isPlain);
  const others = items.filter((item) => item !== null && !isPlain(item)).map(readMatch);
  if (others.length === 0) return { kind: "exactly", values: plain };
  return {
    kind: "any-of",
    of: [...(plain.length === 0 ? [] : [{ kind: "exactly" as const, values: plain }]), ...others],
  };
}

function isPlain(item: JsonValue): item is Scalar {
  return isScalar(item) && !(typeof item === "string" && Object.hasOwn(WORDS, item));
}

function isScalar(item: JsonValue | undefined): item is Scalar {
  return ["string", "boolean", "number"].includes(typeof item);
}

/** The meta-schema's piece: a word, a map, or a list whose items may be any of these and values. */
export function matchSchema(side?: "enable" | "disable"): { readonly [keyword: string]: JsonValue } {
  const maps = [anyExcept.schema, ...(side === "enable" ? [atLeast.schema] : [])];
  const told =
    '`present`: set at all, even to nothing. `non-empty`: set and not "". `truthy`: 1 true yes on. `falsy`: 0 false no off.';
  return {
    anyOf: [
      {
        description: side === undefined ? told : `${told} \`absent\`: nothing is there.`,
        enum: Object.keys(WORDS).filter((one) => side !== undefined || one !== "absent"),
      },
      {
        description: "It is one of these, or one of these matches holds.",
        type: "array",
        minItems: 1,
        items: { anyOf: [exactly.schema, ...maps, { type: "array", minItems: 1, items: exactly.schema }] },
      },
      ...maps,
    ],
  };
}

/** Returns whether nothing at all counts, too. */
export function countsAbsent(match: Match | undefined): boolean {
  return match?.kind === "absent" || (match?.kind === "any-of" && match.of.some(countsAbsent));
}

/** Returns whether a match holds for a value that was found. */
export function holds(match: Match, value: Scalar): boolean {
  return word(match).holds(match, value);
}

/** Returns the values that count, in words. */
export function matching(match: Match, textsOnly: boolean, anyCase = false): Inline {
  return word(match).says(match, textsOnly, anyCase);
}

/** One value that counts. */
export function example(match: Match): Scalar {
  return word(match).example(match);
}

/** The runtime's function for it. */
export function matchCall(match: Match): PureCall {
  return word(match).call(match);
}

export function samples(match: Match): readonly Scalar[] {
  return word(match).samples(match);
}

export function namedIn(match: Match): readonly Scalar[] {
  return word(match).named(match);
}

export function kindsIn(match: Match): readonly Kind[] | undefined {
  return word(match).kinds(match);
}

/** Returns whether a client can hold a value to a match. */
export function isHeldBy(client: OtherLanguage, match: Match): boolean {
  return (
    word(match).clients.includes(client) && (match.kind !== "any-of" || match.of.every((one) => isHeldBy(client, one)))
  );
}
