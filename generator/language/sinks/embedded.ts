import { type Block, code, codeBlock, paragraph, say } from "../../emit/document.js";
import { shellQuoted } from "../../emit/shell.js";
import { tableName } from "../../emit/sql.js";
import type { SinkDefinition } from "./define.js";
import { workerName } from "./define.js";
import { forgetSql, inDatabase, retentionSql } from "./statements.js";

/** The database that needs nothing set up: Cloudflare's D1, and on Node a SQLite file. One sink under two names. */
export const embedded = {
  called: "a database of the receiver's own",
  needs: [],
  knows: [],
  file: "sinks/d1",
  export: "d1",
  queued: false,
  binding: "DB",
  sql: "sqlite",
  dashboards: ["views.sqlite"],
  backend: (model) => [
    paragraph(
      say`Cloudflare D1, a database named ${code(workerName(model))} that the deployment makes; on Node a SQLite file. One table, ${code(tableName(model))}, and a view for each event. D1 holds 10 GB, some 15 million events: if the volume below is larger, choose another sink.`,
    ),
  ],
  after: (model) => [`npx wrangler d1 execute ${workerName(model)} --remote --file schema.sql`],
  retention: (model, days) => inDatabase(model, retentionSql(model, days, "sqlite"), "sqlite"),
  deletion: (model, identifier) => [
    ...inDatabase(model, forgetSql(model, identifier, "sqlite"), "sqlite"),
    ...inLines(identifier),
  ],
  forgets: true,
} satisfies Omit<SinkDefinition, "about">;

/** Returns what the Node host keeps where it has no SQLite: one object per line, as JSON.stringify writes it. */
function inLines(identifier: string): readonly Block[] {
  const key = JSON.stringify(identifier).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const without = shellQuoted(`/${key}:"?<${identifier}>"?[,}]/d`);
  return [
    paragraph(say`Where Node has no SQLite, in ${code("events.jsonl")}, while the host is stopped:`),
    codeBlock(
      "sh",
      // Written over, not replaced: the file stays its owner's, and nobody else's to read.
      `cd "$TELEMETRY_DATA" && umask 077 &&\nsed -E ${without} events.jsonl > rest.jsonl && cat rest.jsonl > events.jsonl && rm rest.jsonl`,
    ),
  ];
}
