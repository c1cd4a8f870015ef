import { described, listOf, record, ref, type Schema, TEXT, text } from "./schema.js";

const query: Schema = record(
  {
    title: text("What it shows. Printed."),
    of: described("The event or metric that it is made of; every event by default.", TEXT),
    distinct: described("How many different values this field has: for an identifier, how many machines.", ref("name")),
    sum: described("The total of this whole-number field.", ref("name")),
    by: {
      description: "Fields to group by; each item of a list counts by itself.",
      ...listOf(ref("name")),
      minItems: 1,
    },
    per: { description: "One row for each, in UTC; weeks begin on Monday.", enum: ["day", "week", "month"] },
  },
  ["title"],
);

/** `dashboards`: what is made of the data. A text is only printed; an entry that says what it is made of becomes queries, too. */
export const DASHBOARDS: Schema = listOf({ anyOf: [TEXT, query] });
