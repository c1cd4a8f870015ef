import type { Inline } from "../../../emit/document.js";
import type { PureCall } from "../../../emit/literal.js";
import type { OtherLanguage } from "../../../model/clients.js";
import type { JsonValue } from "../../../model/json-schema.js";
import type { Match, Scalar } from "../../../model/model.js";

/** One kind of match: everything that the language, the page, the client and the tests know about it. */
export interface MatchWord<M extends Match> {
  /** Its syntax: a piece of the meta-schema. */
  readonly schema: { readonly [keyword: string]: JsonValue };
  /** Returns whether it holds for a value that was found. */
  readonly holds: (match: M, value: Scalar) => boolean;
  /** In words, for the page. In the environment everything is text, so nothing needs quotes there. */
  readonly says: (match: M, textsOnly: boolean, anyCase?: boolean) => Inline;
  /** One value that counts. */
  readonly example: (match: M) => Scalar;
  /** The runtime's function for it. */
  readonly call: (match: M) => PureCall;
  /** Values that it names and their nearest misses, for truth tables. */
  readonly samples: (match: M) => readonly Scalar[];
  /** The values that it names one by one; nothing where it doesn't. */
  readonly named: (match: M) => readonly Scalar[];
  /** The kinds of values that it can be about; nothing where any scalar will do. */
  readonly kinds: (match: M) => readonly Kind[] | undefined;
  /** Clients in other languages than TypeScript that can hold a value to it; the others refuse it. */
  readonly clients: readonly OtherLanguage[];
}

/** Between words that are read in any letter case and those that aren't. */
export const OR_EXACTLY = ", or exactly ";

/** The kinds of values. */
export type Kind = "string" | "boolean" | "number";

export function kindOf(value: Scalar): Kind {
  return typeof value as Kind;
}

/** A word of the language, alone in its alternative so that an editor explains it. */
export function word(name: string, description: string): { readonly [keyword: string]: JsonValue } {
  return { description, enum: [name] };
}

/** A text as every place holds it that has nothing but texts: `0`, `true`. */
export function spelt(value: Scalar): string {
  return String(value);
}
