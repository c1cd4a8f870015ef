import { type DrawnFormat, EVENT_TERMS } from "../define.js";

export const form: DrawnFormat = {
  name: "form",
  describes: "`body` as an HTML form: `a=1&b=2`. One level, one event.",
  keys: ["query", "headers", "body", "bools", "described", "what"],
  required: [],
  terms: EVENT_TERMS,
  type: "application/x-www-form-urlencoded",
  says: "in the form of an HTML form",
  flat: "body",
  clients: ["python", "go", "rust"],
};
