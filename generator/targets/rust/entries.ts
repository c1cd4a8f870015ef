import type { JsonValue } from "../../model/json-schema.js";
import type { PlanField } from "../../plan/plan.js";
import { constantJson, fitOf, type Printed } from "./fields.js";
import { madeOf } from "./late.js";
import { snake, text } from "./literal.js";
import { isLoose, type Named } from "./named.js";
import { sourceEntry, sourceOf } from "./sources.js";

/**
 * Prints fields as entries of a payload: `let fields = vec![…];`, and what depends on siblings.
 * @param elsewhere the expression for an entry that is not of what is given here.
 */
export function entriesCode(
  fields: readonly Named[],
  elsewhere: (field: Named) => string | undefined,
): { readonly lines: readonly string[]; readonly needs: Printed } {
  const entries = fields.map((one) => elsewhere(one) ?? entryOf(one));
  const held = fields.filter(({ onlyWhen }) => Object.keys(onlyWhen).length > 0);
  return {
    lines: [
      `let ${held.length > 0 ? "mut " : ""}fields = vec![`,
      ...entries.map((entry) => `    ${entry},`),
      "];",
      ...held.map(holdCode),
    ],
    needs: fields.flatMap((one) => (elsewhere(one) !== undefined || one.value.is === "always" ? [] : fitOf(one).needs)),
  };
}

/** The fields that depend on siblings' values. */
export function holdCode({ name, optional, onlyWhen }: PlanField): string {
  const wanted = Object.entries(onlyWhen).map(([sibling, value]) => {
    const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
    return `(${text(sibling)}, &[${values.map((one) => text(JSON.stringify(one))).join(", ")}])`;
  });
  return `hold(&mut fields, ${text(name)}, ${!optional}, &[${wanted.join(", ")}])?;`;
}

/** A field as an entry, or nothing. */
export function entryOf(field: Named, indent = "            "): string {
  const constant = constantJson(field);
  if (constant !== undefined) return `Some((${text(field.name)}, ${constant}))`;
  const fit = fitOf(field);
  const at = sourceOf(field) ?? `given.${snake(field.words)}`;
  if (sourceOf(field) !== undefined) return sourceEntry(field, fit, at);
  if (!isLoose(field)) {
    const pair = [text(field.name), fit.json(fit.taken(at))];
    return pair.join(", ").length <= 58
      ? `Some((${pair.join(", ")}))`
      : `Some((\n${pair.map((one) => `${indent}${one},\n`).join("")}        ))`;
  }
  const map = `.map(|it| (${text(field.name)}, ${fit.json("it")}))`;
  const line = `${fit.option(at)}${map}`;
  if (line.length <= 60) return line;
  // A chain that is long stands below its start.
  const [, then = ""] = /^given\.\w+(.*)$/.exec(fit.option(at)) ?? [];
  return ["given", `.${snake(field.words)}`, ...(then === "" ? [] : [then]), map].join(`\n${indent}`);
}

/** Items on one line where that is short, else each on its own. */
export function list(before: string, items: readonly string[], after: string, bracket: "[" | "{" = "["): string {
  const [open, close, space] = bracket === "[" ? ["[", "]", ""] : ["{", "}", " "];
  const flat = items.join(", ");
  const most = bracket === "[" ? 60 : 18;
  if (items.length === 0 || flat.length <= most)
    return `${before}${open}${flat === "" ? "" : `${space}${flat}${space}`}${close}${after}\n`;
  const indent = /^ */.exec(before)?.[0] ?? "";
  return `${before}${open}\n${items.map((item) => `${indent}    ${item},\n`).join("")}${indent}${close}${after}\n`;
}

/** Values from the machine may be on lines of any length, and so may entries near the width at which rustfmt breaks them. */
export function asIs(fields: readonly PlanField[], entries: readonly string[], own: readonly PlanField[] = []): string {
  const isLong = (field: PlanField) =>
    sourceOf(field) !== undefined || madeOf(field) !== undefined || isComposed(field);
  return own.length > 0 || fields.some(isLong) || entries.some((one) => one.length > 50) ? "#[rustfmt::skip]\n" : "";
}

/** Returns whether a value is made of others, or depends on others: its lines are as long as they are. */
function isComposed({ value, onlyWhen, expires }: PlanField): boolean {
  const plain = ["text", "line", "one-of", "flag", "integer", "below", "up-to", "always"];
  return !plain.includes(value.is) || Object.keys(onlyWhen).length > 0 || expires !== undefined;
}

/** Wraps code that could fail. Code that can't fail in this contract may in another. */
export function wraps(code: string): string {
  return code.includes("?") ? "" : "#[allow(clippy::unnecessary_wraps)]\n";
}
