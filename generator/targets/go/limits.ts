import type { PlanEvent } from "../../plan/plan.js";
import { text } from "./literal.js";

/** Returns true if this machine is in the sample, if that depends on an identifier. */
export function drawnOf({ sample }: PlanEvent): string | undefined {
  return sample?.by === undefined ? undefined : `drawnBy(${sample.oneIn}, ${text(sample.by)})`;
}

const LIMITS = { process: "oncePerProcess()", day: "oncePerDay", machine: "oncePerMachine()" } as const;

/** Returns what decides whether one more is taken. */
export function limitOf({ limit, sample, expires }: PlanEvent): string | undefined {
  let code: string | undefined;
  if (limit !== undefined) {
    code = typeof limit.oncePer === "number" ? `oncePer(${limit.oncePer})` : LIMITS[limit.oncePer];
    if (limit.forEach.length > 0) code = `forEach(${[code, ...limit.forEach.map(text)].join(", ")})`;
  }
  if (sample !== undefined && sample.by === undefined) code = `byChance(${sample.oneIn}, ${code ?? "nil"})`;
  return expires === undefined ? code : `untilDay(${text(expires)}, ${code ?? "nil"})`;
}
