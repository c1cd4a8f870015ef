import { type Block, code, codeBlock, paragraph, say } from "../../emit/document.js";
import type { Model } from "../../model/model.js";
import { sinkOf } from "./sinks.js";
import { workerName } from "./wrangler.js";

/** How one statement is run where the events are. SQL has quotes of both kinds: a here-document, where a shell changes nothing. */
export function inDatabase(model: Model, sql: string): readonly Block[] {
  if (sinkOf(model).sql === "postgres") return [codeBlock("sh", `psql "$ADMIN_URL" <<'SQL'\n${sql};\nSQL`)];
  return [
    codeBlock(
      "sh",
      `cat > query.sql <<'SQL'\n${sql};\nSQL\nnpx wrangler d1 execute ${workerName(model)} --remote --file query.sql`,
    ),
    paragraph(say`On Node the last line is ${code('sqlite3 "$TELEMETRY_DATA/events.db" < query.sql')}.`),
  ];
}
