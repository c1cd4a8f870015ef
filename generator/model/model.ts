import type { Span } from "../diagnostics/diagnostic.js";
import type { FrozenContract } from "./frozen.js";
import type { JsonSchema, JsonValue } from "./json-schema.js";

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
  /** What users were told; raised when more is collected. 1 where the spec says nothing. */
  readonly consentEpoch: number;
  readonly why: readonly string[];
  readonly neverCollected: readonly string[];
  readonly policy?: string;
  readonly contact?: string;
  readonly consent: Consent;
  /** Empty when the spec says `none`. */
  readonly identifiers: readonly Identifier[];
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
  readonly dashboards: readonly string[];
  readonly openQuestions: readonly string[];
  readonly history: readonly HistoryEntry[];
  /** Highest number of bits that one event may carry, where the spec sets a limit. */
  readonly maxBits?: number;
  /** The released versions, oldest first, from `frozen/v<N>.json` beside the spec. */
  readonly frozen: readonly FrozenContract[];
  /** What each version changed, newest first, in plain sentences, worked out from the frozen versions. */
  readonly changes: readonly VersionChanges[];
}

/** One version's part of the change log. */
export interface VersionChanges {
  readonly version: number;
  readonly date?: string;
  /** What the authors say, from `history`. */
  readonly summary?: string;
  /** Empty for the first version: the whole page is what it brought. More first, then less, then the rest. */
  readonly changes: readonly { readonly id: string; readonly verdict: "more" | "less" | "same" | "docs"; readonly sentence: string }[];
}

export interface Node {
  readonly at: Span;
}

// ── Types and fields ────────────────────────────────────────────────────────────────────────────────────────────

/** A field type with its parameters, lowered: everything that any target needs to know about its values. */
export interface Type {
  /** The registry's name of it: `bucket`. */
  readonly kind: string;
  /** The name it has under `types:`, if it has one. */
  readonly name?: string;
  /** What may travel. */
  readonly schema: JsonSchema;
  /** The closed set of values, where there is one, as they travel. */
  readonly values?: readonly JsonValue[];
  /** For people, plain text without values: `a whole number from 1 to 99`, `one of`, `at most 12 items, each …`. */
  readonly rule: string;
  /** How many different values there are; `Infinity` for open text. Identifiers count apart. */
  readonly alternatives: number;
  /** Why open text is let through, where it is. */
  readonly justification?: string;
  /** How the client makes what travels out of what the caller gives, where the two differ. */
  readonly input?: Input;
  /** `list`: what each item is. */
  readonly of?: Type;
  /** `object`: its fields. */
  readonly fields?: readonly Field[];
  /** `identifier`: which one. */
  readonly identifier?: string;
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
  /** The caller may give any text; what is not in the set becomes `otherwise` before it is sent. */
  | { readonly kind: "otherwise"; readonly values: readonly string[]; readonly otherwise: string };

export interface Field extends Node {
  /** What travels: the YAML key, exactly. */
  readonly wireName: string;
  /** What generated code says, camelCase. */
  readonly codeName: string;
  readonly type: Type;
  /** Empty inside objects, where none is required. */
  readonly why: string;
  readonly note?: string;
  /** Always present and valid. */
  readonly example: JsonValue;
  readonly optional: boolean;
  readonly nullable: boolean;
  /** Accepted from old clients, never sent, never required. */
  readonly legacy: boolean;
  /** Accepted, and removed before anything is stored or forwarded. */
  readonly droppedAtEdge?: true;
  /** What it was called up to the version before: the same values, so nothing more is learnt. */
  readonly renamedFrom?: string;
  /** Exists only when each of these sibling fields has this value; otherwise it is an unknown field. */
  readonly onlyWhen: readonly { readonly wireName: string; readonly value: JsonValue }[];
  readonly from: FieldSource;
}

export type FieldSource =
  | { readonly kind: "call" | "setup" | "package-version" | "schema-version" | "os" | "arch" | "node-major" | "process-start" }
  /** Minted or hashed by the client itself. */
  | { readonly kind: "identifier"; readonly identifier: string }
  | { readonly kind: "env"; readonly env: string; readonly is: Match };

export interface Event extends Node {
  readonly wireName: string;
  readonly codeName: string;
  readonly when: string;
  readonly why: string;
  readonly note?: string;
  /** What it was called up to the version before. */
  readonly renamedFrom?: string;
  readonly fields: readonly Field[];
  readonly limit?: "once-per-process" | "once-per-day" | "once-per-machine";
  readonly rollup?: Rollup;
}

export interface Rollup extends Node {
  /** The grouping fields' wire names in the order written, without `day`. */
  readonly by: readonly string[];
  /** Wire name of a whole-number field → what it counts. In the order written: the first counts every call, a second the failed ones. */
  readonly counters: readonly { readonly wireName: string; readonly counts: string }[];
}

export interface Metric extends Node {
  readonly wireName: string;
  readonly codeName: string;
  readonly when: string;
  readonly why: string;
  readonly note?: string;
  /** In the order in which they are printed. */
  readonly labels: readonly Field[];
  readonly value: { readonly type: Type; readonly means?: string; readonly example: JsonValue };
}

// ── Consent and identity ────────────────────────────────────────────────────────────────────────────────────────

export type Match =
  | { readonly kind: "exactly"; readonly values: readonly (string | boolean)[] }
  | { readonly kind: "truthy" | "falsy" | "present" | "non-empty" }
  | { readonly kind: "any-except"; readonly values: readonly string[] };

export type BuildKind = "normal" | "compiled-out" | "locked-off";

export interface Consent extends Node {
  readonly model: "opt-in" | "opt-out";
  readonly evaluated: "every-event" | "at-start";
  readonly order: readonly ConsentStep[];
  /** Build name → kind, by name. Empty: every build is normal. */
  readonly builds: readonly { readonly name: string; readonly kind: BuildKind }[];
  readonly ask: readonly Ask[];
  readonly notice?: Notice;
  readonly commands: {
    readonly status?: Command;
    readonly enable?: Command;
    readonly disable?: Command;
  };
  readonly stateFile?: StateFile;
}

export interface ConsentStep extends Node {
  readonly place:
    | { readonly kind: "env"; readonly env: string }
    | { readonly kind: "config"; readonly config: string; readonly key: string }
    | { readonly kind: "stored"; readonly key: string };
  readonly enableWhen?: Match;
  readonly disableWhen?: Match;
}

export type Stores = readonly { readonly key: string; readonly value: string | boolean }[];

export interface Ask extends Node {
  readonly where: string;
  readonly needs: readonly ("terminal" | "not-ci" | "stdin-not-redirected")[];
  readonly question: string;
  readonly preselected: "accept" | "decline";
  readonly whenSkipped: "undecided" | "decline";
  readonly stores: Stores;
  readonly askAgain: "never" | "every-time";
}

export interface Notice extends Node {
  readonly text: string;
  readonly when: "before-first-send" | "first-run";
  readonly stream: "stderr" | "stdout";
  readonly once: boolean;
  readonly stores: Stores;
}

export interface Command extends Node {
  readonly run: string;
  readonly prints: readonly string[];
  readonly stores: Stores;
}

export interface StateFile extends Node {
  /** May begin with `~/` or `{app_dir}/`. */
  readonly path: string;
  readonly mode: string;
  readonly deletingIt?: string;
  readonly keys: readonly { readonly key: string; readonly type: Type }[];
}

export interface Identifier extends Node {
  readonly name: string;
  readonly identifies: "user" | "machine" | "session" | "cluster" | "workload";
  readonly madeFrom: "random" | "hash" | "platform-id";
  readonly hash?: { readonly of: "machine" | "user" | "session"; readonly algorithm: "sha256"; readonly keep: "48 bits" | "64 hex" | "uuid" };
  readonly format: Type;
  readonly created: "first-run" | "first-send" | "opt-in" | "process-start" | "platform";
  readonly resetBy?: string;
  readonly deletionBy?: string;
}

// ── Destination and transport ───────────────────────────────────────────────────────────────────────────────────

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
  | { readonly format: "json"; /** Absent: the name is not sent. */ readonly eventKey?: string; readonly encoding: Encoding }
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

export interface HistoryEntry extends Node {
  readonly version: number;
  readonly date?: string;
  readonly change: string;
}
