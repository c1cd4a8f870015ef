import type { Type } from "../../model/model.js";
import { type AllTypes, change, type FrozenType, type TypeChange } from "./comparison.js";
import { counted, defineType, type Problem } from "./define.js";
import { MANY_JUSTIFIED, MOST_ITEMS, manyJustified } from "./many.js";

interface Entries {
  readonly keys: unknown;
  readonly of: unknown;
  readonly max_items: number;
  readonly justification?: string;
}

/** The rule of a closed set ("one of") needs its values; any other says all by itself. */
function ruleOf({ rule, values = [] }: Type): string {
  return rule.endsWith(" of") ? `${rule} ${values.join(", ")}` : rule;
}

/** The types that can be keys: a text that is held to a list or a pattern. */
const KEYS: readonly string[] = ["enum", "string", "version"];

export const map = defineType<Entries>({
  name: "map",
  describes: "at most `max_items` entries",
  compare: compareMaps,
  frozen: ["keys", "of"],
  closed: "as its parts",
  clients: ["python", "go", "rust"],
  parameters: {
    keys: {
      description: "An `enum` without `otherwise`, a `string` or a `version`.",
      allOf: [{ $ref: "#/definitions/item" }],
      examples: [{ type: "string", pattern: "^[a-z-]+$", max_length: 32 }],
    },
    of: {
      description: "A type, by name or written out.",
      allOf: [{ $ref: "#/definitions/item" }],
      examples: ["int"],
    },
    max_items: {
      description: "The largest number of entries.",
      type: "integer",
      minimum: 1,
      maximum: MOST_ITEMS,
      examples: [64],
    },
    justification: MANY_JUSTIFIED,
  },
  required: ["keys", "of", "max_items"],
  check: manyJustified,
  checkTypes: (context): readonly Problem[] => {
    const keys = context.type("keys");
    if (keys.kind === "nothing") return [];
    if (!KEYS.includes(keys.kind))
      return [
        {
          code: "map-keys",
          path: ["keys"],
          message: `The keys of a map are texts from a list or of a pattern, not ${keys.rule}.`,
          hint: "Write keys: { type: enum, values: […] } or keys: { type: string, pattern: '^[a-z-]+$', max_length: 32 }.",
        },
      ];
    return keys.input === undefined
      ? []
      : [
          {
            code: "map-keys",
            path: ["keys"],
            message: "The keys of a map can't have otherwise: two of them would become one.",
            hint: "Remove otherwise: unlisted keys are left out of the map.",
          },
        ];
  },
  lower: ({ max_items, justification }, context) => {
    const [keys, of] = [context.type("keys"), context.type("of")];
    return {
      kind: "map",
      schema: {
        type: "object",
        propertyNames: keys.schema,
        additionalProperties: of.schema,
        maxProperties: max_items,
      },
      rule: `a map of at most ${counted(max_items, "entry").replace("entrys", "entries")}; each key ${ruleOf(keys)}, each value ${ruleOf(of)}`,
      alternatives: Number.POSITIVE_INFINITY,
      keys,
      of,
      ...(justification === undefined ? {} : { justification }),
    };
  },
});

/** Keys and values each by themselves, and how many there may be. */
function compareMaps(before: FrozenType, after: FrozenType, types: AllTypes): readonly TypeChange[] {
  if (before.keys === undefined || after.keys === undefined || before.of === undefined || after.of === undefined)
    return [];
  const keys = types.compare(before.keys, after.keys).map(({ id, says }) => ({
    id,
    says: `has keys, each of which ${says}`,
  }));
  const values = types.compare(before.of, after.of).map(({ id, says }) => ({
    id,
    says: `has values, each of which ${says}`,
  }));
  const [was, is] = [before.schema.maxProperties ?? 0, after.schema.maxProperties ?? 0];
  const most =
    was === is
      ? []
      : change(is > was ? "type-widened" : "precision-lowered", `may have ${is} entries, and had at most ${was}`);
  return [...keys, ...values, ...most];
}
