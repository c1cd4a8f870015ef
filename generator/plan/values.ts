import type { JsonSchema, JsonValue } from "../model/json-schema.js";
import type { Field, Type } from "../model/model.js";
import { ONE_LINE } from "../model/one-line.js";
import { saltOf } from "../model/salts.js";
import { isConstant, sentFields } from "../payload/call-shape.js";
import { notNull } from "./nullable.js";
import type { PlanField, PlanValue } from "./plan.js";
import { wordsIn } from "./words.js";

/** Returns what may travel of what is given for a field. */
export function valueOfField(field: Field, fieldOf: FieldOf): PlanValue {
  if (isConstant(field)) return { is: "always", value: field.type.schema.const ?? null };
  const value = valueOfType(field.type, fieldOf);
  return field.nullable ? { is: "or-null", of: value } : value;
}

/** Tells a field inside an object. */
export type FieldOf = (field: Field, words: readonly string[]) => PlanField;

/** Returns what may travel of what is given for a type: of a bucket that is not what is given. */
export function valueOfType(type: Type, fieldOf: FieldOf): PlanValue {
  if (type.nullable !== true) return ofType(type, fieldOf);
  const { nullable: _, ...own } = type;
  return { is: "or-null", of: ofType({ ...own, schema: withoutNull(own.schema) }, fieldOf) };
}

/** Returns what there is to give beside null. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  if (schema.enum !== undefined) return { ...schema, enum: schema.enum.filter((value) => value !== null) };
  if (schema.anyOf !== undefined) return { anyOf: schema.anyOf.filter((one) => one.type !== "null") };
  if (typeof type !== "object") return schema;
  const [own = "null"] = type as readonly string[];
  return { ...schema, type: own as "string" };
}

function ofType(type: Type, fieldOf: FieldOf): PlanValue {
  const { schema, input, fields, of, keys, cases } = type;
  const salt = saltOf(type);
  if (input?.kind === "rounded")
    return { is: "rounded", least: input.least, most: input.most, decimals: input.decimals };
  if (input?.kind === "bucket") return { is: input.compare, edges: input.edges, labels: input.labels };
  if (input?.kind === "otherwise") return { is: "one-of", values: input.values, otherwise: input.otherwise };
  if (input?.kind === "replaced") return { is: "or-else", of: valueOfSchema(schema), otherwise: input.otherwise };
  if (input?.kind === "hashed")
    return {
      is: "hashed",
      of: valueOfType(input.of, fieldOf),
      form: valueOfSchema(schema),
      keep: input.keep,
      ...(salt === undefined ? {} : { salt }),
      ...(input.clear === undefined ? {} : { clear: valueOfType(input.clear, fieldOf) }),
    };
  if (input?.kind === "cut") return { is: "cut", of: valueOfSchema(schema), most: input.most };
  if (cases !== undefined)
    return {
      is: "cases",
      by: type.by ?? "",
      cases: cases.map((one) => ({
        values: one.values,
        ...(one.except === true ? { except: one.except } : {}),
        of: valueOfType(one.type, fieldOf),
      })),
    };
  if (fields !== undefined)
    return { is: "object", fields: sentFields(fields).map(({ name, field }) => fieldOf(field, wordsIn(name))) };
  if (keys !== undefined && of !== undefined)
    return {
      is: "map",
      keys: valueOfType(keys, fieldOf),
      of: valueOfType(of, fieldOf),
      most: schema.maxProperties ?? Number.MAX_SAFE_INTEGER,
    };
  if (of !== undefined) {
    const item = valueOfType(of, fieldOf);
    const inner = notNull(item).is;
    const falls = inner === "object" || inner === "items" || inner === "map";
    return { is: falls ? "items" : "list", of: item, ...most(schema.maxItems) };
  }
  return valueOfSchema(schema);
}

/** The same of a schema alone, for values that nobody gives in another form. */
export function valueOfSchema(schema: JsonSchema): PlanValue {
  if (schema.const !== undefined) return { is: "one-of", values: [schema.const] };
  if (schema.enum !== undefined) return { is: "one-of", values: schema.enum };
  switch (schema.type) {
    case "array":
      return { is: "list", of: valueOfSchema(schema.items ?? {}), ...most(schema.maxItems) };
    case "boolean":
      return { is: "flag" };
    case "integer":
    case "number":
      return { is: schema.type, ...least(schema.minimum), ...most(schema.maximum) };
    default:
      if (schema.pattern === ONE_LINE) return { is: "line", ...most(schema.maxLength) };
      return {
        is: "text",
        ...most(schema.maxLength),
        ...(schema.pattern === undefined ? {} : { pattern: schema.pattern }),
      };
  }
}

function least(value: number | undefined): { readonly least?: number } {
  return value === undefined ? {} : { least: value };
}

function most(value: number | undefined): { readonly most?: number } {
  return value === undefined ? {} : { most: value };
}

/** The closed set of a value, where there is one: what a language that has types for that makes of it. */
export function closedSet(value: PlanValue): readonly JsonValue[] | undefined {
  switch (value.is) {
    case "one-of":
      return value.values;
    case "below":
    case "up-to":
      return value.labels;
    case "always":
      return [value.value];
    case "hashed":
      return undefined;
    case "or-null":
    case "or-else":
    case "cut":
      return closedSet(value.of);
    case "flag":
      return [true, false];
    case "integer":
    case "number":
    case "text":
    case "line":
    case "list":
    case "items":
    case "rounded":
    case "map":
    case "object":
    case "cases":
      return undefined;
    default:
      return value satisfies never;
  }
}
