import type { Field, Type } from "../model/model.js";

/** For people: why a field is collected; what may be given and what is made of it, with an example; what else is to be known. */
export function fieldDoc(field: Field): readonly string[] {
  const { type } = field;
  const values = type.values && valuesOf(type);
  const bucket =
    type.input?.kind === "bucket" ? `In ${type.input.unit}. Only its range is sent: ${values}.` : undefined;
  const otherwise =
    type.input?.kind === "otherwise"
      ? `One of ${values}; anything else is sent as ${quote(type.input.otherwise)}.`
      : undefined;
  const beyond =
    type.input?.kind === "replaced"
      ? `; anything else is sent as ${quote(type.input.otherwise)}`
      : type.input?.kind === "cut"
        ? "; what is longer is cut"
        : "";
  const rule =
    type.rule === "" || values !== undefined || type.fields !== undefined
      ? undefined
      : `${type.rule.charAt(0).toUpperCase()}${type.rule.slice(1)}${formOf(type)}${beyond}.`;
  const only = field.onlyWhen.map(
    ({ wireName, values }) => `Sent only when \`${wireName}\` is ${values.map(quote).join(" or ")}.`,
  );
  const example =
    type.fields !== undefined || (values !== undefined && type.of === undefined)
      ? undefined
      : `Example: ${quote(field.example)}.`;
  return [
    field.why,
    [bucket ?? otherwise ?? rule, ...only, example].filter((part) => part !== undefined).join(" "),
    field.note ?? "",
  ];
}

/** Returns what the words of a rule leave open: the values of a list's items, or the form of a text. */
function formOf({ kind, schema, of }: Type): string {
  if (of !== undefined) return of.values === undefined ? formOf(of) : ` ${valuesOf(of)}`;
  return kind === "string" && schema.pattern !== undefined ? `: \`${schema.pattern}\`` : "";
}

function valuesOf({ values }: Type): string {
  return (values ?? []).map(quote).join(", ");
}

function quote(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
