import type { Fact, Match } from "./consent.js";
import type { HasFragments } from "./fragments.js";
import type { JsonSchema, JsonValue } from "./json-schema.js";
import type { Node } from "./node.js";

/** A field type with its parameters, lowered: everything that any target needs to know about its values. */
export interface Type {
  /** The registry's name of it: `bucket`. */
  readonly kind: string;
  /** The name it has under `types:`, if it has one. */
  readonly name?: string;
  /** The schema of the values that may travel. */
  readonly schema: JsonSchema;
  /** The closed set of values, where there is one, as they travel. */
  readonly values?: readonly JsonValue[];
  /** For people, plain text without values: `a whole number from 1 to 99`, `one of`, `at most 12 items, each …`. */
  readonly rule: string;
  /** The number of different values; `Infinity` for open text. Identifiers count apart. */
  readonly alternatives: number;
  /** The reason why open text is let through, where it is. */
  readonly justification?: string;
  /** The way the client turns the caller's value into the one that travels, where the two differ. */
  readonly input?: Input;
  /** An item, a map's value or a case: it may be null. */
  readonly nullable?: true;
  /** `list`: what each item is. `map`: what each value is. */
  readonly of?: Type;
  /** `map`: what each key is. */
  readonly keys?: Type;
  /** The unit of a number. */
  readonly unit?: string;
  /** `one_of`: the sibling that says which case it is. */
  readonly by?: string;
  /** `one_of`: what stands there for which of the sibling's values. */
  readonly cases?: readonly Case[];
  /** `object`: its fields. */
  readonly fields?: readonly Field[];
  /** `identifier`: which one. */
  readonly identifier?: string;
  /** The hash of a number that the client draws; only as the format of an identifier, which has it from then on. */
  readonly drawn?: DrawnHash;
}

/** The form in which a client sends a number that it draws. */
export interface DrawnHash {
  /** The thing that is hashed, for people. */
  readonly what: string;
  readonly keep: "48 bits" | "64 hex" | "uuid";
}

/** The type where the sibling has one of these values; with `except`, where it has another. */
export interface Case {
  readonly values: readonly JsonValue[];
  readonly except?: true;
  readonly type: Type;
}

export type Input =
  | {
      /** The caller gives a raw number; its label travels, the number never does. */
      readonly kind: "bucket";
      readonly unit: string;
      /** Rising; the last label has no edge. */
      readonly edges: readonly number[];
      readonly labels: readonly string[];
      /** `below`: number < edge. `up-to`: whole part ≤ edge. */
      readonly compare: "below" | "up-to";
    }
  /** The caller gives any number; so many decimals of it travel, halves rounded away from zero. */
  | { readonly kind: "rounded"; readonly decimals: number; readonly least: number; readonly most: number }
  /** The caller may give any text; a text outside the set becomes `otherwise` before it is sent. */
  | { readonly kind: "otherwise"; readonly values: readonly string[]; readonly otherwise: string }
  /** The caller may give any text; a text of another form becomes `otherwise` before it is sent. */
  | { readonly kind: "replaced"; readonly otherwise: string }
  /** The caller gives a text, of which nothing but its hash is kept; what fits `clear` stays as it is. */
  | {
      readonly kind: "hashed";
      readonly of: Type;
      readonly what: string;
      /** So many hexadecimal digits, 48 bits, or as much as a UUID holds. */
      readonly keep: string;
      /** The text in front: the machine's own secret, an identifier, or nothing. */
      readonly salt:
        | { readonly kind: "machine" }
        | { readonly kind: "none" }
        | { readonly kind: "identifier"; readonly identifier: string };
      readonly clear?: Type;
      /** A text that is let through, to be hashed. */
      readonly example: string;
    }
  /** The caller may give a longer text; so many UTF-16 units of it travel. */
  | { readonly kind: "cut"; readonly most: number };

/** The owner, the class of data, the purpose, and the last day. */
export interface Owned {
  readonly owner?: string;
  readonly class?: string;
  readonly purpose?: string;
  /** `2027-06-30`: from then on the client doesn't send it. */
  readonly expires?: string;
}

export interface Field extends Node, Owned {
  /** The name that travels: the YAML key, exactly. */
  readonly wireName: string;
  /** The name in generated code, camelCase. */
  readonly codeName: string;
  readonly type: Type;
  /** Empty inside objects, where none is required. */
  readonly why: string;
  readonly note?: string;
  /** Always present and valid. */
  readonly example: JsonValue;
  readonly optional: boolean;
  readonly nullable: boolean;
  /** Accepted from old clients, never sent. */
  readonly legacy: boolean;
  /** Accepted, and removed before anything is stored or forwarded. */
  readonly droppedAtEdge?: true;
  /** Its name up to the version before: the same values, so no new information is collected. */
  readonly renamedFrom?: string;
  /** Exists only when each of these sibling fields has one of these values; otherwise it is an unknown field. */
  readonly onlyWhen: readonly {
    readonly wireName: string;
    readonly values: readonly JsonValue[];
    /** The case for any other value; only of a case. */
    readonly except?: true;
  }[];
  readonly from: FieldSource;
  /** Sent only where this part of consent is on; the receiver does without. */
  readonly part?: string;
  /** Not sent on a yes to an edition of the list before this one. */
  readonly sinceEpoch?: number;
}

export type FieldSource =
  | {
      readonly kind:
        | "call"
        | "setup"
        | "package-version"
        | "schema-version"
        | "os"
        | "arch"
        | "node-major"
        | "runtime-version"
        | "process-start"
        | "now"
        | "sequence"
        | "command";
    }
  /** Made anew for each event. */
  | { readonly kind: "each-event"; readonly identifier: string }
  /** Minted or hashed by the client itself. */
  | { readonly kind: "identifier"; readonly identifier: string }
  /** Without `is`: the variable's own text. */
  | { readonly kind: "env"; readonly env: string; readonly is?: Match };

/** An event that is sent although telemetry is off. */
export interface EvenWhenOff {
  readonly reason: string;
  /** The places whose no doesn't hold for it: `stored`, `config`, `default`, or the name of a variable, a flag or a setting. */
  readonly despite: readonly string[];
  /** Only once, by the command that turns it off. */
  readonly on?: "disable";
}

export interface Event extends Node, HasFragments, Owned {
  readonly wireName: string;
  readonly codeName: string;
  readonly evenWhenOff?: EvenWhenOff;
  readonly when: string;
  readonly why: string;
  readonly note?: string;
  /** The part of consent that it belongs to. */
  readonly part?: string;
  /** Sent only where this is so; not where nobody tells. */
  readonly onlyWhere?: Fact;
  /** Not sent on a yes to an edition of the list before this one. */
  readonly sinceEpoch?: number;
  /** Its name up to the version before. */
  readonly renamedFrom?: string;
  readonly fields: readonly Field[];
  readonly schedule?: Schedule;
  readonly limit?: Limit;
  readonly sample?: Sample;
  readonly rollup?: Rollup;
}

/** By the clock; all in milliseconds. */
export interface Schedule {
  readonly every: number;
  /** After the first start of the program on a machine. Absent: at once. */
  readonly firstAfter?: number;
  /** Each one is delayed by a random time up to this. */
  readonly jitter?: number;
}

/** At most once in each, for each combination of these fields' values. A number: milliseconds. */
export interface Limit {
  readonly oncePer: "process" | "day" | "machine" | number;
  readonly forEach: readonly string[];
}

/** One in so many, drawn for each event, or once for each value of an identifier. */
export interface Sample {
  readonly oneIn: number;
  readonly by?: string;
  /** The field, a constant, that says so. */
  readonly reportedAs?: string;
}

export interface Rollup extends Node {
  /** The unit that one event is made for; a number: so many calls. Absent: a day. */
  readonly per?: "hour" | "week" | number;
  /** The grouping fields' wire names in the order written, without the period. */
  readonly by: readonly string[];
  /** Wire name → what becomes of its calls. First what counts every call, then the failed ones, then the others in the order written. */
  readonly counters: readonly { readonly wireName: string; readonly counts: Combine }[];
  /** The names of its emitter and its handle, where the contract says so. */
  readonly codeNames?: readonly [emitter: string, handle: string];
}

export type Combine = "calls" | "failed-calls" | "sum" | "max" | "min" | "last" | "union" | "count-distinct";

export interface Metric extends Node, Owned {
  readonly wireName: string;
  readonly codeName: string;
  readonly when: string;
  readonly why: string;
  readonly note?: string;
  /** The part of consent that it belongs to. */
  readonly part?: string;
  /** Sent only where this is so; not where nobody tells. */
  readonly onlyWhere?: Fact;
  /** Not sent on a yes to an edition of the list before this one. */
  readonly sinceEpoch?: number;
  readonly schedule?: Schedule;
  /** In the order in which they are printed. */
  readonly labels: readonly Field[];
  readonly value: { readonly type: Type; readonly means?: string; readonly example: JsonValue };
}
