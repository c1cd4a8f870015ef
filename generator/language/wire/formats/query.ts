import { type DrawnFormat, EVENT_TERMS } from "../define.js";

export const query: DrawnFormat = {
  name: "query",
  describes: "A line for each event: `a=1&b=2`. One level.",
  keys: ["query", "headers", "each", "bools", "described", "what"],
  required: [],
  terms: EVENT_TERMS,
  type: "text/plain",
  says: "a line of keys and values for each event",
  flat: "each",
  clients: ["python", "go", "rust"],
};
