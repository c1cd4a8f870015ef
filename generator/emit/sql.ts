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

export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The text of a stored field. In SQLite a number stays one. */
export function sqlField(field: string, dialect: Dialect): string {
  return dialect === "postgres"
    ? `fields ->> ${sqlText(field)}`
    : `fields ->> ${sqlText(`$.${JSON.stringify(field)}`)}`;
}
