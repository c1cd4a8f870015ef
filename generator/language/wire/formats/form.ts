import type { Format } from "../define.js";

export const form: Format = {
  name: "form",
  describes: "`body` as an HTML form sends it: `a=1&b=2`. One level deep, one event.",
  keys: ["query", "headers", "body", "bools"],
  required: [],
};
