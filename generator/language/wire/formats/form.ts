import type { Format } from "../define.js";

export const form: Format = {
  name: "form",
  describes: "`body` as an HTML form: `a=1&b=2`. One level, one event.",
  keys: ["query", "headers", "body", "bools", "described", "what"],
  required: [],
};
