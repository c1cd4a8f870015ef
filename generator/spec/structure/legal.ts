import { record, text, texts } from "./schema.js";

/** `legal`: who answers for it before the law. */
export const LEGAL = record(
  {
    controller: text("Who decides about the data, with an address."),
    basis: text("On what legal basis: `consent (Art. 6(1)(a) GDPR)`."),
    rights: text("What people can ask for, and where."),
    processors: texts("Who else handles the data on their behalf.", { minItems: 1 }),
  },
  [],
  { minProperties: 1 },
);
