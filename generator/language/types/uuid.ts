import { bySets } from "./comparison.js";
import { defineType } from "./define.js";

interface Uuid {
  readonly version?: number;
}

/** Lower-case only: one machine then has one spelling, and letter case can't carry anything. */
export const uuid = defineType<Uuid>({
  name: "uuid",
  describes: "a UUID; only as the `format` of an identifier",
  compare: bySets,
  frozen: [],
  closed: false,
  clients: ["python", "go", "rust"],
  parameters: {
    version: {
      description: "The only version let through.",
      enum: [1, 3, 4, 5, 6, 7, 8],
    },
  },
  required: [],
  lower: ({ version }) => ({
    kind: "uuid",
    schema: {
      type: "string",
      pattern: `^[0-9a-f]{8}-[0-9a-f]{4}-${version === undefined ? "[0-9a-f]{4}-[0-9a-f]{4}" : `${version}[0-9a-f]{3}-[89ab][0-9a-f]{3}`}-[0-9a-f]{12}$`,
      maxLength: 36,
    },
    rule: version === undefined ? "a UUID" : `a UUID of version ${version}`,
    alternatives: Number.POSITIVE_INFINITY,
  }),
  example: ({ schema }) =>
    `5e1b6c04-8f2d-${/-([1-8])\[0-9a-f\]\{3\}/.exec(schema.pattern ?? "")?.[1] ?? 4}a97-b3d0-41c9e27f6a58`,
});
