import type { Schema } from "./schema.js";

export type Definitions = Readonly<Record<string, Schema>>;

/** A schema of a map, with the keywords that such a schema may have. */
export interface Keyed extends Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

const PREFIX = "#/definitions/";

/** Follows references until there is a schema. References are ours, so one that leads nowhere is a bug of ours. */
export function resolveSchema(schema: Schema, definitions: Definitions): Schema {
  let here = schema;
  for (;;) {
    const wrapped = here.allOf;
    const reference = Array.isArray(wrapped) ? (wrapped[0] as Schema).$ref : here.$ref;
    if (typeof reference !== "string") return here;
    const definition = definitions[reference.slice(PREFIX.length)];
    if (definition === undefined) throw new Error(`no definition ${reference}`);
    here = definition;
  }
}

/** The keys of `[{ required: [a] }, { required: [b] }]`. */
export function keysOf(rules: readonly Schema[] | undefined): readonly string[] {
  return (rules ?? []).flatMap((rule) => (rule.required as readonly string[] | undefined) ?? []);
}
