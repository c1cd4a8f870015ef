import { type Block, code, codeBlock, paragraph, say } from "../../emit/document.js";
import { type Dialect, dialectWord, sqlName, tableName } from "../../emit/sql.js";
import type { Model } from "../../model/model.js";
import { workerName } from "./define.js";

/** Finds everything that is stored of one identifier, and removes it. */
export function forgetSql(model: Model, identifier: string, dialect: Dialect): string {
  return `DELETE FROM ${sqlName(tableName(model))} WHERE ${identifierText(identifier, dialect)} = '<${identifier}>'`;
}

/** An identifier as text, whatever it is stored as; in the form that its index has. */
export function identifierText(field: string, dialect: Dialect): string {
  return dialectWord(dialect).asText(field);
}

/** Removes what is older than so many days. */
export function retentionSql(model: Model, days: number, dialect: Dialect): string {
  return `DELETE FROM ${sqlName(tableName(model))} WHERE time < ${dialectWord(dialect).daysAgo(days)}`;
}

/** Returns how one statement is run where the events are. SQL has quotes of both kinds: a here-document, where a shell changes nothing. */
export function inDatabase(model: Model, sql: string, dialect: Dialect): readonly Block[] {
  if (dialect === "postgres") return [codeBlock("sh", `psql "$ADMIN_URL" <<'SQL'\n${sql};\nSQL`)];
  return [
    codeBlock(
      "sh",
      `cat > query.sql <<'SQL'\n${sql};\nSQL\nnpx wrangler d1 execute ${workerName(model)} --remote --file query.sql`,
    ),
    paragraph(say`On Node, the last line is ${code('sqlite3 "$TELEMETRY_DATA/events.db" < query.sql')}.`),
  ];
}
