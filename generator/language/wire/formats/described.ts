import type { FormatKeys } from "../define.js";

export const inWords: FormatKeys = {
  name: "described",
  describes: "A form that the product's own code makes of the drawing.",
  keys: ["what", "query", "headers", "body", "each", "bools"],
  required: [],
};
