import type { Placeholder } from "./define.js";

export const each: Placeholder = {
  name: "$each",
  describes: "the list of events, each as `each` draws it",
  read: (text) => (text === "each" ? { kind: "each" } : undefined),
};
