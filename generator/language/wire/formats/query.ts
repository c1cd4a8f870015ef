import type { DrawnFormat } from "../define.js";

export const query: DrawnFormat = {
  name: "query",
  describes: "A line for each event, as in the query of a URL. One level deep.",
  keys: ["query", "headers", "each", "bools"],
  required: [],
  type: "text/plain",
  says: "a line of keys and values for each event",
  flat: "each",
  clients: ["python", "go"],
};
