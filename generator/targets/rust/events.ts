import type { Plan, PlanEvent, PlanField } from "../../plan/plan.js";
import { asIs, entryOf, holdCode, list, wraps } from "./entries.js";
import { fitOf } from "./fields.js";
import { hasCome, isLate, lateCode, madeOf, untilEnd } from "./late.js";
import { functionName, pascal, snake, text } from "./literal.js";
import { drawingOf } from "./sending.js";

/** The common fields. Values that differ per event are filled in later. */
export function commonEntry(field: PlanField): string {
  return isLate(field, true) ? "None" : eventEntry(field);
}

/** An entry of an event: given, made for it, or found. */
function eventEntry(field: PlanField): string {
  const made = madeOf(field);
  if (made === undefined) return entryOf(field);
  const name = text(field.name);
  if (made.sure) return `Some((${name}, ${made.code}))`;
  return field.optional ? `${made.code}.map(|it| (${name}, it))` : `Some((${name}, ${made.code}?))`;
}

/** The values of `setup` that an event uses. */
export function ownEntry(field: PlanField): string {
  const fit = fitOf(field);
  const at = `given.${snake(field.words)}`;
  const taken = fit.taken(at);
  const entry = (json: string) => `(${text(field.name)}, ${fit.json(json)})`;
  if (field.optional) return `${fit.option(at)}.map(|it| ${entry("it")})`;
  return taken.endsWith("?") ? `${taken.slice(0, -1)}.map(|it| ${entry("it")})` : `Some(${entry(taken)})`;
}

/** The fields that events take of what `setup` was given, each once. */
export function ownOf(plan: Plan): readonly PlanField[] {
  const names = new Map<string, PlanField>();
  for (const event of plan.emitters)
    if (event.kind === "event") for (const field of event.fields) if (isOwn(event, field)) names.set(field.name, field);
  return [...names.values()];
}

/** Returns whether an event has something of what `setup` was given. */
export function takesClient(event: PlanEvent): boolean {
  return event.fields.some((field) => isOwn(event, field));
}

function isOwn(event: PlanEvent, { name, from }: PlanField): boolean {
  return (from.kind === "setup" || from.kind === "package-version") && !event.given.includes(name);
}

/** The code of one event: its function and its parts. */
export function printEvent(plan: Plan, event: PlanEvent, client: string): string {
  const name = functionName(event.words);
  const own = event.fields.filter((field) => isOwn(event, field));
  const all = ownOf(plan);
  const late = event.fields.filter((field) => isLate(field, false));
  const drawing = drawingOf(plan);
  const fields = event.fields.length === 0 ? "&[]" : "&fields";
  // A reserved word has a line behind it.
  const plain = name.replace(/_$/, "");
  const once = event.limit === undefined ? undefined : `${plain.toUpperCase()}_DONE`;
  const takes = event.given.length === 0 ? [] : [`given: &${pascal(event.words)}`];
  const takesAll = [...(own.length === 0 ? [] : ["client: &Client"]), ...takes].join(", ");
  const gives = [...(own.length === 0 ? [] : ["client"]), ...(event.given.length === 0 ? [] : ["given"])].join(", ");
  const made = event.fields.length === 0 ? [] : [`        if let Some(fields) = ${plain}_fields(${gives}) {\n`];
  const indent = made.length > 0 ? "            " : "        ";
  const more = drawing.late ? `, ${late.length === 0 ? "&[]" : `${plain.toUpperCase()}_LATE`}` : "";
  const send = `client.send(${text(event.name)}, ${fields}${more});\n`;
  const sends = [
    ...made,
    ...(once === undefined
      ? [`${indent}${send}`]
      : [`${indent}if !${once}.swap(true, Ordering::Relaxed) {\n${indent}    ${send}${indent}}\n`]),
    ...(made.length > 0 ? ["        }\n"] : []),
  ];
  const entryOfEvent = (field: PlanField) => {
    if (!own.includes(field)) return eventEntry(field);
    const at = all.findIndex((other) => other.name === field.name);
    return field.optional ? `client.own[${at}].clone()` : `Some(client.own[${at}].clone()?)`;
  };
  const entries = event.fields.map((field) => (isLate(field, false) ? "None" : untilEnd(field, entryOfEvent(field))));
  const held = event.fields.filter((field) => Object.keys(field.onlyWhen).length > 0 && !isLate(field, false));
  return [
    ...(once === undefined ? [] : [`static ${once}: AtomicBool = AtomicBool::new(false);\n\n`]),
    ...(late.length === 0 ? [] : [`${lateCode(`${plain.toUpperCase()}_LATE`, event.fields, false).trimStart()}\n`]),
    `pub(super) fn ${name}(${takes.join("")}) {\n${event.expires === undefined ? "" : `    if ${hasCome(event.expires)} {\n        return;\n    }\n`}    if let Some(client) = ${client} {\n${sends.join("")}    }\n}\n`,
    ...(event.fields.length === 0
      ? []
      : [
          `\n${wraps(entries.join("") + (held.length > 0 ? "?" : ""))}${asIs(event.fields, entries, own)}pub(super) fn ${plain}_fields(${takesAll}) -> Option<Vec<Option<Entry>>> {\n`,
          list(`    let ${held.length > 0 ? "mut " : ""}fields = vec!`, entries, ";"),
          ...held.map((field) => `    ${holdCode(field)}\n`),
          "    Some(fields)\n}\n",
        ]),
  ].join("");
}
