import { DATE } from "./patterns.js";
import { DESCRIBED, described, mapOf, place, record, type Schema, TEXT, text } from "./schema.js";
import { SIDES } from "./sides.js";

const oldFile = place("A file of the older client, in JSON; begins with ~/, {app_dir}/ or the root.");

/** Returns how an older yes is dated. */
export const epochFrom = (description: string): Schema => ({
  ...record(
    {
      stored: text(
        "The key that says when people were told (a date, or milliseconds since 1970), or of which edition (a number).",
      ),
      epochs: described(
        "Edition → the first day, or the first number, that counts as this edition.",
        mapOf(
          {
            anyOf: [
              { type: "string", pattern: DATE },
              { type: "integer", minimum: 0, maximum: 1_000_000 },
            ],
          },
          { type: "string", pattern: "^[1-9][0-9]{0,8}$" },
          { minProperties: 1 },
        ),
      ),
    },
    ["stored", "epochs"],
  ),
  description,
});

/** The data that an older client left. */
export const adoption = record(
  {
    from: {
      description: "The older client's file, or several.",
      anyOf: [oldFile, { type: "array", items: oldFile, minItems: 1, uniqueItems: true }],
    },
    key: text("The key of its answer."),
    enable_when: SIDES.enable,
    disable_when: SIDES.disable,
    identifiers: described(
      "Identifier → its older key; kept under a yes.",
      mapOf(TEXT, undefined, { minProperties: 1 }),
    ),
    epoch_from: epochFrom("To which edition an older yes was given."),
    queue: {
      ...record(
        {
          file: place("One event a line, JSON."),
          event: text("The key of a name."),
          time: text("Of a time: a date, or milliseconds since 1970."),
          fields: text("Of the fields."),
        },
        ["file", "event", "time", "fields"],
      ),
      description: "Its queue: taken over under a yes, held to this contract; deleted under a no.",
    },
    described: DESCRIBED,
  },
  [],
  { anyOf: [{ required: ["from", "key"] }, { required: ["queue"] }] },
);
