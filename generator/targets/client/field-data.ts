import { type Given, givenFields, inputName, isConstant, named } from "../../code/call-shape.js";
import { Call, type Literal } from "../../code/literal.js";
import type { JsonSchema } from "../../model/json-schema.js";
import type { Field, Match, Model, Type } from "../../model/model.js";

/** A field as the runtime's `FieldContract`: what it is called, where it comes from, and what may travel. */
export function fieldData(model: Model, field: Field, code?: string): Literal {
  return {
    name: field.wireName,
    code: code === undefined || code === field.wireName ? undefined : code,
    from: sourceData(field),
    optional: field.optional || undefined,
    nullable: field.nullable || undefined,
    onlyWhen:
      field.onlyWhen.length === 0
        ? undefined
        : Object.fromEntries(field.onlyWhen.map(({ wireName, value }) => [wireName, value])),
    ...valueData(model, field.type),
  };

  function sourceData({ from }: Field): Literal {
    if (isConstant(field)) return "constant";
    if (code !== undefined && given(model, field) !== undefined) return undefined;
    if (from.kind === "identifier") return { identifier: from.identifier };
    if (from.kind === "env") return { env: from.env, is: matchData(from.is) };
    return from.kind === "call" ? undefined : from.kind;
  }
}

/** The fields of an event, and of what goes with every event. What old clients may still send is never sent by this one. */
export function fieldsData(model: Model, fields: readonly Field[]): readonly Literal[] {
  const calls = new Map(givenFields(model, fields).map(({ name, field }) => [field, name]));
  return fields
    .filter(({ legacy }) => !legacy)
    .map((field) => fieldData(model, field, calls.get(field) ?? inputName(field)));
}

function given(model: Model, field: Field): Given | undefined {
  return givenFields(model, [field])[0];
}

function valueData(model: Model, type: Type): { readonly [key: string]: Literal } {
  const make = maker(model, type);
  return make === undefined ? { schema: schemaData(type.schema) } : { make };
}

/** How what travels is made of what is given, where that is something else than the same value. */
function maker(model: Model, { schema, input, fields, of }: Type): Call | undefined {
  if (input?.kind === "bucket")
    return new Call(input.compare === "below" ? "below" : "upTo", [input.edges, input.labels]);
  if (input?.kind === "otherwise") return new Call("oneOf", [input.values, input.otherwise]);
  if (fields !== undefined)
    return new Call("object", [named(fields).map(({ name, field }) => fieldData(model, field, name))]);
  if (of === undefined || maker(model, of) === undefined) return undefined;
  return new Call("list", [valueData(model, of), ...(schema.maxItems === undefined ? [] : [schema.maxItems])]);
}

/** As the runtime checks it: the pattern as an expression, so that none is made of a text while the program runs. */
export function schemaData(schema: JsonSchema): Literal {
  return {
    ...(schema as { readonly [key: string]: Literal }),
    ...(schema.pattern === undefined ? {} : { pattern: new RegExp(schema.pattern) }),
    ...(schema.items === undefined ? {} : { items: schemaData(schema.items) }),
  };
}

export function matchData(match: Match): Literal {
  if (match.kind === "exactly") return match.values;
  return match.kind === "any-except" ? { any_except: match.values } : match.kind;
}
