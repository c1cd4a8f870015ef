import { bySets } from "./comparison.js";
import { counted, defineType } from "./define.js";

interface Version {
  readonly max_length?: number;
}

const PART = "[A-Za-z0-9]+(?:\\.[A-Za-z0-9]+){0,2}";

/**
 * `v?`, two or three numbers, then a suffix that begins with a letter, or with `-` or `+`. At most three parts of it are
 * joined by dots, so four numbers never stand in a row: no IPv4 address passes, at any place.
 */
const PATTERN = `^v?[0-9]+\\.[0-9]+(?:\\.[0-9]+)?(?:(?:[-+.]?[A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z0-9]+){0,2}|[-+]${PART})(?:[-+]${PART}){0,3})?$`;

export const version = defineType<Version>({
  name: "version",
  describes: "`6.0`, `v1.31.4`, `1.0.0a1`, `1.0.0-alpha48`; never an IPv4 address",
  compare: bySets,
  frozen: [],
  closed: false,
  clients: ["python", "go", "rust"],
  parameters: {
    max_length: {
      description: "The most UTF-16 units. 32 by default.",
      type: "integer",
      minimum: 3,
      maximum: 64,
    },
  },
  required: [],
  lower: ({ max_length = 32 }) => ({
    kind: "version",
    schema: { type: "string", pattern: PATTERN, maxLength: max_length },
    rule: `a version number of at most ${counted(max_length, "character")}`,
    alternatives: Number.POSITIVE_INFINITY,
  }),
});
