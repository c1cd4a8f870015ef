import { SOURCES } from "../language/sources/index.js";
import { TYPES } from "../language/types/index.js";
import { PLACEHOLDERS, WRAPPERS, WRITTEN_FORMATS } from "../language/wire/index.js";
import { code, descriptionOf, kindOf, listOf, table } from "./language-cells.js";
import { metaSchema } from "./meta-schema.js";
import { FIELD_KEYS } from "./structure/fields.js";
import { type Keyed, resolveSchema } from "./structure/resolve.js";
import { record, type Schema } from "./structure/schema.js";

/** A place for a table in the page: what is between two markers is replaced. */
const TABLE = /(<!-- table: ([a-z_.-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * The reference page of the language with its tables written anew from the registries, so that no key or type can be
 * missing from it. Its prose stays as it is.
 */
export function languagePage(page: string): string {
  const sections = new Set([...page.matchAll(TABLE)].map((found) => found[2] ?? ""));
  const rows = [...sections].flatMap((name) => rowsNamed(name, sections));
  return page.replaceAll(
    TABLE,
    (_all, start: string, name: string, end: string) => `${start}\n${tableNamed(name, rows)}\n${end}`,
  );
}

/** A key of a section of the page. */
interface Row {
  readonly section: string;
  /** With the keys in front that lead to it from its section's own map. */
  readonly key: string;
  readonly value: string;
  readonly required: boolean;
  readonly meaning: string;
}

const OTHERS: Readonly<Record<string, () => string>> = {
  types: typesTable,
  parameters: parametersTable,
  sources: sourcesTable,
  wire: formatsTable,
  "wire.placeholders": placeholdersTable,
};

function tableNamed(name: string, rows: readonly Row[]): string {
  if (name === "many") return manyTable(rows);
  const ownRows = rows.filter((row) => row.section === name && !isOfMany(row, rows));
  return OTHERS[name]?.() ?? table(["Key", "Meaning"], ownRows.map(cellsOf));
}

/** The rows of a section that is about keys. */
function rowsNamed(name: string, sections: ReadonlySet<string>): readonly Row[] {
  if (name in OTHERS || name === "many") return [];
  if (name === "fields") return rowsOf(record(FIELD_KEYS, ["why"]), "", name, name, sections);
  if (name === "wire.keys") return rowsOf(wireKeys(), "", name, name, sections);
  if (name === "top-level") return rowsOf(metaSchema(), "", "", name, new Set(Object.keys(metaSchema().properties)));
  return rowsOf(schemaAt(name.split(".")), "", name, name, sections);
}

function lastOf({ key }: Row): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** A key that means the same in several sections stands on the page once. */
function isOfMany(row: Row, rows: readonly Row[]): boolean {
  return rows.some((other) => other !== row && isSame(row, other));
}

function isSame(row: Row, other: Row): boolean {
  return (
    lastOf(other) === lastOf(row) &&
    other.meaning === row.meaning &&
    other.value === row.value &&
    other.required === row.required
  );
}

function manyTable(rows: readonly Row[]): string {
  const many = rows.filter((row) => isOfMany(row, rows));
  const first = many.filter((row, at) => many.findIndex((other) => isSame(row, other)) === at);
  return table(
    ["Key", "Of", "Meaning"],
    first.map((row) => {
      const [key = "", ...cells] = cellsOf({ ...row, key: lastOf(row) });
      const holders = many.filter((other) => isSame(row, other)).map(holderOf);
      return [key, [...new Set(holders)].map(code).join(", "), ...cells];
    }),
  );
}

/** Returns the holder of a key, as the page names it. */
function holderOf({ section, key }: Row): string {
  return [section, ...key.split(".").slice(0, -1)].join(".");
}

function cellsOf({ key, value, required, meaning }: Row): readonly string[] {
  return [`${listOf([key], required ? [key] : [])} ${value}`, meaning];
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

/** A row for each key, and below it those of a map that has no section of its own. */
function rowsOf(
  schema: Keyed,
  prefix: string,
  path: string,
  section: string,
  sections: ReadonlySet<string>,
): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const row: Row = {
      section,
      key: prefix + key,
      value: kindOf(property),
      required: schema.required?.includes(key) === true,
      meaning: descriptionOf(property),
    };
    const below = resolveSchema(property, metaSchema().definitions) as Keyed;
    const fullPath = path === "" ? key : `${path}.${key}`;
    const isElsewhere = [...sections].some((name) => name === fullPath || name.startsWith(`${fullPath}.`));
    return [
      row,
      ...(below.properties === undefined || isElsewhere
        ? []
        : rowsOf(below, `${prefix}${key}.`, fullPath, section, sections)),
    ];
  });
}

function formatsTable(): string {
  const rows = WRITTEN_FORMATS.map(({ name, describes, keys, required }) => [
    code(name),
    listOf(keys, required),
    describes,
  ]);
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
  const rows = TYPES.map(({ name, parameters, required, oneOf, describes }) => [
    code(name),
    listOf(Object.keys(parameters), [...required, ...(oneOf ?? [])]),
    describes,
  ]);
  return table(["`type`", "Parameters", "Value"], rows);
}

/** A parameter that means the same in several types stands there once. */
function parametersTable(): string {
  const all = TYPES.flatMap(({ name, parameters }) =>
    Object.entries(parameters).map(([parameter, { description }]) => ({ name, parameter, meaning: description ?? "" })),
  );
  const same = (one: (typeof all)[number]) =>
    all.filter(({ parameter, meaning }) => parameter === one.parameter && meaning === one.meaning);
  return table(
    ["`type`", "Parameter", "Meaning"],
    all
      .filter((one) => same(one)[0] === one)
      .map((one) => [
        same(one)
          .map(({ name }) => code(name))
          .join(", "),
        code(one.parameter),
        one.meaning,
      ]),
  );
}
