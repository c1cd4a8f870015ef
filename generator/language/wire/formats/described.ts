import type { Format } from "../define.js";

export const inWords: Format = {
  name: "described",
  describes:
    "A form that the product's own code sees to, said in `what`. What is drawn is handed to the `send` that `setup` is given; without `body` it is `{ event: $event, $common: , $fields: }`.",
  keys: ["what", "query", "headers", "body", "each", "bools"],
  required: [],
};
