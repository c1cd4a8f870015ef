import type { Placeholder } from "./define.js";

function item(kind: "name" | "value" | "text", describes: string): Placeholder {
  return { name: `$${kind}`, describes, repeated: true, read: (text) => (text === kind ? { kind } : undefined) };
}

export const name = item("name", "in what is repeated: the field's name");
export const value = item("value", "in what is repeated: the field's value");
export const text = item("text", "in what is repeated: the value as text; a text as it is, anything else as JSON");
