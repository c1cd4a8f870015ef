import type { Model } from "../model/model.js";

export type Dialect = "sqlite" | "postgres";

type FieldPath = string | readonly string[];

/** The ways in which the dialects differ. */
interface DialectWord {
  readonly called: string;
  /** The function that makes a text of a character's number. */
  readonly character: string;
  /** The text of a stored field, or of one inside of objects. In SQLite a number stays one. */
  readonly field: (field: FieldPath) => string;
  /** A field as text, whatever it is stored as. */
  readonly asText: (field: FieldPath) => string;
  readonly sum: (value: string) => string;
  /** The moment so many days ago, as the table's times are compared. */
  readonly daysAgo: (days: number) => string;
  /** The beginning of a statement that makes a view, or makes it anew. */
  readonly createView: (title: string) => string;
}

const DIALECTS: Readonly<Record<Dialect, DialectWord>> = {
  sqlite: {
    called: "SQLite (D1)",
    character: "char",
    field: (field) => `fields ->> ${sqlPath(field)}`,
    asText: (field) => `CAST(${sqlField(field, "sqlite")} AS TEXT)`,
    sum: (value) => `sum(${value})`,
    daysAgo: (days) => `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-${days} days')`,
    createView: (title) => `DROP VIEW IF EXISTS ${title};\nCREATE VIEW ${title} AS`,
  },
  postgres: {
    called: "Postgres",
    character: "chr",
    field: (field) => `${sqlHolder(field)} ->> ${sqlText(lastOf(field))}`,
    asText: (field) => sqlField(field, "postgres"),
    sum: (value) => `sum((${value})::numeric)`,
    daysAgo: (days) => `now() - interval '${days} days'`,
    createView: (title) => `CREATE OR REPLACE VIEW ${title} WITH (security_invoker = true) AS`,
  },
};

/** Returns what is special about a dialect. */
export function dialectWord(dialect: Dialect): DialectWord {
  return DIALECTS[dialect];
}

/** The table that holds whatever a contract's worker stores: `code-graph` → `code_graph_telemetry`. */
export function tableName({ product }: Pick<Model, "product">): string {
  return `${product.replaceAll("-", "_")}_telemetry`;
}

/** A name as both dialects read it. Postgres cuts names at 63 bytes, silently. */
export function sqlName(identifier: string): string {
  return `"${identifier.slice(0, 63).replaceAll('"', '""')}"`;
}

/** A text. What can't be seen is written as a number: no text of SQL that both dialects read can escape it. */
export function sqlText(value: string, dialect: Dialect = "sqlite"): string {
  const parts = value.split(/([\p{Cf}\u2028\u2029]+)/u).flatMap((part, index) => {
    if (index % 2 === 0) return part === "" && value !== "" ? [] : [`'${part.replaceAll("'", "''")}'`];
    return [...part].map((one) => `${DIALECTS[dialect].character}(${one.codePointAt(0)})`);
  });
  return parts.length === 1 ? parts.join("") : `(${parts.join(" || ")})`;
}

/** The text of a stored field, or of one inside of objects. */
export function sqlField(field: FieldPath, dialect: Dialect): string {
  return dialectWord(dialect).field(field);
}

/** Returns where a field stands in Postgres' JSON. */
export function sqlHolder(field: FieldPath): string {
  return [
    "fields",
    ...[field]
      .flat()
      .slice(0, -1)
      .map((name) => sqlText(name)),
  ].join(" -> ");
}

/** The way to a field in SQLite's JSON. */
export function sqlPath(field: FieldPath): string {
  return sqlText(["$", ...[field].flat().map((name) => JSON.stringify(name))].join("."));
}

export function lastOf(field: FieldPath): string {
  return [field].flat().at(-1) ?? "";
}
