import { inBrief } from "../../language/combine/index.js";
import { givenFor, isGivenBy } from "../../plan/counters.js";
import type { PlanField, PlanRollup } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment } from "./literal.js";
import { exported, methodOf, type Names, unexported } from "./names.js";
import { combinedOf } from "./queue.js";
import { memberOf, sentence, type Types } from "./types.js";

/** The function that a program calls for a rollup. */
export interface RollupShape {
  readonly one: PlanRollup;
  /** The struct that says which group. */
  readonly group: string;
  /** The struct of what a call brings beside being one; undefined: nothing, or plain amounts. */
  readonly values: string | undefined;
  /** The client's own. */
  readonly member: string;
  readonly method: string;
  readonly handle: string;
}

export function rollupShape(one: PlanRollup, names: Names): RollupShape {
  const words = wordsOf(one.name);
  return {
    one,
    group: names.take([...words, "group"]),
    values: combinedOf(one).length === 0 ? undefined : names.take([...words, "values"]),
    member: unexported(words) === "queue" ? "queueRollup" : unexported(words),
    method: methodOf(one.words),
    handle: methodOf(one.handle),
  };
}

export function wordsOf(name: string): readonly string[] {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** Its group, counting by name, and a counter that is bound to one group. */
export function printRollup({ one, group, values, member, method, handle }: RollupShape, types: Types): string {
  const given = one.by.filter((field) => isGivenBy(one, field));
  const members = given.map(
    (field) => `${comment([sentence(field)], "\t")}\t${memberOf(field)} ${types.of(field, wordsOf(one.name))}\n`,
  );
  const grouped = one.by.map((field) => (isGivenBy(one, field) ? givenOf(field, `group.${memberOf(field)}`) : "nil"));
  const mixed = given.reduce(
    (sum, field) => mixedWith(sum, `group.${memberOf(field)}`, types.of(field, wordsOf(one.name))),
    "0",
  );
  const failing = isFailing(one);
  const amounts = one.plain ? one.counters.slice(2).map(({ words }) => amountName(words)) : [];
  const brings = combinedFields(one);
  const parameters = [
    `group ${group}`,
    ...(failing ? ["ok bool"] : []),
    ...(amounts.length > 0 ? [`${amounts.join(", ")} int64`] : []),
    ...(values === undefined ? [] : [`values ${values}`]),
  ].join(", ");
  const counts = one.counters.map(({ name, counts }) => `${name}: ${inBrief(counts)}.`).join(" ");
  const counting = failing ? "count(ok)" : "OK()";
  const brought = brings.map((field) => `, ${givenOf(field, `values.${memberOf(field)}`)}`).join("");
  const body =
    values !== undefined
      ? `\tc.${member}.row(&group, group.sum()).combine(${failing ? "ok" : "true"}${brought})\n`
      : amounts.length === 0
        ? `\tc.${member}.row(&group, group.sum()).${counting}\n`
        : `\trow := c.${member}.row(&group, group.sum())\n\trow.add(${amounts.join(", ")})\n\trow.${counting}\n`;
  return [
    ...(values === undefined ? [] : [printValues(values, method, brings, one, types)]),
    comment([`${group} says what is counted by [Client.${method}].`]),
    `type ${group} struct {\n${members.join("")}}\n\n`,
    `func (group *${group}) values() []any {\n\treturn []any{${grouped.join(", ")}}\n}\n\n`,
    `func (group *${group}) sum() uint64 {\n\treturn ${mixed}\n}\n\n`,
    comment([
      `${method} counts ${one.name}. When: ${one.when} Why: ${one.why}`,
      ...(one.note === undefined ? [] : [`Note: ${one.note}`]),
      `It adds one call in memory. ${counts}`,
    ]),
    `func (c *Client) ${method}(${parameters}) {\n${body}}\n\n`,
    comment([
      `${handle} is [Client.${method}] bound to one group, which is looked up once: for paths where every nanosecond counts.`,
    ]),
    `func (c *Client) ${handle}(group ${group}) *Counter {\n\treturn c.${member}.row(&group, group.sum())\n}\n`,
  ].join("");
}

/** Returns a sum with one member of a group in it; what may be of several types stays out of it. */
function mixedWith(sum: string, member: string, type: string): string {
  switch (type) {
    case "any":
      return sum;
    case "bool":
      return `mixedFlag(${sum}, ${member})`;
    case "int64":
      return `mixedNumber(${sum}, uint64(${member}))`;
    case "float64":
      return `mixedReal(${sum}, ${member})`;
    case "string":
      return `mixedText(${sum}, ${member})`;
    default:
      return `mixedWord(${sum}, string(${member}))`;
  }
}

/** Returns whether each call says whether it went well. */
export function isFailing({ counters }: PlanRollup): boolean {
  return counters.some(({ counts }) => counts === "failed-calls");
}

/** Returns what a call brings, as fields. */
function combinedFields(rollup: PlanRollup): readonly PlanField[] {
  return combinedOf(rollup).map(({ name, words, counts, value }) => ({
    name,
    words,
    from: { kind: "call" },
    value: givenFor({ counts, value }),
    optional: true,
    onlyWhen: {},
    example: null,
    given: null,
    doc: [`${inBrief(counts)}.`],
  }));
}

function printValues(
  values: string,
  method: string,
  fields: readonly PlanField[],
  rollup: PlanRollup,
  types: Types,
): string {
  const members = fields.map(
    (field) => `${comment([sentence(field)], "\t")}\t${memberOf(field)} ${types.of(field, wordsOf(rollup.name))}\n`,
  );
  return [
    comment([`${values} are what a call of [Client.${method}] brings.`]),
    `type ${values} struct {\n${members.join("")}}\n\n`,
  ].join("");
}

function amountName(words: readonly string[]): string {
  const name = unexported(words);
  return ["group", "ok", "c", "row"].includes(name) ? `the${exported(words)}` : name;
}
