import type { JsonValue } from "../model/json-schema.js";
import type { FieldSource, Match } from "../model/model.js";
import type { Plain, PlanField, PlanIdentifier } from "./plan.js";

/** The values that may travel: a plain copy, or nothing. */
export type PlanValue =
  /** There is but one, and nobody gives it. */
  | { readonly is: "always"; readonly value: JsonValue }
  | { readonly is: "or-null"; readonly of: PlanValue }
  | { readonly is: "flag" }
  | { readonly is: "integer" | "number"; readonly least?: number; readonly most?: number }
  /** A number within these bounds, rounded to this many decimals, halves away from zero. */
  | { readonly is: "rounded"; readonly least: number; readonly most: number; readonly decimals: number }
  /** At most so many UTF-16 units. The pattern is ECMAScript's without flags: `$` is the text's very end, `\d` ten digits. */
  | { readonly is: "text"; readonly most?: number; readonly pattern?: string }
  /**
   * One line: not empty, at most so many UTF-16 units, without control characters (C0, DEL, C1), U+2028 to U+202E, U+2066 to U+2069,
   * U+061C, U+200E, U+200F, U+FEFF, and without half of a surrogate pair.
   */
  | { readonly is: "line"; readonly most?: number }
  /** Exactly one of these; anything else becomes `otherwise`, where that is said. */
  | { readonly is: "one-of"; readonly values: readonly JsonValue[]; readonly otherwise?: string }
  /** Values of any other form become `otherwise`. */
  | { readonly is: "or-else"; readonly of: PlanValue; readonly otherwise: string }
  /**
   * The part that is kept of the SHA-256 of a text's UTF-8, with the salt in front of it, where there is one: an identifier, or
   * `machine_secret`. What fits `clear` stays as it is. `form`: what travels.
   */
  | {
      readonly is: "hashed";
      readonly of: PlanValue;
      readonly form: PlanValue;
      readonly keep: string;
      readonly salt?: string;
      readonly clear?: PlanValue;
    }
  /** The first so many UTF-16 units of a text, without half of a surrogate pair at its end. */
  | { readonly is: "cut"; readonly of: PlanValue; readonly most: number }
  /** A raw number, of which a label travels. `below`: number < edge. `up-to`: its whole part ≤ edge. The last label has no edge. */
  | { readonly is: "below" | "up-to"; readonly edges: readonly number[]; readonly labels: readonly string[] }
  /** Every item, or nothing; `items`, a list of objects: every item that is valid. */
  | { readonly is: "list" | "items"; readonly of: PlanValue; readonly most?: number }
  /** Entries of which key and value are valid; others are left out. More than `most`: nothing. No key is called `__proto__`. */
  | { readonly is: "map"; readonly keys: PlanValue; readonly of: PlanValue; readonly most: number }
  /** Of that of the cases which the sibling `by` says; with `except` where it has none of these values. None of them: nothing. */
  | {
      readonly is: "cases";
      readonly by: string;
      readonly cases: readonly {
        readonly values: readonly JsonValue[];
        readonly except?: true;
        readonly of: PlanValue;
      }[];
    }
  | { readonly is: "object"; readonly fields: readonly PlanField[] };

/**
 * The source of a field's value. `constant`: nobody gives it. `call`: the caller of the emitter. `command`: what `setup` was
 * given as `command`, else the longest of the values that the first words of the command line make, options left out, else the
 * first word.
 */
export type PlanSource =
  | { readonly kind: "constant" | Exclude<FieldSource["kind"], "os" | "arch" | "each-event" | "identifier" | "env"> }
  | { readonly kind: "identifier"; readonly identifier: string }
  /** Without `is`: the variable's own text. */
  | { readonly kind: "env"; readonly env: string; readonly is?: Plain<Match> }
  /**
   * In one vocabulary for all languages (`linux darwin win32 freebsd …`, `x64 arm64 ia32 arm …`). `as`: what travels in the place of a
   * word, where the contract has another for it.
   */
  | { readonly kind: "os" | "arch"; readonly as?: Readonly<Record<string, string>> }
  /** Made anew for each event: a random UUID, a number within bounds, or so many of these characters, piece by piece. */
  | {
      readonly kind: "each-event";
      readonly identifier: string;
      readonly drawn: "uuid" | { readonly least: number; readonly most: number } | NonNullable<PlanIdentifier["drawn"]>;
    };
