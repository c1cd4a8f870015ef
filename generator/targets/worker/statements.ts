import { trailingComment } from "../../code/comment.js";
import type { FrozenField } from "../../model/frozen.js";
import type { Ingest } from "../../model/model.js";
import type { Checks } from "./checks.js";
import { assignment, guard, ifAll, member, scalar } from "./js.js";

/** What the judgement of an event is made of. */
type Statement =
  | { readonly refuse: "unknown_field" | "invalid_field" | "incomplete"; readonly unless: string }
  | { readonly keep: FrozenField }
  | { readonly when: readonly string[]; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] };

export interface Rules {
  readonly ingest: Pick<Ingest, "unknownField" | "invalidField">;
  readonly checks: Checks;
}

/** First what an event can't do without, whatever else is sent: nothing is copied before it is clear that it passes. */
export function needs(fields: readonly FrozenField[], { checks }: Rules): readonly Statement[] {
  return fields.filter(isNeeded).map((field) => ({ refuse: "incomplete", unless: fails(field, checks) }));
}

/** Then what is copied, field by field. */
export function copies(fields: readonly FrozenField[], rules: Rules): readonly Statement[] {
  return fields.flatMap((field): readonly Statement[] => {
    if (isNeeded(field)) return keep(field);
    const when = conditionsOf(field, fields);
    if (when.length === 0) return judge(field, rules);
    // Where its condition doesn't hold, a field does not exist: whoever sends it sends an unknown one.
    const unknown: Statement = { refuse: "unknown_field", unless: isSent(field) };
    return [{ when, then: judge(field, rules), otherwise: rules.ingest.unknownField === "strip" ? [] : [unknown] }];
  });
}

function judge(field: FrozenField, { ingest, checks }: Rules): readonly Statement[] {
  if (!field.optional && !field.legacy) return [{ refuse: "incomplete", unless: fails(field, checks) }, ...keep(field)];
  if (ingest.invalidField === "strip") return [{ when: [passes(field, checks)], then: keep(field), otherwise: [] }];
  const bad: Statement = { refuse: "invalid_field", unless: fails(field, checks) };
  return [{ when: [isSent(field)], then: [bad, ...keep(field)], otherwise: [] }];
}

function keep(field: FrozenField): readonly Statement[] {
  return field.droppedAtEdge ? [] : [{ keep: field }];
}

export function isNeeded(field: FrozenField): boolean {
  return !field.optional && !field.legacy && field.onlyWhen.length === 0;
}

/** A field's own conditions, and those of the siblings that it depends on. */
function conditionsOf(field: FrozenField, fields: readonly FrozenField[], above: readonly FrozenField[] = []): readonly string[] {
  const further = field.onlyWhen.flatMap(({ wireName }) => {
    const sibling = fields.find((one) => one.wireName === wireName);
    return sibling === undefined || above.includes(sibling) ? [] : conditionsOf(sibling, fields, [...above, field]);
  });
  const own = field.onlyWhen.map(({ wireName, value }) => `${member("sent", wireName)} === ${scalar(value)}`);
  return [...new Set([...further, ...own])];
}

function passes(field: FrozenField, checks: Checks): string {
  const sent = member("sent", field.wireName);
  const check = `${checks.of(field.type)}(${sent})`;
  return field.nullable ? `(${sent} === null || ${check})` : check;
}

function fails(field: FrozenField, checks: Checks): string {
  const sent = member("sent", field.wireName);
  const check = `!${checks.of(field.type)}(${sent})`;
  return field.nullable ? `${sent} !== null && ${check}` : check;
}

function isSent(field: FrozenField): string {
  return `${member("sent", field.wireName)} !== undefined`;
}

export function print(statements: readonly Statement[], indent: string): readonly string[] {
  return statements.flatMap((statement): readonly string[] => {
    if ("refuse" in statement) return [guard(indent, statement.unless, statement.refuse)];
    if ("keep" in statement) return [printKeep(statement.keep, indent)];
    const { when, then, otherwise } = statement;
    const [only] = then;
    // Two conditions, one inside the other, are one.
    if (then.length === 1 && only !== undefined && "when" in only && otherwise.length === 0 && only.otherwise.length === 0) {
      return print([{ ...only, when: [...when, ...only.when] }], indent);
    }
    if (then.length === 0 && otherwise.length === 0) return [];
    const inner = `${indent}  `;
    const alternative = otherwise.length === 0 ? [] : [`${indent}} else {`, ...print(otherwise, inner)];
    return [ifAll(indent, when), ...print(then, inner), ...alternative, `${indent}}`];
  });
}

function printKeep({ wireName, why }: FrozenField, indent: string): string {
  return assignment(indent, member("kept", wireName), member("sent", wireName), trailingComment(why));
}
