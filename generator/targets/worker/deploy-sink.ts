import { type Block, code, type Inline, list, paragraph, prose, type Section, say } from "../../emit/document.js";
import { tableName } from "../../emit/sql.js";
import type { Model } from "../../model/model.js";
import { inDatabase } from "./deploy-query.js";
import { retentionSql } from "./schema-sql.js";
import { columns, type SinkName, sinkName, sinkOf } from "./sinks.js";
import { workerName } from "./wrangler.js";

/** The commands that a sink needs before the first deployment: queues, tables, secrets. */
export function beforeDeploy(model: Model): readonly string[] {
  const name = workerName(model);
  const secret = model.ingest.forwardTo?.secret;
  return [
    ...(sinkOf(model).queued ? [`npx wrangler queues create ${name}`, `npx wrangler queues create ${name}-dead`] : []),
    ...(sinkName(model) === "postgres"
      ? ['psql "$ADMIN_URL" -f schema.sql', `psql "$ADMIN_URL" -c '\\password ${tableName(model)}_ingest'`]
      : []),
    ...(secret === undefined ? [] : [`npx wrangler secret put ${secret}`]),
  ];
}

export function afterDeploy(model: Model): readonly string[] {
  return sinkOf(model).binding === "DB"
    ? [`npx wrangler d1 execute ${workerName(model)} --remote --file schema.sql`]
    : [];
}

export function backendSection(model: Model): Section {
  const stated = model.ingest.forwardTo?.backendSettings ?? [];
  const blocks: Block[] = [paragraph(backend[sinkName(model)](model))];
  if (sinkName(model) === "posthog") blocks.push(list(posthogSettings));
  if (stated.length > 0)
    blocks.push(paragraph("The contract promises its readers these settings; check each:"), list(stated.map(prose)));
  return { title: "The backend", blocks };
}

const posthogSettings: readonly Inline[] = [
  say`Project settings, ${code("Discard client IP data")}: on. The worker sends no address, and ${code("$geoip_disable")} with each event; this is the second lock.`,
  say`Data pipelines, transformations, ${code("GeoIP")}: off.`,
  say`Autocapture, session replay, heatmaps, web vitals, dead clicks, exception autocapture: off. They are for web pages, which never come here.`,
  say`Person profiles: none appear, since each event says ${code("$process_person_profile: false")}.`,
  say`An event sent twice is one event: ${code("uuid")} is made of what it says.`,
];

const backend: Readonly<Record<SinkName, (model: Model) => Inline>> = {
  posthog: () => "PostHog, by its batch endpoint. In the project:",
  http: () =>
    say`Any HTTPS endpoint: it is sent a JSON list of ${code("{id, event, time, fields, value?}")} with the secret as bearer token, answers any 2xx once it has stored them, and keeps one of each ${code("id")}.`,
  postgres: (model) =>
    model.ingest.forwardTo?.url === undefined
      ? say`Postgres 15 or later. The secret is the whole ${code(`postgres://${tableName(model)}_ingest:<password>@<host>:5432/<database>`)}, or the name of a Hyperdrive binding. ${code("$ADMIN_URL")} is the same database as its owner, who alone can change and read it. The connection is encrypted and the server's certificate checked, against ${code("PGSSLROOTCERT")} on Node. The role can add rows and read none.`
      : say`Postgres behind PostgREST, such as Supabase's. ${code("schema.sql")} turns on row level security and lets nobody read; ${code("$ADMIN_URL")} is the database itself as its owner, ${code("postgres://…")}; the secret is a key whose role may insert into ${code(tableName(model))}.`,
  "prometheus-import": () =>
    say`VictoriaMetrics or whatever offers ${code("/api/v1/import/prometheus")}; the secret, where there is one, is a bearer token. Samples carry their time, so what waited is dated rightly. Started with ${code("-dedup.minScrapeInterval=1ms")} it keeps one of two equal samples.`,
  d1: embedded,
  sqlite: embedded,
  "analytics-engine": (model) =>
    say`Workers Analytics Engine. It samples at high volume, keeps three months, and knows columns by position: ${code("blob1")} is the event, ${code("double1")} a metric's value, ${code("index1")} the identifier; then ${code(JSON.stringify(columns(model)))}. Fields beyond the twentieth column are not kept.`,
};

function embedded(model: Model): Inline {
  return say`Cloudflare D1, a database named ${code(workerName(model))} that the deployment makes; on Node a SQLite file. One table, ${code(tableName(model))}, and a view for each event. D1 holds 10 GB, some 15 million events: where the volume below is beyond that, choose another sink.`;
}

export function retentionSection(model: Model): Section {
  const { retention } = model.destination;
  const days = Number(/^(\d+)d$/.exec(retention?.raw ?? "")?.[1] ?? 365);
  const promised =
    retention?.raw === undefined
      ? "The contract states no retention; a year is assumed here."
      : say`The contract promises that raw events go after ${prose(retention.raw)}.`;
  const { sql } = sinkOf(model);
  if (sql !== undefined) {
    return {
      title: "Retention",
      blocks: [paragraph(say`${promised} Run this once a day:`), ...inDatabase(model, retentionSql(model, days, sql))],
    };
  }
  return {
    title: "Retention",
    blocks: [paragraph(promised), paragraph(kept[sinkName(model)] ?? "Set it at the backend.")],
  };
}

const kept: { readonly [Name in SinkName]?: Inline } = {
  posthog:
    "PostHog keeps events as long as the project's plan says (a year on the free one), and offers no shorter time by itself: delete old months by hand, or ask its support.",
  "prometheus-import": say`VictoriaMetrics: start it with ${code("-retentionPeriod")}.`,
  "analytics-engine": "The platform keeps three months, neither less nor more.",
};
