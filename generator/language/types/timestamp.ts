import { defineType } from "./define.js";

interface Timestamp {
  readonly timezone?: "utc" | "any" | "none";
}

const MOMENT =
  "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?";

const ZONES = {
  utc: { pattern: `^${MOMENT}Z$`, maxLength: 27, rule: "a date and time in UTC" },
  any: {
    pattern: `^${MOMENT}(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])$`,
    maxLength: 32,
    rule: "a date and time with its time zone's offset",
  },
  none: { pattern: `^${MOMENT}$`, maxLength: 26, rule: "a date and time without a time zone" },
} as const;

export const timestamp = defineType<Timestamp>({
  name: "timestamp",
  describes: "a date and time such as `2026-06-12T00:00:00Z`, to the microsecond at most",
  parameters: {
    timezone: {
      description: "`utc` (where nothing is written): ends in Z. `any`: Z or an offset. `none`: no zone at all.",
      enum: ["utc", "any", "none"],
    },
  },
  required: [],
  lower: ({ timezone = "utc" }) => {
    const { pattern, maxLength, rule } = ZONES[timezone];
    return {
      kind: "timestamp",
      schema: { type: "string", pattern, maxLength },
      rule,
      alternatives: Number.POSITIVE_INFINITY,
    };
  },
});
