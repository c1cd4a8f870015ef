import type { Match } from "./consent.js";
import type { Field } from "./fields.js";
import type { JsonValue } from "./json-schema.js";
import type { Node } from "./node.js";

export interface Destination extends Node {
  readonly url: string;
  /** One per `{placeholder}` of the URL. */
  readonly urlFields: readonly Field[];
  readonly headers: readonly (
    | { readonly name: string; readonly kind: "secret"; readonly env: string }
    | { readonly name: string; readonly kind: "field"; readonly field: Field }
  )[];
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
  readonly storedIn?: string;
  readonly access?: string;
  readonly retention?: { readonly raw?: string; readonly aggregates?: string };
  readonly deletion?: string;
}

export type Guarantee =
  | "allowlist-only"
  | "off-is-off"
  | "never-blocks"
  | "never-throws"
  | "exit-code-unaffected"
  | "silent-on-failure"
  | "no-stdout"
  | "no-retry"
  | "no-new-dependencies"
  | "not-in-debug-builds";

export type Encoding = "plain" | "base64url";

export type Wire =
  | {
      readonly format: "json" /** Absent: the name is not sent. */;
      readonly eventKey?: string;
      readonly encoding: Encoding;
    }
  | {
      readonly format: "json-batch";
      readonly eventsKey: string;
      readonly eventKey: string;
      readonly fieldsKey: string;
      readonly timeKey?: string;
      readonly encoding: Encoding;
    }
  | { readonly format: "prometheus-text" };

/** Durations are in milliseconds, sizes in bytes. */
export interface Delivery extends Node {
  readonly mode: "immediate" | "queued" | "periodic";
  readonly every?: number;
  readonly timeout: number;
  readonly attempts: number;
  readonly onFailure: "silent" | "log";
  readonly logLevel: "debug" | "info" | "warn";
  readonly queue?: {
    readonly file: string;
    readonly maxSize: number;
    readonly whenFull: "drop-oldest" | "drop-newest";
    readonly whenCorrupt: "truncate" | "skip-line";
    readonly claim: "atomic-rename" | "none";
    readonly reclaimAfter: number;
    readonly onExit: "synchronous-append" | "nothing";
  };
  readonly flush: readonly {
    readonly at: "command-start" | "command-end" | "interval" | "process-exit";
    readonly commands: readonly string[];
    readonly wait: boolean;
    readonly every?: number;
    readonly keepsProcessAlive: boolean;
  }[];
  readonly debug?: {
    readonly env: string;
    readonly when: Match;
    readonly shows: "payload" | "one-line-per-send";
    readonly level: "debug" | "info";
    readonly stream: "stderr" | "log";
    readonly line?: string;
  };
}

export type ResponseName = "accepted" | "malformed" | "too_large" | "rate_limited" | "wrong_path" | "wrong_method";

/** Durations are in milliseconds, sizes in bytes. */
export interface Ingest extends Node {
  readonly worker?: string;
  readonly operatedBy?: string;
  readonly unknownEvent: "drop" | "reject";
  readonly unknownField: "strip" | "drop" | "reject";
  readonly invalidField: "strip" | "drop" | "reject";
  readonly limits: { readonly body: number; readonly events: number };
  /** The oldest version that is still heard; what older clients send is answered with success and discarded. Absent: all are heard. */
  readonly supportedFrom?: number;
  readonly rateLimit?: { readonly per: string; readonly requests: number; readonly window: number };
  readonly acceptTimes?: { readonly past?: number; readonly future?: number };
  readonly responses: Readonly<Record<ResponseName, number>>;
  readonly forwardTo?: {
    readonly sink: string;
    readonly url?: string;
    readonly secret?: string;
    readonly distinctId?: string;
    readonly add: Readonly<Record<string, JsonValue>>;
    readonly backendSettings: readonly string[];
  };
}
