import { inBrief } from "../../language/combine/index.js";
import { givenFor, isGivenBy } from "../../plan/counters.js";
import type { PlanField, PlanRollup } from "../../plan/plan.js";
import { isCounting } from "./combined.js";
import { broken, type Face } from "./face.js";
import { snake } from "./names.js";
import { annotation, paramDoc, type Types } from "./types.js";

/** A rollup's grouping field: those that are given together elsewhere are parameters of their own here. */
export function groupName({ name }: PlanField): string {
  return besideOk(snake(name.split(/[^A-Za-z0-9]+/).map((word) => word.toLowerCase())));
}

/** What a call brings beside being one. */
function amountName({ words }: PlanRollup["counters"][number]): string {
  return besideOk(snake(words));
}

/** Whether a call went well is a parameter, too. */
function besideOk(name: string): string {
  return name === "ok" ? "ok_" : name;
}

/** Counting by name, and a counter that is bound to one group for the paths that are hot. */
export function rollupFaces(rollup: PlanRollup, types: Types, data: string, doc: readonly string[]): readonly Face[] {
  return [countingFace(rollup, types, data, doc), counterFace(rollup, types, data)];
}

/** Counts one call. */
function countingFace(rollup: PlanRollup, types: Types, data: string, doc: readonly string[]): Face {
  const { required, optional } = givenBy(rollup);
  const isFailing = rollup.counters.some(({ counts }) => counts === "failed-calls");
  const amounts = amountsOf(rollup);
  const byName = [
    ...optional.map((field) => typed(field, rollup, types)),
    ...amounts.map((amount) =>
      rollup.plain
        ? `${amountName(amount)}: int = 0`
        : `${amountName(amount)}: ${amountType(amount, types, rollup)} | None = None`,
    ),
  ];
  const counts = rollup.counters.map(({ name, counts }) => `\`${name}\`: ${inBrief(counts)}.`).join(" ");
  return {
    name: snake(rollup.words),
    parameters: [
      ...required.map((field) => typed(field, rollup, types)),
      ...(isFailing ? ["ok: bool"] : []),
      ...(byName.length > 0 ? ["*", ...byName] : []),
    ],
    returns: "None",
    doc: [
      ...doc.slice(0, -1),
      `Adds one call in memory. ${counts}`,
      "",
      ...rollup.by
        .filter((field) => isGivenBy(rollup, field))
        .flatMap((field) => paramDoc({ ...field, words: groupName(field).split("_") })),
      ...(isFailing ? [":param ok: Whether the call went well. One that did not is counted as failed, too."] : []),
    ],
    does: [...loading(data), ...(rollup.plain ? adding(rollup, data, isFailing) : combining(rollup, data, isFailing))],
    keeps: kept(rollup, data),
  };
}

/** Gives the counter of one group. */
function counterFace(rollup: PlanRollup, types: Types, data: string): Face {
  const { required, optional } = givenBy(rollup);
  const byName = optional.map((field) => typed(field, rollup, types));
  return {
    name: snake(rollup.handle),
    parameters: [
      ...required.map((field) => typed(field, rollup, types)),
      ...(byName.length > 0 ? ["*", ...byName] : []),
    ],
    returns: "Counter",
    doc: [
      `\`${snake(rollup.words)}\` bound to one group, which is looked up once: for paths where every nanosecond counts.`,
    ],
    does: [...loading(data), `return ${rowOf(rollup, data)}`],
    noop: "Counter()",
    keeps: kept(rollup, data),
  };
}

/** The fields of its group that a caller gives. */
function givenBy(rollup: PlanRollup) {
  const given = rollup.by.filter((field) => isGivenBy(rollup, field));
  return { required: given.filter(({ optional }) => !optional), optional: given.filter(({ optional }) => optional) };
}

function typed(field: PlanField, rollup: PlanRollup, types: Types): string {
  return `${groupName(field)}: ${annotation(types.of(field, rollup.words), field.optional)}`;
}

/** Returns what a call brings beside being one. */
function amountsOf({ counters }: PlanRollup): PlanRollup["counters"] {
  return counters.filter(({ counts }) => !isCounting(counts));
}

/** Its counters are loaded by the first call. */
function loading(data: string): readonly string[] {
  return [
    `global _${data}`,
    `if _${data} is None:`,
    "    from . import _contract",
    "",
    `    _${data} = _contract.${data}`,
  ];
}

function kept({ plain }: PlanRollup, data: string): NonNullable<Face["keeps"]> {
  return { name: `_${data}`, type: plain ? "Rollup" : "Mixed" };
}

function rowOf(rollup: PlanRollup, data: string): string {
  const group = rollup.by.map((field) => (isGivenBy(rollup, field) ? groupName(field) : "None"));
  return `_${data}.row(${group.join(", ")})`;
}

/** Counts a call, and adds its amounts where it has any. */
function adding(rollup: PlanRollup, data: string, isFailing: boolean): readonly string[] {
  const amounts = amountsOf(rollup);
  const row = rowOf(rollup, data);
  if (amounts.length === 0) return [row.replace(".row(", `.count(${isFailing ? "ok" : "True"}, `).replace(", )", ")")];
  return [
    // No parameter begins so.
    `_row = ${row}`,
    ...(isFailing ? ["if ok:", "    _row.ok()", "else:", "    _row.error()"] : ["_row.ok()"]),
    `_row.add(${tuple(amounts.map(amountName))})`,
  ];
}

/** Counts a call, and combines what it brings. */
function combining(rollup: PlanRollup, data: string, isFailing: boolean): readonly string[] {
  const brought = tuple(amountsOf(rollup).map(amountName));
  return broken(`_${data}.combine(`, [rowOf(rollup, data), isFailing ? "ok" : "True", brought]);
}

/** Returns what a caller gives of a value that is combined: of a set one of its members, of what is only told apart any text or number. */
function amountType(
  { counts, value, words }: PlanRollup["counters"][number],
  types: Types,
  { words: owner }: PlanRollup,
): string {
  if (counts === "count-distinct") return "str | float";
  return types.value(givenFor({ counts, value }), words, owner);
}

function tuple(items: readonly string[]): string {
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}
