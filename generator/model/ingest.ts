import type { JsonValue } from "./json-schema.js";
import type { Node } from "./node.js";

export type ResponseName = "accepted" | "malformed" | "too_large" | "rate_limited" | "wrong_path" | "wrong_method";

/** Durations are in milliseconds, sizes in bytes. */
export interface Ingest extends Node {
  readonly worker?: string;
  readonly operatedBy?: string;
  /** Other contracts of the project, by their folder's name, whose clients are answered here by their own rules. */
  readonly also?: readonly string[];
  readonly unknownEvent: "drop" | "reject";
  readonly unknownField: "strip" | "drop" | "reject";
  readonly invalidField: "strip" | "drop" | "reject";
  readonly limits: { readonly body: number; readonly events: number };
  /** The oldest version that is still heard; what older clients send is answered with success and discarded. Absent: all are heard. */
  readonly supportedFrom?: number;
  readonly rateLimit?: { readonly per: string; readonly requests: number; readonly window: number };
  readonly acceptTimes?: { readonly past?: number; readonly future?: number };
  /** `unavailable`: where the contract says what is answered when nothing more can be kept. */
  readonly responses: Readonly<Record<ResponseName, number>> & { readonly unavailable?: number };
  /** Answers of the receiver's failure after which a queue keeps its events for the next time, rising. Absent: any answer is final. */
  readonly putsBack?: readonly number[];
  /** The values that the receiver works out by itself, by name. */
  readonly derives?: readonly { readonly name: string; readonly from: "client-ip" | "now" }[];
  readonly forwardTo?: {
    readonly sink: string;
    readonly url?: string;
    readonly secret?: string;
    readonly distinctId?: string;
    readonly region?: string;
    readonly add: Readonly<Record<string, JsonValue>>;
    readonly backendSettings: readonly string[];
  };
}
