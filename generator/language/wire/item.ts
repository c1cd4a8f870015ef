import type { Placeholder } from "./define.js";

function item(kind: "name" | "value" | "text", describes: string): Placeholder {
  return { name: `$${kind}`, describes, repeated: true, read: (text) => (text === kind ? { kind } : undefined) };
}

export const name = item("name", "in what is repeated: a field's name");
export const value = item("value", "… its value");
export const text = item("text", "… its text; JSON of what is none");
