import { quoted } from "../../emit/literal.js";
import type { Event } from "../../model/model.js";

/** Returns what decides whether an event that may travel is taken: its limit, and whether it is drawn. */
export function limitCall({
  limit,
  sample,
  expires,
}: Event): { call: string; uses: Record<string, readonly string[]> } | undefined {
  let call: string | undefined;
  const uses: Record<string, readonly string[]> = {};
  if (limit !== undefined) {
    const named = { process: "oncePerProcess", day: "oncePerDay", machine: "oncePerMachine" } as const;
    const name = typeof limit.oncePer === "number" ? "oncePer" : named[limit.oncePer];
    uses[name === "oncePerProcess" ? "once" : "once-marked"] = [name];
    call = typeof limit.oncePer === "number" ? `oncePer(${limit.oncePer})` : name;
    if (limit.forEach.length > 0) {
      uses["for-each"] = ["forEach"];
      call = `forEach(${[call, ...limit.forEach.map((field) => quoted(field))].join(", ")})`;
    }
  }
  if (sample !== undefined && sample.by === undefined) {
    uses["sample"] = ["byChance"];
    call = `byChance(${[sample.oneIn, ...(call === undefined ? [] : [call])].join(", ")})`;
  }
  if (expires !== undefined) {
    uses["until"] = ["untilDay"];
    call = `untilDay(${[quoted(expires), ...(call === undefined ? [] : [call])].join(", ")})`;
  }
  return call === undefined ? undefined : { call, uses };
}
