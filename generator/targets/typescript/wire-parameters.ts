import type { Picture } from "../../model/model.js";
import { placesIn, setOf } from "../../model/wire.js";

/** Set → what the generated function calls it. */
export const CODE_NAMES = { common: "common", fields: "props" } as const;

/** Returns what a part of a request is made of, of the one object that it is given. */
export function parametersOf(picture: Picture): readonly string[] {
  const found = new Set<string>();
  for (const { at } of placesIn(picture)) {
    const set = setOf(at);
    if (set !== undefined) found.add(CODE_NAMES[set.of]);
    if (!("kind" in at)) continue;
    if (at.kind === "event") found.add("event");
    if (at.kind === "time") found.add("ts");
    if (at.kind === "sent") found.add("sent");
    if (at.kind === "each") found.add("each");
  }
  return ["event", "ts", "props", "common", "each", "sent"].filter((name) => found.has(name));
}
