import type { Placeholder } from "./define.js";

export const each: Placeholder = {
  name: "$each",
  describes: "the list of events, as `each` draws them",
  read: (text) => (text === "each" ? { kind: "each" } : undefined),
};
