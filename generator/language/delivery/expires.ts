import { defineRhythm } from "./define.js";

/** Until which day. */
export const expires = defineRhythm<string>({
  schema: {
    description: 'The day from which clients no longer record it, quoted: "2027-06-30".',
    type: "string",
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
  },
  read: (written) => String(written),
  title: "Ends:",
  sentence: (day) => `from ${day} on (UTC) it is not recorded any more, not even by older versions.`,
  spoken: (day) => (day === undefined ? "without an end" : `until ${day}`),
  denser: (was, is) => was !== undefined && (is === undefined || is > was),
});
