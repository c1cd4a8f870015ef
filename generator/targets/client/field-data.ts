import { type Given, givenFields, inputName, named } from "../../code/call-shape.js";
import { type Literal } from "../../code/literal.js";
import type { Field, Match, Model, Type } from "../../model/model.js";

/** A field as the runtime's `FieldContract`: what it is called, where it comes from, and what may travel. */
export function fieldData(model: Model, field: Field, code?: string): Literal {
  return {
    name: field.wireName,
    code: code === undefined || code === field.wireName ? undefined : code,
    from: sourceData(field),
    optional: field.optional || undefined,
    nullable: field.nullable || undefined,
    onlyWhen: field.onlyWhen.length === 0 ? undefined : Object.fromEntries(field.onlyWhen.map(({ wireName, value }) => [wireName, value])),
    ...valueData(model, field.type),
  };

  function sourceData({ from }: Field): Literal {
    if (code !== undefined && given(model, field) !== undefined) return undefined;
    if (from.kind === "identifier") return { identifier: from.identifier };
    if (from.kind === "env") return { env: from.env, is: matchData(from.is) };
    return from.kind === "call" ? undefined : from.kind;
  }
}

/** The fields of an event, and of what goes with every event. What old clients may still send is never sent by this one. */
export function fieldsData(model: Model, fields: readonly Field[]): readonly Literal[] {
  const calls = new Map(givenFields(model, fields).map(({ name, field }) => [field, name]));
  return fields.filter(({ legacy }) => !legacy).map((field) => fieldData(model, field, calls.get(field) ?? inputName(field)));
}

function given(model: Model, field: Field): Given | undefined {
  return givenFields(model, [field])[0];
}

function valueData(model: Model, { schema, input, fields, of }: Type): { readonly [key: string]: Literal } {
  return {
    bucket: input?.kind === "bucket" ? { edges: input.edges, labels: input.labels, compare: input.compare } : undefined,
    otherwise: input?.kind === "otherwise" ? input.otherwise : undefined,
    fields: fields?.some(differs) ? named(fields).map(({ name, field }) => fieldData(model, field, name)) : undefined,
    of: of !== undefined && makes(of) ? valueData(model, of) : undefined,
    schema: schema as Literal,
  };
}

/** Whether a field inside an object needs more than its schema to be made. */
function differs(field: Field): boolean {
  return inputName(field) !== field.wireName || field.nullable || makes(field.type);
}

function makes({ input, fields, of }: Type): boolean {
  return input !== undefined || fields?.some(differs) === true || (of !== undefined && makes(of));
}

export function matchData(match: Match): Literal {
  if (match.kind === "exactly") return match.values;
  return match.kind === "any-except" ? { any_except: match.values } : match.kind;
}
