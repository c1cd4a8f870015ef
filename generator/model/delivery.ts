import type { Match } from "./consent.js";
import type { Node } from "./node.js";

/** Durations are in milliseconds, sizes in bytes. */
export interface Delivery extends Node {
  /** `carried`: in requests that the product makes anyway. */
  readonly mode: "immediate" | "queued" | "periodic" | "carried";
  /** Of the receiver's answer the program uses so many bytes. */
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

interface Mode {
  /** Events wait in a file until they are sent. */
  readonly waits: boolean;
  /** Each event is sent when it happens. */
  readonly sendsEach: boolean;
  /** It travels in requests that the program makes anyway. */
  readonly rides: boolean;
  /** Nothing happens but that a clock runs: metrics are reported. */
  readonly reports: boolean;
}

/** Properties that depend on the delivery mode. A new mode must state each of these, or nothing compiles. */
const MODES: Readonly<Record<Delivery["mode"], Mode>> = {
  immediate: { waits: false, sendsEach: true, rides: false, reports: false },
  queued: { waits: true, sendsEach: false, rides: false, reports: false },
  periodic: { waits: false, sendsEach: false, rides: false, reports: true },
  carried: { waits: false, sendsEach: false, rides: true, reports: false },
};

/** A way that nobody knows is a finding already, and hangs together with nothing. */
export function modeOf({ delivery }: { readonly delivery: Pick<Delivery, "mode"> }): Mode {
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
