import type { Placeholder } from "./define.js";

export const event: Placeholder = {
  name: "$event",
  describes: "the event's name, as value or key",
  read: (text) => (text === "event" ? { kind: "event" } : undefined),
};
