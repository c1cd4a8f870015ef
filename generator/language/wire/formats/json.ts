import type { Format } from "../define.js";

export const json: Format = {
  name: "json",
  describes: "`body` as JSON.",
  keys: ["query", "headers", "body", "each", "bools", "described", "what"],
  required: [],
};
