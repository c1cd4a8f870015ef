import type { Match } from "./consent.js";
import type { Node } from "./node.js";

/** Durations are in milliseconds, sizes in bytes. */
export interface Delivery extends Node {
  readonly mode: "immediate" | "queued" | "periodic";
  readonly timeout: number;
  /** How often a request is tried that can't be handed over. */
  readonly attempts: number;
  readonly onFailure: "silent" | "log";
  readonly logLevel: "debug" | "info" | "warn";
  readonly queue?: {
    readonly file: string;
    readonly maxSize: number;
    readonly whenFull: "drop-oldest" | "drop-newest";
    readonly reclaimAfter: number;
  };
  readonly flush: readonly {
    readonly at: "command-start" | "command-end" | "interval" | "process-exit";
    readonly commands: readonly string[];
    readonly wait: boolean;
    readonly every?: number;
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
