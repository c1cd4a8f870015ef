import { record, type Schema, TEXT, text, texts } from "./schema.js";

/** One text, or several. */
const some = (description: string): Schema => ({ description, anyOf: [TEXT, texts(description, { minItems: 1 })] });

/** `legal`: who answers for it before the law. */
export const LEGAL = record(
  {
    controller: text("Who decides about the data, with address."),
    basis: some("The legal basis: `consent (Art. 6(1)(a) GDPR)`."),
    rights: some("What people can ask for, where."),
    processors: some("Who handles the data on their behalf."),
  },
  [],
  { minProperties: 1 },
);
