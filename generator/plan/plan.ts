import type { JsonValue } from "../model/json-schema.js";
import type { Combine, Destination, Event, Identifier, Schedule, Wire } from "../model/model.js";
import type { PlanConsent } from "./plan-consent.js";
import type { PlanDelivery } from "./plan-delivery.js";
import type { PlanSource, PlanValue } from "./plan-value.js";
import type { Words } from "./words.js";

export type * from "./plan-consent.js";
export type * from "./plan-delivery.js";
export type * from "./plan-value.js";

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
  /** Nothing is sent any more: what a program calls does nothing. */
  readonly retired?: true;
  /** Absent: nothing is kept on the machine but what waits to be sent. */
  readonly state?: PlanState;
  readonly identifiers: readonly PlanIdentifier[];
  /** True if something is hashed with the machine's own secret, which is made for that and shown to nobody. */
  readonly secret?: true;
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

/** A field that is sent. */
export interface PlanField {
  /** The name that travels. */
  readonly name: string;
  /** The name for a caller or for `setup`. */
  readonly words: Words;
  readonly from: PlanSource;
  readonly value: PlanValue;
  readonly optional: boolean;
  /** Sent only where this part of consent is on. */
  readonly part?: string;
  /** Not sent on a yes to an edition of the list before this one. */
  readonly sinceEpoch?: number;
  /** Exists only when each sibling has this value, or one of these. */
  readonly onlyWhen: Readonly<Record<string, JsonValue>>;
  /** Of a rollup's group: there is no closed set of values, so past a certain number of them the others are counted as one. */
  readonly open?: true;
  /** `2027-06-30`: from that day on (UTC) it is left out. */
  readonly expires?: string;
  /** An identifier that the program gives: in CI this text is sent in its place, or without one nothing is. */
  readonly inCi?: { readonly text?: string };
  /** As it travels. */
  readonly example: JsonValue;
  /** The value to give in order to get it, objects by the names that travel: for a bucket a number. */
  readonly given: JsonValue;
  /** For people, as lines of plain text with values in backquotes; a line may be empty. */
  readonly doc: readonly string[];
}

/** The values that are given once. */
export interface PlanSetup {
  readonly fields: readonly PlanField[];
  /** True if the product's version is among it, for where it can't be found. */
  readonly version: boolean;
  /** True if the command that was run is among it, for where the command line doesn't say it. */
  readonly command: boolean;
}

export type PlanEmitter = PlanEvent | PlanRollup | PlanMetric;

interface Emitter {
  /** The name that travels. */
  readonly name: string;
  readonly words: Words;
  readonly when: string;
  readonly why: string;
  readonly note?: string;
  /** The part of consent that it belongs to. */
  readonly part?: string;
  /** Sent only where this is so; not where nobody tells. */
  readonly onlyWhere?: Plain<NonNullable<Event["onlyWhere"]>>;
  /** Not sent on a yes to an edition of the list before this one. */
  readonly sinceEpoch?: number;
  /** `2027-06-30`: from that day on (UTC) it is not recorded. */
  readonly expires?: string;
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
  /** Sent although telemetry is off, in spite of the noes in these places; without identifiers, and at once. */
  /** `leaves`: what goes with every event but this, since the program gives it to tell people or machines apart. */
  readonly evenWhenOff?: Plain<NonNullable<Event["evenWhenOff"]>> & { readonly leaves: readonly string[] };
}

export interface PlanRollup extends Emitter {
  readonly kind: "rollup";
  /** The name of a counter that is bound to one group. */
  readonly handle: Words;
  /** The grouping fields in the order written, each called as where it is given by itself. */
  readonly by: readonly PlanField[];
  /** Names of those that have to be given, in order. */
  readonly required: readonly string[];
  /** Those that may be left out; those that share their first word may be given together, as one thing. */
  readonly optional: readonly (
    | string
    | { readonly words: Words; readonly members: readonly { readonly name: string; readonly words: Words }[] }
  )[];
  /** The unit that one event is made for. Absent: a day. */
  readonly per?: "hour" | "week" | number;
  /** Daily totals: the first counter counts every call, a second the failed ones, further ones are sums of what is given. */
  readonly plain: boolean;
  /** By `counts`: `calls` stands first, then `failed-calls` (so that each call says whether it went well), then what is given. */
  readonly counters: readonly {
    readonly name: string;
    readonly words: Words;
    readonly counts: Combine;
    /** Of what is sent: of a `union` the list of all that was given. */
    readonly value: PlanValue;
    /** The greatest sum, or how many values are told apart. */
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

/** A function that a program calls besides the emitters. `setup` and the telemetry command stand apart. */
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
  | { readonly kind: "process-exit"; readonly words: Words }
  | { readonly kind: "flush-every"; readonly words: Words; readonly every: number }
  /** `every`: of what is due most often. `inStep`: all metrics go together, from each start on; otherwise when each was sent last is kept. */
  | { readonly kind: "start-reports"; readonly words: Words; readonly every: number; readonly inStep: boolean }
  | { readonly kind: "report-once"; readonly words: Words };

export interface PlanState {
  /** May begin with `~/` or `{app_dir}/`. */
  readonly path: string;
  /** The values that each key may have: the contract's keys, the identifiers', and our own. Anything else counts as absent. */
  readonly keys: Readonly<Record<string, PlanValue>>;
  /** True if the contract names it, so that an answer can be kept and a command has something to change. */
  readonly declared: boolean;
}

export interface PlanIdentifier {
  readonly name: string;
  /** The key under which the state file keeps it, where that isn't its name. */
  readonly key?: string;
  readonly madeFrom: Identifier["madeFrom"];
  readonly hash?: Plain<NonNullable<Identifier["hash"]>>;
  readonly created: Identifier["created"];
  readonly value: PlanValue;
  /** The text that is sent in its place where programs are built and tested: one text for all, or nothing. */
  readonly inCi?: { readonly text?: string };
  /** The making of a random text of another form: piece by piece, so many of these characters. */
  readonly drawn?: readonly { readonly of: string; readonly times: number }[];
  readonly resetBy?: string;
}

export interface PlanDestination {
  /** Absent: POST. */
  readonly method?: NonNullable<Destination["method"]>;
  /** The party that names the address, where the contract has none: then `url` is empty. */
  readonly namedBy?: NonNullable<Destination["namedBy"]>;
  /** With a `{name}` for each of `urlFields`. */
  readonly url: string;
  readonly urlFields: readonly PlanField[];
  readonly override?: Plain<NonNullable<Destination["override"]>>;
}
