import { type AllTypes, change, type FrozenType, type TypeChange } from "./comparison.js";
import { counted, defineType } from "./define.js";
import { MANY_JUSTIFIED, MOST_ITEMS, manyJustified } from "./many.js";

interface List {
  readonly of: unknown;
  readonly max_items: number;
  readonly justification?: string;
}

export const list = defineType<List>({
  name: "list",
  describes: "a list of at most `max_items`, every item valid",
  compare: compareLists,
  frozen: ["of"],
  closed: "as its parts",
  clients: ["python", "go", "rust"],
  parameters: {
    of: {
      description: "A type, by name or written out.",
      allOf: [{ $ref: "#/definitions/item" }],
      examples: ["int"],
    },
    max_items: {
      description: "The largest number of items.",
      type: "integer",
      minimum: 1,
      maximum: MOST_ITEMS,
      examples: [16],
    },
    justification: MANY_JUSTIFIED,
  },
  required: ["of", "max_items"],
  check: manyJustified,
  lower: ({ max_items, justification }, context) => {
    const of = context.type("of");
    return {
      kind: "list",
      schema: { type: "array", items: of.schema, maxItems: max_items },
      rule: `at most ${counted(max_items, "item")}, each ${of.rule}`,
      alternatives: sequences(of.alternatives, max_items),
      of,
      ...(justification === undefined ? {} : { justification }),
    };
  },
});

/** Returns how many lists of up to `length` items there are, the order counted. */
function sequences(alternatives: number, length: number): number {
  let total = 1;
  for (let items = 1; items <= length && Number.isFinite(total); items++) total = total * alternatives + 1;
  return total;
}

function compareLists(before: FrozenType, after: FrozenType, types: AllTypes): readonly TypeChange[] {
  const items = before.of === undefined || after.of === undefined ? [] : types.compare(before.of, after.of);
  const [was, is] = [before.schema.maxItems ?? 0, after.schema.maxItems ?? 0];
  const length =
    was === is
      ? []
      : change(is > was ? "type-widened" : "precision-lowered", `may have ${is} items, and had at most ${was}`);
  return [...items.map(({ id, says }) => ({ id, says: `holds items, each of which ${says}` })), ...length];
}
