import type { JsonValue } from "../model/json-schema.js";
import type { Delivery, Destination, Event, FieldSource, Identifier, Match, Schedule, Wire } from "../model/model.js";
import type { PlanConsent } from "./plan-consent.js";
import type { Words } from "./words.js";

export type * from "./plan-consent.js";

/** The edition of this form. It rises when a reader of the former one would misread what is printed. */
export const planVersion = 1;
/**
 * A client as plain data: what it is called, given, told and held to, without any language's keyword, case or file ending. A language's
 * target prints it; `plainsight plan --json` shows it, so that one can be written outside of this repository too.
 *
 * Durations are in milliseconds, sizes in bytes. Names are lists of words, except for those that travel.
 */
export interface Plan {
  readonly plan: typeof planVersion;
  /** The contract's path, with forward slashes. */
  readonly source: string;
  readonly product: string;
  readonly title: string;
  readonly summary: string;
  readonly schemaVersion: number;
  readonly setup: PlanSetup;
  readonly emitters: readonly PlanEmitter[];
  readonly controls: readonly PlanControl[];
  /** Sent with every event. */
  readonly common: readonly PlanField[];
  readonly consent: PlanConsent;
  /** Absent: nothing is kept on the machine but what waits to be sent. */
  readonly state?: PlanState;
  readonly identifiers: readonly PlanIdentifier[];
  readonly destination: PlanDestination;
  readonly wire: Plain<Wire>;
  readonly delivery: PlanDelivery;
}

/** A part of the model without its places in the YAML. */
export type Plain<T> = T extends JsonValue
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [Key in keyof T as Key extends symbol | "at" ? never : Key]: Plain<T[Key]> }
      : T;

/** What may travel of what is given: a plain copy, or nothing. */
export type PlanValue =
  /** There is but one, and nobody gives it. */
  | { readonly is: "always"; readonly value: JsonValue }
  | { readonly is: "or-null"; readonly of: PlanValue }
  | { readonly is: "flag" }
  | { readonly is: "integer" | "number"; readonly least?: number; readonly most?: number }
  /** A number within these bounds once it is rounded to so many decimals, halves away from zero. */
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
  /** What is not of that form becomes `otherwise`. */
  | { readonly is: "or-else"; readonly of: PlanValue; readonly otherwise: string }
  /** The first so many UTF-16 units of a text, without half of a surrogate pair at its end. */
  | { readonly is: "cut"; readonly of: PlanValue; readonly most: number }
  /** A raw number, of which a label travels. `below`: number < edge. `up-to`: its whole part ≤ edge. The last label has no edge. */
  | { readonly is: "below" | "up-to"; readonly edges: readonly number[]; readonly labels: readonly string[] }
  /** Every item, or nothing; `items`, a list of objects: every item that is valid. */
  | { readonly is: "list" | "items"; readonly of: PlanValue; readonly most?: number }
  /** Entries of which key and value are valid; others are left out. More than `most`: nothing. No key is called `__proto__`. */
  | { readonly is: "map"; readonly keys: PlanValue; readonly of: PlanValue; readonly most: number }
  | { readonly is: "object"; readonly fields: readonly PlanField[] };

/**
 * Where a field's value comes from. `constant`: nobody gives it. `call`: whoever calls the emitter. `command`: what `setup` was given as
 * `command`, else the longest of the values that the first words of the command line make, options left out, else the first word.
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

/** A field that is sent. */
export interface PlanField {
  /** What travels. */
  readonly name: string;
  /** What a caller, or `setup`, calls it. */
  readonly words: Words;
  readonly from: PlanSource;
  readonly value: PlanValue;
  readonly optional: boolean;
  /** Exists only when each sibling has this value, or one of these. */
  readonly onlyWhen: Readonly<Record<string, JsonValue>>;
  /** Of a rollup's group: there is no closed set of values, so past a certain number of them the others are counted as one. */
  readonly open?: true;
  /** As it travels. */
  readonly example: JsonValue;
  /** What to give to have it so, objects by the names that travel: for a bucket a number. */
  readonly given: JsonValue;
  /** For people, as lines of plain text with values in backquotes; a line may be empty. */
  readonly doc: readonly string[];
}

/** What is given once. */
export interface PlanSetup {
  readonly fields: readonly PlanField[];
  /** Whether the product's version is among it, for where it can't be found. */
  readonly version: boolean;
  /** Whether the command that was run is among it, for where the command line doesn't say it. */
  readonly command: boolean;
}

export type PlanEmitter = PlanEvent | PlanRollup | PlanMetric;

interface Emitter {
  /** What travels. */
  readonly name: string;
  readonly words: Words;
  readonly when: string;
  readonly why: string;
  readonly note?: string;
}

export interface PlanEvent extends Emitter {
  readonly kind: "event";
  readonly fields: readonly PlanField[];
  /** Names of those that the caller gives, in order; `example`: those that the example gives. */
  readonly given: readonly string[];
  readonly example: readonly string[];
  /** By the clock: the caller gives what makes the fields, which is not called while telemetry is off. Its words end in `every`. */
  readonly schedule?: Schedule;
  readonly limit?: NonNullable<Event["limit"]>;
  readonly sample?: NonNullable<Event["sample"]>;
}

export interface PlanRollup extends Emitter {
  readonly kind: "rollup";
  /** What a counter that is bound to one group is called. */
  readonly handle: Words;
  /** The grouping fields in the order written. */
  readonly by: readonly PlanField[];
  /** Names of those that have to be given, in order. */
  readonly required: readonly string[];
  /** Those that may be left out; those that share their first word may be given together, as one thing. */
  readonly optional: readonly (
    | string
    | { readonly words: Words; readonly members: readonly { readonly name: string; readonly words: Words }[] }
  )[];
  /** The first counts every call, a second the failed ones (so that each call says whether it went well), further ones what is added. */
  readonly counters: readonly {
    readonly name: string;
    readonly words: Words;
    readonly counts: string;
    readonly most?: number;
  }[];
}

export interface PlanMetric extends Emitter {
  readonly kind: "metric";
  readonly schedule?: Schedule;
  /** In the order in which they are printed. */
  readonly labels: readonly PlanField[];
  /** Names of those that the caller gives. */
  readonly given: readonly string[];
  /** `always`: it isn't given. */
  readonly value: { readonly value: PlanValue; readonly means?: string; readonly example: JsonValue };
}

/** What a program calls beside the emitters. `setup` and the telemetry command stand apart. */
export type PlanControl =
  | { readonly kind: "ask"; readonly words: Words; readonly where: readonly string[] }
  /** Waits for what is due, or for what is on its way. */
  | { readonly kind: "flush"; readonly words: Words }
  | { readonly kind: "command-start"; readonly words: Words; readonly commands: readonly string[] }
  | {
      readonly kind: "command-end";
      readonly words: Words;
      readonly commands: readonly string[];
      readonly wait: boolean;
    }
  | { readonly kind: "process-exit"; readonly words: Words; readonly wait: boolean }
  | { readonly kind: "flush-every"; readonly words: Words; readonly every: number }
  /** `every`: of what is due most often. `inStep`: all metrics go together, from the start on; otherwise each by its own schedule. */
  | { readonly kind: "start-reports"; readonly words: Words; readonly every: number; readonly inStep: boolean }
  | { readonly kind: "report-once"; readonly words: Words };

export interface PlanState {
  /** May begin with `~/` or `{app_dir}/`. */
  readonly path: string;
  /** What each of its keys may hold: the contract's, the identifiers', and our own. Anything else counts as absent. */
  readonly keys: Readonly<Record<string, PlanValue>>;
  /** Whether the contract names it, so that an answer can be kept and a command has something to change. */
  readonly declared: boolean;
}

export interface PlanIdentifier {
  readonly name: string;
  readonly madeFrom: Identifier["madeFrom"];
  readonly hash?: Plain<NonNullable<Identifier["hash"]>>;
  readonly created: Identifier["created"];
  readonly value: PlanValue;
  /** What is sent in its place where programs are built and tested: one text for all, or nothing. */
  readonly inCi?: { readonly text?: string };
  /** How a random text of another form is made: piece by piece, so many of these characters. */
  readonly drawn?: readonly { readonly of: string; readonly times: number }[];
  readonly resetBy?: string;
}

export interface PlanDestination {
  /** Absent: POST. */
  readonly method?: NonNullable<Destination["method"]>;
  /** With a `{name}` for each of `urlFields`. */
  readonly url: string;
  readonly urlFields: readonly PlanField[];
  readonly override?: Plain<NonNullable<Destination["override"]>>;
}

export interface PlanDelivery {
  readonly mode: Delivery["mode"];
  readonly timeout: number;
  /** How often a request is tried that can't be handed over. */
  readonly attempts: number;
  /** Answers after which a queue keeps its events for the next time. Absent: any answer is final. */
  readonly putsBack?: readonly number[];
  readonly onFailure: Delivery["onFailure"];
  readonly logLevel: Delivery["logLevel"];
  readonly queue?: Plain<NonNullable<Delivery["queue"]>>;
  readonly debug?: Plain<NonNullable<Delivery["debug"]>>;
  /** What marks of events that happen once lie beside, and how their names begin. */
  readonly marks?: { readonly beside: string; readonly prefix: string };
  /** What the receiver takes at once. */
  readonly limits: { readonly body: number; readonly events: number };
}
