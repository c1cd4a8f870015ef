/**
 * What the generated `contract.js` and `allowlist.js` of a product tell the worker: the contract's rules as data, and the
 * judgement of one event as generated code that an auditor can read.
 */

/** Everything that `ingest`, `wire` and `destination` of a contract say to its receiver. Durations in ms, sizes in bytes. */
export interface WorkerContract {
  readonly product: string;
  /** What is answered on the endpoint's path; `{name}` stands for a checked segment part. */
  readonly path: string;
  /** The URL's placeholders → which checked type each is. Empty for a fixed path. */
  readonly pathFields: Readonly<Record<string, Check>>;
  readonly wire:
    | { readonly format: "json"; readonly eventKey?: string; readonly encoding: "plain" | "base64url" }
    | {
        readonly format: "json-batch";
        readonly eventsKey: string;
        readonly eventKey: string;
        readonly fieldsKey: string;
        readonly timeKey?: string;
        readonly encoding: "plain" | "base64url";
      }
    | { readonly format: "prometheus-text" };
  readonly unknownEvent: "drop" | "reject";
  readonly unknownField: "strip" | "drop" | "reject";
  readonly invalidField: "strip" | "drop" | "reject";
  readonly limits: { readonly body: number; readonly events: number };
  readonly rateLimit?: { readonly per: string; readonly requests: number; readonly window: number };
  readonly acceptTimes?: { readonly past?: number; readonly future?: number };
  readonly responses: {
    readonly accepted: number;
    readonly malformed: number;
    readonly too_large: number;
    readonly rate_limited: number;
    readonly wrong_path: number;
    readonly wrong_method: number;
  };
  readonly sink?: SinkContract;
}

/** Where accepted events go. The secret is a name: its value exists only in the platform's settings. */
export interface SinkContract {
  readonly sink: string;
  readonly url?: string;
  readonly secret?: string;
  readonly distinctId?: string;
  readonly add: Readonly<Record<string, unknown>>;
}

/** One value, allowed or not. */
export type Check = (value: unknown) => boolean;

/** What passed: free of any sink's format. Metrics have their labels as fields, in printing order, and a value. */
export interface Accepted {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly time?: string;
  readonly value?: number;
}
