import type { Field } from "./fields.js";
import type { Node } from "./node.js";

export interface Destination extends Node {
  /** Absent: POST. */
  readonly method?: "PUT" | "GET" | "HEAD";
  /**
   * The party that names the address, where the contract doesn't: the one that builds the product, or the one that runs it. `url`
   * is then a stand-in.
   */
  readonly namedBy?: "build" | "operator";
  /** With a `{name}` for each of `urlFields`. */
  readonly url: string;
  /** Fields that are in the address alone and go with every event: the receiver checks it, and keeps nothing of it. */
  readonly urlFields: readonly Field[];
  readonly override?: {
    readonly order: readonly (
      | { readonly kind: "env"; readonly env: string }
      | { readonly kind: "config"; readonly config: string; readonly key: string }
    )[];
    readonly httpAllowedFor: readonly string[];
    readonly whenRejected: "use-default" | "try-next" | "disable";
  };
  readonly operator: { readonly name: string; readonly party: "first" | "third" };
  readonly clientIp: "never-read" | "discarded" | "geolocated-then-discarded" | "stored" | "not-stated";
  /** The use of the address while it is there. */
  readonly clientIpUsedFor?: string;
  readonly storedIn?: string;
  readonly access?: string;
  readonly retention?: Retention;
  readonly deletion?: string;
}

/** The time for which it is kept: single reports, sums, and what is kept for another time. */
export interface Retention {
  readonly raw?: string;
  readonly aggregates?: string;
  readonly tiers?: Readonly<Record<string, string>>;
}

/** The stand-in for an address that the contract doesn't name. Nothing is ever found there (RFC 2606). */
export const UNNAMED = "https://address.invalid/";
