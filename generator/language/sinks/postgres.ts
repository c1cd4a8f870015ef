import { code, paragraph, say } from "../../emit/document.js";
import { tableName } from "../../emit/sql.js";
import { defineSink } from "./define.js";
import { forgetSql, inDatabase, retentionSql } from "./statements.js";

/** Postgres, by its own protocol or behind PostgREST. */
export const postgres = defineSink({
  about: "Postgres, by its own protocol or behind PostgREST",
  called: "a Postgres database",
  needs: [],
  knows: ["url", "secret"],
  file: "postgres-workers",
  export: "postgres",
  onNode: { file: "postgres-store", export: "postgresStore" },
  queued: true,
  sql: "postgres",
  dashboards: ["views.postgres", "grafana"],
  backend: (model) => [
    paragraph(
      model.ingest.forwardTo?.url === undefined
        ? say`Postgres 15 or later. The secret is the whole ${code(`postgres://${tableName(model)}_ingest:<password>@<host>:5432/<database>`)}, or the name of a Hyperdrive binding. ${code("$ADMIN_URL")} is the same database as its owner, who alone can change and read it. The connection is encrypted and the server's certificate checked, against ${code("PGSSLROOTCERT")} on Node. The role can add rows and read none.`
        : say`Postgres behind PostgREST, such as Supabase's. ${code("schema.sql")} turns on row level security and lets nobody read; ${code("$ADMIN_URL")} is the database itself as its owner, ${code("postgres://…")}; the secret is a key whose role may insert into ${code(tableName(model))}.`,
    ),
  ],
  before: (model) => [
    'psql "$ADMIN_URL" -f schema.sql',
    `psql "$ADMIN_URL" -c '\\password ${tableName(model)}_ingest'`,
  ],
  retention: (model, days) => inDatabase(model, retentionSql(model, days, "postgres"), "postgres"),
  deletion: (model, identifier) => inDatabase(model, forgetSql(model, identifier, "postgres"), "postgres"),
  forgets: true,
});
