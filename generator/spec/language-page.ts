import { SOURCES } from "../language/sources/index.js";
import { TYPES } from "../language/types/index.js";
import { FORMATS, PLACEHOLDERS, WRAPPERS } from "../language/wire/index.js";
import { metaSchema } from "./meta-schema.js";
import { FIELD_KEYS } from "./structure/fields.js";
import { type Keyed, resolveSchema } from "./structure/resolve.js";
import { record, type Schema } from "./structure/schema.js";
import { DURATION, SIZE } from "./units.js";

/** A place for a table in the page: what is between two markers is replaced. */
const TABLE = /(<!-- table: ([a-z_.-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * The reference page of the language with its tables written anew from the registries, so that no key or type can be
 * missing from it. Its prose stays as it is.
 */
export function languagePage(page: string): string {
  const sections = new Set([...page.matchAll(TABLE)].map((found) => found[2] ?? ""));
  return page.replaceAll(
    TABLE,
    (_all, start: string, name: string, end: string) => `${start}\n${tableNamed(name, sections)}\n${end}`,
  );
}

function tableNamed(name: string, sections: ReadonlySet<string>): string {
  if (name === "types") return typesTable();
  if (name === "parameters") return parametersTable();
  if (name === "fields") return keysTable(record(FIELD_KEYS, ["why"]), name, sections);
  if (name === "sources") return sourcesTable();
  if (name === "wire") return formatsTable();
  if (name === "wire.keys") return keysTable(wireKeys(), name, sections);
  if (name === "wire.placeholders") return placeholdersTable();
  if (name === "top-level") return keysTable(metaSchema(), "", new Set(Object.keys(metaSchema().properties)));
  return keysTable(schemaAt(name.split(".")), name, sections);
}

/** The keys of any format. */
function wireKeys(): Schema {
  const branches = (metaSchema().properties.wire?.anyOf ?? []) as readonly Keyed[];
  const { format: _, ...keys } = Object.assign({}, ...branches.map(({ properties }) => properties)) as Record<
    string,
    Schema
  >;
  return record(keys);
}

/** The map at a path of keys, through lists, named entries and alternatives. */
function schemaAt(path: readonly string[]): Keyed {
  return path.reduce((schema, key) => inner(schema.properties?.[key] ?? {}), metaSchema() as Keyed);
}

function inner(schema: Schema): Keyed {
  const here = resolveSchema(schema, metaSchema().definitions) as Keyed;
  const items = here.items;
  if (items !== undefined) return inner(items as Schema);
  if (here.properties !== undefined) return here;
  if (typeof here.additionalProperties === "object") return inner(here.additionalProperties);
  const map = here.anyOf
    ?.map((branch) => resolveSchema(branch, metaSchema().definitions))
    .filter((branch) => branch.type === "object")
    .toSorted((a, b) => Object.keys(a.properties ?? {}).length - Object.keys(b.properties ?? {}).length)
    .at(-1);
  return map === undefined ? here : inner(map);
}

function keysTable(schema: Schema, path: string, sections: ReadonlySet<string>): string {
  return table(["Key", "Value", "", "Meaning"], rowsOf(schema, "", path, sections));
}

/** A row for each key, and below it those of a map that has no section of its own. */
function rowsOf(
  schema: Keyed,
  prefix: string,
  path: string,
  sections: ReadonlySet<string>,
): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const row = [
      code(prefix + key),
      kindOf(property),
      schema.required?.includes(key) === true ? "required" : "",
      descriptionOf(property),
    ];
    const below = resolveSchema(property, metaSchema().definitions) as Keyed;
    const own = path === "" ? key : `${path}.${key}`;
    const isElsewhere = [...sections].some((name) => name === own || name.startsWith(`${own}.`));
    return [
      row,
      ...(below.properties === undefined || isElsewhere ? [] : rowsOf(below, `${prefix}${key}.`, own, sections)),
    ];
  });
}

function formatsTable(): string {
  const rows = FORMATS.map(({ name, describes, keys, required }) => {
    const listed = keys.map(
      (key) => `${code(key)}${(required as readonly string[]).includes(key) ? "" : " (optional)"}`,
    );
    return [code(name), listed.join(", "), describes];
  });
  return table(["`format`", "Keys", "Body"], rows);
}

function sourcesTable(): string {
  return table(
    ["`from`", "What it holds"],
    Object.entries(SOURCES).map(([name, { describes, types }]) => [
      code(name),
      `${describes}${types === undefined ? "" : ` (${types.map(code).join(", ")})`}`,
    ]),
  );
}

function placeholdersTable(): string {
  return table(
    ["Written", "What it is filled with"],
    [...PLACEHOLDERS, ...WRAPPERS].map(({ name, describes }) => [code(name), describes]),
  );
}

function typesTable(): string {
  const rows = TYPES.map(({ name, parameters, required, oneOf, describes }) => {
    const listed = Object.keys(parameters).map((parameter) =>
      required.includes(parameter) || oneOf?.includes(parameter) === true
        ? code(parameter)
        : `${code(parameter)} (optional)`,
    );
    return [code(name), listed.join(", "), describes];
  });
  return table(["`type`", "Parameters", "Value"], rows);
}

function parametersTable(): string {
  const rows = TYPES.flatMap(({ name, parameters }) =>
    Object.entries(parameters).map(([parameter, { description }]) => [code(name), code(parameter), description]),
  );
  return table(["`type`", "Parameter", "Meaning"], rows);
}

function descriptionOf(schema: Schema): string {
  const own = schema.description ?? resolveSchema(schema, metaSchema().definitions).description;
  return typeof own === "string" ? own : "";
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  array: "list",
  object: "map",
};

function kindOf(schema: Schema): string {
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

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll("\n", " ").replaceAll(/(?<!\\)\|/g, "\\|")).join(" | ")} |`,
  );
  return `${lines.join("\n")}\n`;
}
