import { DATE } from "./patterns.js";
import { DESCRIBED, described, mapOf, place, record, type Schema, TEXT, text } from "./schema.js";
import { SIDES } from "./sides.js";

const oldFile = place("A file of the older client, in JSON; begins with ~/, {app_dir}/ or the root.");

/** Returns how an older yes is dated. */
export const epochFrom = (description: string): Schema => ({
  ...record(
    {
      stored: text(
        "The key that holds when the person was told (a date, or milliseconds since 1970), or of which edition (a number).",
      ),
      epochs: described(
        "For each edition of the list: the first date, or the first number, from which an answer was given to it.",
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
      description: "Where the older client kept its answer; several, if that depends on the platform or its version.",
      anyOf: [oldFile, { type: "array", items: oldFile, minItems: 1, uniqueItems: true }],
    },
    key: text("The key of its answer; a dot goes one level down."),
    enable_when: SIDES.enable,
    disable_when: SIDES.disable,
    identifiers: described(
      "Identifier → the key that it stood under: it goes on under a yes.",
      mapOf(TEXT, undefined, { minProperties: 1 }),
    ),
    epoch_from: epochFrom("An older yes is one to the first edition of the list, unless this says more."),
    queue: {
      ...record(
        {
          file: place("Where its events waited, one in a line of JSON."),
          event: text("The key of an event's name."),
          time: text("The key of its time: a date, or milliseconds since 1970."),
          fields: text("The key of its fields."),
        },
        ["file", "event", "time", "fields"],
      ),
      description: "Events that wait there are taken over under a yes, held to this contract, and deleted under a no.",
    },
    described: DESCRIBED,
  },
  [],
  { anyOf: [{ required: ["from", "key"] }, { required: ["queue"] }] },
);
