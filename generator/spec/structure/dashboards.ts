import { described, listOf, record, ref, type Schema, TEXT, text } from "./schema.js";

const query: Schema = record(
  {
    title: text("What it shows."),
    of: described("The event or metric; all events by default.", TEXT),
    distinct: described("Counts this field's different values.", ref("name")),
    sum: described("Adds this field up.", ref("name")),
    by: {
      description: "Fields to group by.",
      ...listOf(ref("name"), { uniqueItems: true }),
      minItems: 1,
    },
    per: { description: "In UTC; weeks begin on Monday.", enum: ["day", "week", "month"] },
  },
  ["title"],
);

/** `dashboards`: what is made of the data. A text is only printed; an entry that says what it is made of becomes queries, too. */
export const DASHBOARDS: Schema = listOf({ anyOf: [TEXT, query] });
