import { quoted } from "../../emit/literal.js";
import type { Event, Limit } from "../../model/model.js";

/** The unit that an event is sent once in → the runtime's file, and its function there. */
const ONCE_PER = {
  process: ["once", "oncePerProcess"],
  day: ["once-marked", "oncePerDay"],
  machine: ["once-marked", "oncePerMachine"],
} as const satisfies Readonly<Record<Extract<Limit["oncePer"], string>, readonly [file: string, name: string]>>;
const ONCE_IN = ["once-marked", "oncePer"] as const;

/** Returns what decides whether an event that may travel is taken: its limit, and whether it is drawn. */
export function limitCall({
  limit,
  sample,
  expires,
}: Event): { call: string; uses: Record<string, readonly string[]> } | undefined {
  let call: string | undefined;
  const uses: Record<string, readonly string[]> = {};
  if (limit !== undefined) {
    const [file, name] = typeof limit.oncePer === "number" ? ONCE_IN : ONCE_PER[limit.oncePer];
    uses[file] = [name];
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
