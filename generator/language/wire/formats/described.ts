import type { FormatKeys } from "../define.js";

export const inWords: FormatKeys = {
  name: "described",
  describes:
    "A form that the product's own code makes; `what` describes it. The drawing is handed to the `send` that `setup` takes; without `body` it is `{ event: $event, $common: , $fields: }`.",
  keys: ["what", "query", "headers", "body", "each", "bools"],
  required: [],
};
