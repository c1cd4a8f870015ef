import { bySets } from "./comparison.js";
import { defineType } from "./define.js";

interface Timestamp {
  readonly timezone?: "utc" | "any" | "none";
  readonly form?: "rfc3339" | "unix-ms" | "unix-s";
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

/** Up to the end of the year 9999. */
const SINCE_1970 = {
  "unix-ms": { maximum: 253_402_300_799_999, rule: "a date and time, in milliseconds since 1970" },
  "unix-s": { maximum: 253_402_300_799, rule: "a date and time, in seconds since 1970" },
} as const;

export const timestamp = defineType<Timestamp>({
  name: "timestamp",
  describes: "a date and time: `2026-06-12T00:00:00Z`",
  // Another form of a moment tells more of the same.
  compare: (before, after, types) =>
    bySets(before, after, types).map((one) => (one.id === "type-widened" ? { ...one, id: "precision-raised" } : one)),
  frozen: [],
  closed: false,
  clients: ["python", "go", "rust"],
  parameters: {
    timezone: {
      description: "`utc` (default): ends in Z. `any`: Z or an offset. `none`: no zone.",
      enum: ["utc", "any", "none"],
    },
    form: {
      description: "`rfc3339` (default), `unix-ms` or `unix-s`.",
      enum: ["rfc3339", "unix-ms", "unix-s"],
    },
  },
  required: [],
  check: ({ timezone, form = "rfc3339" }) =>
    timezone === undefined || form === "rfc3339"
      ? []
      : [
          {
            code: "exclusive-keys",
            path: ["timezone"],
            message: `A time in ${form} has no time zone.`,
            hint: "Remove timezone.",
          },
        ],
  lower: ({ timezone = "utc", form = "rfc3339" }) => {
    if (form !== "rfc3339") {
      const { maximum, rule } = SINCE_1970[form];
      return {
        kind: "timestamp",
        schema: { type: "integer", minimum: 0, maximum },
        rule,
        alternatives: Number.POSITIVE_INFINITY,
      };
    }
    const { pattern, maxLength, rule } = ZONES[timezone];
    return {
      kind: "timestamp",
      schema: { type: "string", pattern, maxLength },
      rule,
      alternatives: Number.POSITIVE_INFINITY,
    };
  },
  example: ({ schema: { pattern, maximum } }) => {
    if (maximum !== undefined) return maximum > 1e12 ? 1_781_265_600_000 : 1_781_265_600;
    return pattern === ZONES.none.pattern ? "2026-06-12T12:00:00" : "2026-06-12T12:00:00Z";
  },
});
