import { modeOf } from "../../model/delivery.js";
import type { Plan, PlanEvent } from "../../plan/plan.js";
import { isShown } from "./contract.js";
import { text } from "./literal.js";

const LIMITS = { process: "once_per_process", day: "once_per_day", machine: "once_per_machine" } as const;

/** Returns what decides whether an event that may travel is taken: its limit, and whether it is drawn. */
export function limitCall({ limit, sample, expires }: PlanEvent): {
  readonly call?: string;
  readonly uses: Readonly<Record<string, readonly string[]>>;
} {
  const once: string[] = [];
  const sampled: string[] = [];
  let call: string | undefined;
  if (limit !== undefined) {
    const name = typeof limit.oncePer === "number" ? "once_per" : LIMITS[limit.oncePer];
    once.push(name);
    call = typeof limit.oncePer === "number" ? `once_per(${limit.oncePer})` : name;
    if (limit.forEach.length > 0) {
      sampled.push("for_each");
      call = `for_each(${[call, ...limit.forEach.map(text)].join(", ")})`;
    }
  }
  if (sample !== undefined && sample.by === undefined) {
    sampled.push("by_chance");
    call = `by_chance(${[sample.oneIn, ...(call === undefined ? [] : [call])].join(", ")})`;
  }
  if (expires !== undefined) call = `until_day(${[text(expires), ...(call === undefined ? [] : [call])].join(", ")})`;
  return {
    ...(call === undefined ? {} : { call }),
    uses: {
      ...(once.length > 0 ? { once } : {}),
      ...(sampled.length > 0 ? { sample: sampled } : {}),
      ...(expires === undefined ? {} : { until: ["until_day"] }),
    },
  };
}

export interface Sending {
  /** The runtime's function for a call, and for the clock. */
  readonly send: string;
  readonly record: string;
  /** The runtime's file that has it. */
  readonly file: string;
  readonly returns: string;
  /** What it returns where it does nothing. */
  readonly noop?: string;
}

/** By what an event leaves: a queue, a request of its own, or one that the program makes anyway; and what its caller gets of it. */
export function sendingOf({ delivery }: Plan, { evenWhenOff }: PlanEvent): Sending {
  const { answer, debug } = delivery;
  const { rides, waits } = modeOf({ delivery });
  if (rides) {
    const send = "carried_by";
    return { send, record: send, file: "carried", returns: "Carried", noop: "Carried()" };
  }
  if (answer !== undefined)
    return { send: "answered", record: "tell_answer(answer)", file: "answered", returns: "str | None", noop: "None" };
  // What is sent although telemetry is off waits nowhere.
  const queued = waits && evenWhenOff === undefined;
  const send = isShown(debug) ? (queued ? "queue_or_show" : "send_or_show") : queued ? "queue_event" : "send_event";
  const file = isShown(debug) ? "shown" : queued ? "record" : "client";
  return { send, record: send, file, returns: "None" };
}
