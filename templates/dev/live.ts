/** The messages from the server to the page: everything when it connects, then each request as it came. */
export interface Live {
  readonly product: string;
  /** The host that runs the worker, in words. */
  readonly host: string;
  readonly endpoint: string;
  readonly examples: readonly string[];
  /** All of them where `all`; else those that are new. Oldest first. */
  readonly requests: readonly Row[];
  readonly all: boolean;
  readonly coverage: readonly Covered[];
}

/** One request, without any value that did not pass. */
export interface Row {
  readonly id: number;
  /** `12:00:03`, the machine's own time. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly bytes: number;
  readonly status: number;
  /** One word of the worker's, and what it means. */
  readonly outcome: string;
  readonly meaning: string;
  /** The events that would have been stored. */
  readonly kept: readonly {
    readonly event: string;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly value?: number;
  }[];
  /** The refused parts: where, and why. */
  readonly refused: readonly { readonly place: string; readonly verdict: string; readonly about: string }[];
}

export interface Covered {
  readonly event: string;
  readonly seen: number;
  readonly fields: readonly { readonly name: string; readonly seen: number; readonly optional: boolean }[];
}
