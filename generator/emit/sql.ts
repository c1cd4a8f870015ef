import type { Model } from "../model/model.js";

export type Dialect = "sqlite" | "postgres";

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
    return [...part].map((one) => `${dialect === "sqlite" ? "char" : "chr"}(${one.codePointAt(0)})`);
  });
  return parts.length === 1 ? parts.join("") : `(${parts.join(" || ")})`;
}

/** The text of a stored field, or of one inside of objects. In SQLite a number stays one. */
export function sqlField(field: string | readonly string[], dialect: Dialect): string {
  return dialect === "postgres" ? `${sqlHolder(field)} ->> ${sqlText(lastOf(field))}` : `fields ->> ${sqlPath(field)}`;
}

/** Returns where a field stands in Postgres' JSON. */
export function sqlHolder(field: string | readonly string[]): string {
  return [
    "fields",
    ...[field]
      .flat()
      .slice(0, -1)
      .map((name) => sqlText(name)),
  ].join(" -> ");
}

/** The way to a field in SQLite's JSON. */
export function sqlPath(field: string | readonly string[]): string {
  return sqlText(["$", ...[field].flat().map((name) => JSON.stringify(name))].join("."));
}

export function lastOf(field: string | readonly string[]): string {
  return [field].flat().at(-1) ?? "";
}
