import { isIllFormed, isObject } from "../worker/runtime/read/parse-object.js";
import type { Checks, FieldRule, Finding, Rules } from "./rules.js";

/** An object as it was pasted: nothing in it is trusted. */
export type Sent = Readonly<Record<string, unknown>>;

/** Goes through what was sent key by key, then through what is needed and was not sent. */
export function judgeFields(
  sent: Sent,
  fields: readonly FieldRule[],
  at: string,
  rules: Rules,
  checks: Checks,
): readonly Finding[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  // Of one that a sibling decides about, there are several.
  const standing = (name: string) => fields.find((field) => field.name === name && applies(field, sent));
  const found = Object.entries(sent).map(([name, value]) =>
    judgeField(at + name, value, standing(name) ?? byName.get(name), sent, rules, checks),
  );
  const missing = fields.filter((field) => field.needed && !Object.hasOwn(sent, field.name) && applies(field, sent));
  return [
    ...found,
    ...missing.map(
      (field): Finding => ({
        place: at + field.name,
        sent: "",
        verdict: "missing",
        about: `It is ${field.may}. ${rules.consequences.missing}`,
      }),
    ),
  ];
}

function judgeField(
  place: string,
  value: unknown,
  field: FieldRule | undefined,
  sent: Sent,
  rules: Rules,
  checks: Checks,
): Finding {
  if (field === undefined)
    return { place, sent: show(value), verdict: "not on the list", about: rules.consequences.field };
  if (!applies(field, sent))
    return {
      place,
      sent: show(value),
      verdict: "not on the list",
      about: `${condition(field)} ${rules.consequences.field}`,
    };
  return judgeValue(place, value, field, rules, checks);
}

/** By the receiver's own validator for values of this kind. Without a value that is needed, the whole is as if it were missing. */
export function judgeValue(
  place: string,
  value: unknown,
  field: Pick<FieldRule, "check" | "may" | "note" | "nullable"> & { readonly needed?: boolean },
  rules: Rules,
  checks: Checks,
): Finding {
  const passes =
    (field.nullable === true && value === null) || (checks[field.check]?.(value) === true && isWellFormed(value));
  if (!passes)
    return {
      place,
      sent: show(value),
      verdict: "not allowed",
      about: `It has to be ${field.may}. ${field.needed ? rules.consequences.missing : rules.consequences.value}`,
    };
  return { place, sent: show(value), verdict: "allowed", about: field.note ?? field.may };
}

function applies({ onlyWhen = [] }: FieldRule, sent: Sent): boolean {
  return onlyWhen.every(
    ({ wireName, values, except = false }) =>
      sent[wireName] !== undefined && values.includes(sent[wireName]) !== except,
  );
}

function condition({ onlyWhen = [] }: FieldRule): string {
  return `It is sent only when ${onlyWhen.map(({ wireName, values }) => `${wireName} is ${values.map(show).join(" or ")}`).join(" and ")}.`;
}

/** Half a surrogate pair or NUL is never accepted: backends need not store such text. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return !isIllFormed(value);
  if (Array.isArray(value)) return value.every(isWellFormed);
  return !isObject(value) || Object.values(value).every(isWellFormed);
}

/** A value on one line, cut where it gets long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
