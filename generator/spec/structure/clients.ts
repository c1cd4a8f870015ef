import { described, record, type Schema } from "./schema.js";

/** A folder of the product's own, below the project's root: no way up, and nothing hidden. */
const FOLDER = "^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$";

const to: Schema = {
  description:
    "The package's folder, from the project's root: `src/docglow/telemetry`. In `generated/python` by default.",
  type: "string",
  pattern: FOLDER,
  maxLength: 200,
};

/** `clients`: the languages that the product is written in. */
export const CLIENTS: Schema = record(
  {
    typescript: described("In `generated/client`.", record({})),
    python: described("For Python 3.9 and newer, of the standard library alone.", record({ to })),
  },
  [],
  { minProperties: 1 },
);
