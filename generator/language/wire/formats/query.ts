import type { Format } from "../define.js";

export const query: Format = {
  name: "query",
  describes: "A line for each event, as in the query of a URL. One level deep.",
  keys: ["query", "headers", "each", "bools"],
  required: [],
};
