import { type DrawnFormat, EVENT_TERMS } from "../define.js";

export const json: DrawnFormat = {
  name: "json",
  describes: "`body` as JSON.",
  keys: ["query", "headers", "body", "each", "bools", "described", "what"],
  required: [],
  terms: EVENT_TERMS,
  type: "application/json",
  says: "as JSON",
  flat: undefined,
  clients: ["python", "go", "rust"],
};
