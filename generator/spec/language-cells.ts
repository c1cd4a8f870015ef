import { metaSchema } from "./meta-schema.js";
import { resolveSchema } from "./structure/resolve.js";
import type { Schema } from "./structure/schema.js";
import { DURATION, SIZE } from "./units.js";

/** Names; the required ones are bold. */
export function listOf(keys: readonly string[], required: readonly string[]): string {
  return keys.map((key) => (required.includes(key) ? `**${code(key)}**` : code(key))).join(", ");
}

/** Returns the description of a key, where it says so itself or what it refers to does. */
export function descriptionOf(schema: Schema): string {
  const description = schema.description ?? resolveSchema(schema, metaSchema().definitions).description;
  return typeof description === "string" ? description : "";
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  array: "list",
  object: "map",
};

/** Returns the kind of value behind a key, in a word or two. */
export function kindOf(schema: Schema): string {
  const here = resolveSchema(schema, metaSchema().definitions);
  if ("const" in here) return code(JSON.stringify(here.const));
  const words = here.enum;
  if (Array.isArray(words)) return words.map((word) => code(String(word))).join(", ");
  const branches = here.anyOf;
  if (Array.isArray(branches) && here.type === undefined)
    return [...new Set(branches.map((branch) => kindOf(branch as Schema)))].join(" or ");
  if (here.pattern === DURATION) return "duration";
  if (here.pattern === SIZE) return "size";
  if (here.type === undefined) return "anything";
  return [here.type]
    .flat()
    .map((type) => KINDS[String(type)])
    .join(" or ");
}

/** As code in a cell. */
export function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** A table in Markdown, without the strokes around it that Markdown can do without. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) =>
    cells.map((cell) => cell.replaceAll("\n", " ").replaceAll(/(?<!\\)\|/g, "\\|")).join(" | "),
  );
  return `${lines.join("\n")}\n`;
}
