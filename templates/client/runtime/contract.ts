/**
 * What the generated `contract.ts` of a product tells the runtime: plain data, no behaviour.
 * Everything that a contract does not use is absent, so that a bundler can leave its code out too.
 */

/** When a value that was found counts. The meaning of each is in `match.ts`. */
export type Match =
  | readonly (string | boolean)[]
  | "truthy"
  | "falsy"
  | "present"
  | "non-empty"
  | { readonly any_except: readonly string[] };

/** One place that consent is read from. The first step that matches decides; when both match, disable wins. */
export type ConsentStep = ({ readonly env: string } | { readonly config: string; readonly key: string } | { readonly stored: string }) & {
  readonly enable_when?: Match;
  readonly disable_when?: Match;
};

export interface ConsentContract {
  readonly model: "opt-in" | "opt-out";
  readonly evaluated: "every-event" | "at-start";
  readonly order: readonly ConsentStep[];
  /** Build name → what is special about it. Builds that are not named are normal. */
  readonly builds: Readonly<Record<string, "normal" | "compiled-out" | "locked-off">>;
  /** What users were told; see the contract's `consent_epoch`. */
  readonly epoch: number;
}

/** Values to write into the state file beside the answer itself. */
export type Stores = Readonly<Record<string, string | boolean>>;

export interface NoticeContract {
  readonly text: string;
  readonly when: "before-first-send" | "first-run";
  readonly stream: "stderr" | "stdout";
  readonly once: boolean;
  readonly stores: Stores;
}

export interface AskContract {
  readonly where: string;
  readonly needs: readonly ("terminal" | "not-ci" | "stdin-not-redirected")[];
  readonly question: string;
  readonly preselected: "accept" | "decline";
  readonly whenSkipped: "undecided" | "decline";
  readonly stores: Stores;
  readonly askAgain: "never" | "every-time";
}

export interface CommandContract {
  /** What a person types: `codegraph telemetry off`. */
  readonly run: string;
  readonly prints: readonly string[];
  readonly stores: Stores;
}

export interface StateFileContract {
  /** May begin with `~/` or `{app_dir}/`. */
  readonly path: string;
  readonly mode: number;
  /** Key → schema of its values; anything else counts as absent. */
  readonly keys: Readonly<Record<string, ValueSchema>>;
}

export interface IdentifierContract {
  readonly madeFrom: "random" | "hash" | "platform-id";
  /** Of something random that is kept locally, never of hardware. */
  readonly hash?: { readonly of: "machine" | "user" | "session"; readonly keep: "48 bits" | "64 hex" | "uuid" };
  readonly created: "first-run" | "first-send" | "opt-in" | "process-start" | "platform";
  readonly schema: ValueSchema;
  /** For people: how it is reset. */
  readonly resetBy?: string;
}

/** The part of JSON Schema that a value is checked by before it is sent: the same lines as in the published schema. */
export interface ValueSchema {
  readonly type?: "boolean" | "integer" | "number" | "string" | "array" | "object" | "null" | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly items?: ValueSchema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}
