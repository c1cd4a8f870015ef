import type { Wrapper } from "./define.js";

function encoded(kind: "json" | "base64" | "base64url", describes: string): Wrapper {
  return {
    name: `$${kind}`,
    describes,
    wrap: ([of = { kind: "constant", value: null }]) => ({ kind, of }),
  };
}

export const json = encoded("json", "what is drawn there, as JSON text");
export const base64 = encoded("base64", "that text, or its JSON, in base64");
export const base64url = encoded("base64url", "in base64url, without padding");
