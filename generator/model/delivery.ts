import type { ModeWord } from "../language/delivery/modes/define.js";
import { MODES, type ModeName } from "../language/delivery/modes/index.js";
import type { Match } from "./consent.js";
import type { Node } from "./node.js";

/** Durations are in milliseconds, sizes in bytes. */
export interface Delivery extends Node {
  readonly mode: ModeName;
  /** The number of bytes of the receiver's answer that the program uses. */
  readonly answer?: number;
  readonly timeout: number;
  /** The number of tries of a request that can't be handed over. */
  readonly attempts: number;
  readonly onFailure: "silent" | "log";
  readonly logLevel: "debug" | "info" | "warn";
  /** The most events in one request. Absent: as many as the receiver takes. */
  readonly batch?: number;
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
    /** Shown instead of sent. */
    readonly sends?: false;
    /** Shown also while telemetry is off. */
    readonly whenOff?: true;
    readonly level: "debug" | "info";
    readonly stream: "stderr" | "log";
    readonly line?: string;
  };
}

/**
 * Returns the properties that depend on the delivery mode. An unknown mode is a finding already, and has
 * the properties of the usual one.
 */
export function modeOf({ delivery }: { readonly delivery: Pick<Delivery, "mode"> }): ModeWord {
  return MODES[delivery.mode] ?? MODES.immediate;
}

/** Returns what one request of a client holds at most. */
export function mostAtOnce({
  delivery,
  ingest,
}: {
  readonly delivery: Pick<Delivery, "batch">;
  readonly ingest: { readonly limits: { readonly body: number; readonly events: number } };
}): { readonly body: number; readonly events: number } {
  const { body, events } = ingest.limits;
  return { body, events: Math.min(delivery.batch ?? events, events) };
}
