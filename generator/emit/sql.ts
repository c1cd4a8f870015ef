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

/** The text of a stored field. In SQLite a number stays one. */
export function sqlField(field: string, dialect: Dialect): string {
  return dialect === "postgres"
    ? `fields ->> ${sqlText(field)}`
    : `fields ->> ${sqlText(`$.${JSON.stringify(field)}`)}`;
}
