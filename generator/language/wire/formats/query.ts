import type { Format } from "../define.js";

export const query: Format = {
  name: "query",
  describes: "A line for each event: `a=1&b=2`. One level.",
  keys: ["query", "headers", "each", "bools", "described", "what"],
  required: [],
};
