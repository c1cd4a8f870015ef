import { inBrief } from "../../language/combine/index.js";
import type { PlanField, PlanRollup } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment } from "./literal.js";
import { exported, methodOf, type Names, unexported } from "./names.js";
import { memberOf, sentence, type Types } from "./types.js";

/** What a program calls for a rollup. */
export interface RollupShape {
  readonly one: PlanRollup;
  /** The struct that says which group. */
  readonly group: string;
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
    member: unexported(words) === "queue" ? "queueRollup" : unexported(words),
    method: methodOf(one.words),
    handle: methodOf(one.handle),
  };
}

function wordsOf(name: string): readonly string[] {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** Those that are given together elsewhere are members of their own here. */
export function groupField(field: PlanField): PlanField {
  return { ...field, words: wordsOf(field.name) };
}

/** Its group, counting by name, and a counter that is bound to one group. */
export function printRollup({ one, group, member, method, handle }: RollupShape, types: Types): string {
  const given = one.by.filter(({ from }) => from.kind === "call").map(groupField);
  const members = given.map(
    (field) => `${comment([sentence(field)], "\t")}\t${memberOf(field)} ${types.of(field, wordsOf(one.name))}\n`,
  );
  const values = one.by.map((field) =>
    field.from.kind === "call" ? givenOf(field, `group.${memberOf(groupField(field))}`) : "nil",
  );
  const failing = one.counters.length > 1;
  const amounts = one.counters.slice(2).map(({ words }) => amountName(words));
  const parameters = [
    `group ${group}`,
    ...(failing ? ["ok bool"] : []),
    ...(amounts.length > 0 ? [`${amounts.join(", ")} int64`] : []),
  ].join(", ");
  const counts = one.counters.map(({ name, counts }) => `${name}: ${inBrief(counts)}.`).join(" ");
  const counting = failing ? "count(ok)" : "OK()";
  const body =
    amounts.length === 0
      ? `\tc.${member}.row(&group).${counting}\n`
      : `\trow := c.${member}.row(&group)\n\trow.add(${amounts.join(", ")})\n\trow.${counting}\n`;
  return [
    comment([`${group} says what is counted by [Client.${method}].`]),
    `type ${group} struct {\n${members.join("")}}\n\n`,
    `func (group ${group}) values() []any {\n\treturn []any{${values.join(", ")}}\n}\n\n`,
    comment([
      `${method} counts ${one.name}: ${one.when} ${one.why}`,
      ...(one.note === undefined ? [] : [`Note: ${one.note}`]),
      `It adds one call in memory. ${counts}`,
    ]),
    `func (c *Client) ${method}(${parameters}) {\n${body}}\n\n`,
    comment([
      `${handle} is [Client.${method}] bound to one group, which is looked up once: for paths where every nanosecond counts.`,
    ]),
    `func (c *Client) ${handle}(group ${group}) *Counter { return c.${member}.row(&group) }\n`,
  ].join("");
}

function amountName(words: readonly string[]): string {
  const name = unexported(words);
  return ["group", "ok", "c", "row"].includes(name) ? `the${exported(words)}` : name;
}
