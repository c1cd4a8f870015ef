import type { Guarantee } from "../language/guarantees.js";
import type { Clients } from "./clients.js";
import type { Consent, Identifier } from "./consent.js";
import type { Delivery } from "./delivery.js";
import type { Destination } from "./destination.js";
import type { Event, Field, Metric } from "./fields.js";
import type { FrozenContract } from "./frozen.js";
import type { Ingest } from "./ingest.js";
import type { Node } from "./node.js";
import type { Query } from "./query.js";
import type { Wire } from "./wire.js";

export type * from "../language/guarantees.js";
export type * from "./clients.js";
export type * from "./consent.js";
export type * from "./delivery.js";
export type * from "./destination.js";
export type * from "./fields.js";
export type * from "./ingest.js";
export type * from "./node.js";
export type * from "./query.js";
export type * from "./wire.js";

/**
 * One contract, checked and resolved: what every target reads.
 *
 * Readonly, in a fixed order (events, fields and identifiers by name; labels, steps and lists as written), with all
 * defaults filled in, so that two specs that say the same give the same bytes. Every node keeps its place in the YAML.
 */
export interface Model extends Node {
  /** The spec's path as shown to people, with forward slashes: `spec/events.yaml`. */
  readonly source: string;
  readonly product: string;
  readonly title: string;
  readonly summary: string;
  readonly schemaVersion: number;
  /** The edition of the list that users were told of; raised when more is collected. 1 where the spec says nothing. */
  readonly consentEpoch: number;
  readonly why: readonly string[];
  readonly neverCollected: readonly string[];
  readonly policy?: string;
  readonly contact?: string;
  /** The party that answers for it before the law. */
  readonly legal?: {
    readonly controller?: string;
    readonly basis?: string;
    readonly rights?: string;
    readonly processors?: readonly string[];
  };
  /** Under which the list of what is sent may be used. */
  readonly licence?: string;
  readonly consent: Consent;
  /** Empty when the spec says `none`. */
  readonly identifiers: readonly Identifier[];
  /** Something is hashed with the machine's own secret in front of it, which is kept in the state file. */
  readonly salts?: true;
  readonly destination: Destination;
  /** Sent with every event. */
  readonly common: readonly Field[];
  /** Empty when the contract reports metrics. */
  readonly events: readonly Event[];
  readonly metrics: readonly Metric[];
  readonly guarantees: readonly Guarantee[];
  readonly wire: Wire;
  readonly delivery: Delivery;
  readonly ingest: Ingest;
  readonly clients: Clients;
  /** The dashboards, as printed. */
  readonly dashboards: readonly string[];
  /** Those of them that say what they are made of. */
  readonly queries: readonly Query[];
  /** Nothing is sent any more, and what older clients send is discarded. */
  readonly retired?: { readonly since: string; readonly why: string };
  /** Other contracts of the same product: paths from this one. */
  readonly programmes?: readonly string[];
  /** Duties of the product's own code: printed, and done by nothing that is generated. */
  readonly described?: readonly string[];
  readonly openQuestions: readonly string[];
  readonly history: readonly HistoryEntry[];
  /** Highest number of bits that one event may carry, where the spec sets a limit. */
  readonly maxBits?: number;
  /** The released versions, oldest first, from `frozen/v<N>.json` beside the spec. */
  readonly frozen: readonly FrozenContract[];
  /** The changes of each version, newest first, in plain sentences, worked out from the frozen versions. */
  readonly changes: readonly VersionChanges[];
}

/** One version's part of the change log. */
export interface VersionChanges {
  readonly version: number;
  readonly date?: string;
  /** The authors' words, from `history`. */
  readonly summary?: string;
  /** Empty for the first version: the whole page is what it brought. More first, then less, then the rest. */
  readonly changes: readonly {
    readonly id: string;
    readonly impact: "more" | "less" | "same" | "docs";
    readonly sentence: string;
  }[];
}

export interface HistoryEntry extends Node {
  readonly version: number;
  readonly date?: string;
  readonly change: string;
  /** The reason why its new words mean what the old ones meant. */
  readonly wordingOnly?: string;
}
