import type { Format } from "../define.js";

export const inWords: Format = {
  name: "described",
  describes: "A form that the product's own code makes of the drawing.",
  keys: ["what", "query", "headers", "body", "each", "bools"],
  required: [],
};
