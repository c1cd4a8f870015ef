import { lineComments, trailingComment } from "../emit/comment.js";
import { allVariants, existsUnder } from "../model/cases.js";
import type { FrozenField } from "../model/frozen.js";
import type { Ingest } from "../model/model.js";
import { camelCase } from "../names.js";
import type { Checks } from "./checks.js";
import { assignment, guard, ifAll, member, scalar } from "./js.js";
import { droppedInside, isDeep, mendName } from "./mend.js";

/** A statement in the judgement of an event. */
type Statement =
  | { readonly refuse: "malformed" | "unknown_field" | "invalid_field" | "incomplete"; readonly if: readonly string[] }
  | { readonly keep: FrozenField }
  /** The mending of a value: the value, what is left of it, or why nothing is. */
  | { readonly mend: FrozenField; readonly by: Checks }
  | { readonly when: readonly string[]; readonly inside: readonly Statement[] };

export interface Rules {
  readonly ingest: Pick<Ingest, "unknownField" | "invalidField">;
  readonly checks: Checks;
}

/** Before all else, whose it is: with these fields missing or bad, the whole is. */
export function identities(fields: readonly FrozenField[], { checks }: Rules): readonly Statement[] {
  return fields.map((field) => ({
    refuse: "malformed",
    if: field.optional ? [isSent(field), ...fails(field, checks)] : fails(field, checks),
  }));
}

/** First what would be too much. Where its condition doesn't hold, a field does not exist: whoever sends it sends an unknown one. */
export function excesses(fields: readonly FrozenField[], { ingest }: Rules): readonly Statement[] {
  if (ingest.unknownField === "strip") return [];
  return fields.flatMap((field): readonly Statement[] => {
    const when = conditionsOf({ ...field, onlyWhen: existsUnder(field) ?? [] });
    return when.length === 0 ? [] : [{ refuse: "unknown_field", if: [isSent(field), not(when)] }];
  });
}

/** Then what it can't do without, whatever else is sent: nothing is copied before it is clear that it passes. */
export function needs(fields: readonly FrozenField[], rules: Rules): readonly Statement[] {
  return allVariants(fields)
    .filter(isNeeded)
    .flatMap((field): readonly Statement[] =>
      isDeep(field.type)
        ? [...mends(field, rules), { refuse: "incomplete", if: [isLost(field)] }]
        : [{ refuse: "incomplete", if: fails(field, rules.checks) }],
    );
}

function mends(field: FrozenField, { ingest, checks }: Rules): readonly Statement[] {
  const unknown: Statement = { refuse: "unknown_field", if: [`${localOf(field)} === "unknown_field"`] };
  return [{ mend: field, by: checks }, ...(ingest.unknownField === "strip" ? [] : [unknown])];
}

/** Names the remainder of a field after it. */
function localOf({ wireName }: FrozenField): string {
  return `${camelCase(wireName)}Kept`;
}

function isLost(field: FrozenField): string {
  return `typeof ${localOf(field)} === "string"`;
}

/** Then what is copied, field by field. */
export function copies(fields: readonly FrozenField[], rules: Rules): readonly Statement[] {
  return allVariants(fields).flatMap((field): readonly Statement[] => {
    if (isNeeded(field)) return keep(field);
    const when = conditionsOf(field);
    return when.length === 0 ? judge(field, rules) : [{ when, inside: judge(field, rules) }];
  });
}

function judge(field: FrozenField, rules: Rules): readonly Statement[] {
  const { ingest, checks } = rules;
  if (isDeep(field.type)) {
    const mended = mends(field, rules);
    if (!field.optional && !field.legacy)
      return [...mended, { refuse: "incomplete", if: [isLost(field)] }, ...keep(field)];
    if (ingest.invalidField === "strip")
      return [
        {
          when: [isSent(field)],
          inside: [...mended, { when: [isLost(field).replace("===", "!==")], inside: keep(field) }],
        },
      ];
    return [
      { when: [isSent(field)], inside: [...mended, { refuse: "invalid_field", if: [isLost(field)] }, ...keep(field)] },
    ];
  }
  if (!field.optional && !field.legacy) return [{ refuse: "incomplete", if: fails(field, checks) }, ...keep(field)];
  if (ingest.invalidField === "strip") return [{ when: [passes(field, checks)], inside: keep(field) }];
  return [{ when: [isSent(field)], inside: [{ refuse: "invalid_field", if: fails(field, checks) }, ...keep(field)] }];
}

function keep(field: FrozenField): readonly Statement[] {
  return field.droppedAtEdge ? [] : [{ keep: field }];
}

export function isNeeded(field: FrozenField): boolean {
  return !field.optional && !field.legacy && existsUnder(field) === undefined && field.type.cases === undefined;
}

/** The language lets a condition name only a field that is always there: no condition depends on another. */
function conditionsOf(field: FrozenField): readonly string[] {
  return field.onlyWhen.flatMap(({ wireName, values, except }) => {
    const [only = null] = values;
    const sent = member("sent", wireName);
    if (except === true) return [`${sent} !== undefined`, `![${values.map(scalar).join(", ")}].includes(${sent})`];
    return values.length === 1 ? `${sent} === ${scalar(only)}` : `[${values.map(scalar).join(", ")}].includes(${sent})`;
  });
}

function passes(field: FrozenField, checks: Checks): string {
  const sent = member("sent", field.wireName);
  const check = `${checks.of(field.type)}(${sent})`;
  return field.nullable ? `${sent} === null || ${check}` : check;
}

function fails(field: FrozenField, checks: Checks): readonly string[] {
  const sent = member("sent", field.wireName);
  const check = `!${checks.of(field.type)}(${sent})`;
  return field.nullable ? [`${sent} !== null`, check] : [check];
}

function not(conditions: readonly string[]): string {
  const [only = "", ...others] = conditions;
  if (others.length > 0) return `!(${conditions.join(" && ")})`;
  return only.startsWith("[") ? `!${only}` : only.replace(" === ", " !== ");
}

function isSent(field: FrozenField): string {
  return `${member("sent", field.wireName)} !== undefined`;
}

export function print(statements: readonly Statement[], indent: string): readonly string[] {
  return statements.flatMap((statement): readonly string[] => {
    if ("refuse" in statement) return [guard(indent, statement.if, statement.refuse)];
    if ("mend" in statement) return [printMended(statement.mend, statement.by, indent)];
    if ("keep" in statement) {
      const { keep: field } = statement;
      return [printKeep(field, indent, isDeep(field.type) ? localOf(field) : undefined)];
    }
    const { when, inside } = statement;
    const [only] = inside;
    // Two conditions, one inside the other, are one.
    if (inside.length === 1 && only !== undefined && "when" in only)
      return print([{ ...only, when: [...when, ...only.when] }], indent);
    return inside.length === 0 ? [] : [ifAll(indent, when), ...print(inside, `${indent}  `), `${indent}}`];
  });
}

/** With what may stand there, closed sets in full: whoever audits this file has to look nowhere else. */
function printKeep({ wireName, type, why }: FrozenField, indent: string, from = member("sent", wireName)): string {
  const { kind, rule, values } = type;
  const set =
    values === undefined || kind === "bool" ? "" : ` ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  const said = `${rule}${set}. ${why}`;
  const copied = assignment(indent, member("kept", wireName), from);
  const beside = `${copied}${trailingComment(said)}`;
  if (beside.length <= 120) return beside;
  return `${lineComments(`${wireName}: ${said}`, indent)}${copied}`;
}

function printMended(field: FrozenField, checks: Checks, indent: string): string {
  const sent = member("sent", field.wireName);
  const isLess = droppedInside(field.type).length > 0;
  const mended = `${mendName(field.type, checks)}(${sent})`;
  if (isLess && !field.nullable) return `${indent}const ${localOf(field)} = ${mended};`;
  const whole = isLess ? `${sent} === null` : passes(field, checks);
  const line = `${indent}const ${localOf(field)} = ${whole} ? ${sent} : ${mended};`;
  if (line.length <= 120) return line;
  const start = `${indent}const ${localOf(field)} =`;
  if (field.nullable) {
    const choice = `${indent}  ${whole} ? ${sent} : ${mended};`;
    return choice.length <= 120
      ? `${start}\n${choice}`
      : `${start}\n${indent}  ${whole}\n${indent}    ? ${sent}\n${indent}    : ${mended};`;
  }
  return `${indent}const ${localOf(field)} = ${whole}\n${indent}  ? ${sent}\n${indent}  : ${mended};`;
}
