import { RHYTHM } from "../../language/delivery/index.js";
import { text } from "./schema.js";

/** Keys of events, metrics and fields about who answers for them, and until when they are there. */
export const OWNED = {
  owner: text("Who answers for it."),
  class: text("What kind of data: `technical`, `interaction`."),
  purpose: text("What it is used for."),
  expires: RHYTHM.expires.schema,
} as const;
