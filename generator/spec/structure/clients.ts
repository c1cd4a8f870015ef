import { LANGUAGE_NAMES, LANGUAGES } from "../../language/client-languages.js";
import { described, record, type Schema } from "./schema.js";

/** A folder of the product's own, below the project's root: no way up, and nothing hidden. */
const FOLDER = "^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$";

const to = (example: string, otherwise: string): Schema => ({
  description: `The package's folder, from the project's root: \`${example}\`. In \`generated/${otherwise}/\` by default.`,
  type: "string",
  pattern: FOLDER,
  maxLength: 200,
});

/** `clients`: the languages that the product is written in. */
export const CLIENTS: Schema = record(
  Object.fromEntries(
    LANGUAGE_NAMES.map((name) => {
      const { describes, keys, to: example } = LANGUAGES[name];
      const place = example === undefined ? {} : { to: to(example, name) };
      return [name, described(describes, record({ ...place, ...keys }))];
    }),
  ),
  [],
  { minProperties: 1 },
);
