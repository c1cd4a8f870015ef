import {
  type Block,
  code,
  codeBlock,
  type Inline,
  list,
  paragraph,
  prose,
  type Section,
  say,
} from "../../code/document.js";
import { tableName } from "../../code/sql.js";
import type { Model } from "../../model/model.js";
import { forgetSql, identifierFields, retentionSql } from "./schema-sql.js";
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
      ? say`Postgres 15 or later. The secret is the whole ${code(`postgres://${tableName(model)}_ingest:<password>@<host>:5432/<database>`)}, or the name of a Hyperdrive binding. The connection is encrypted and the server's certificate checked, against ${code("PGSSLROOTCERT")} on Node. The role can add rows and read none.`
      : say`Postgres behind PostgREST, such as Supabase's. ${code("schema.sql")} turns on row level security and lets nobody read; the secret is a key whose role may insert into ${code(tableName(model))}.`,
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
      blocks: [
        paragraph(say`${promised} Run this once a day:`),
        codeBlock("sh", inDatabase(model, retentionSql(model, days, sql))),
      ],
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

export function deletionSection(model: Model): Section {
  const identifiers = identifierFields(model);
  const promised =
    model.destination.deletion === undefined
      ? []
      : [paragraph(say`What users were told: ${prose(model.destination.deletion)}`)];
  if (identifiers.length === 0) {
    return {
      title: "Deletion requests",
      blocks: [...promised, paragraph("Nothing stored says whose it is: there is nothing to look for.")],
    };
  }
  return {
    title: "Deletion requests",
    blocks: [...promised, ...identifiers.flatMap((identifier) => forget(model, identifier)), ...onTheWay(model)],
  };
}

/** What was accepted and not stored is somebody's, too. */
function onTheWay(model: Model): readonly Block[] {
  if (!sinkOf(model).queued) return [];
  return [
    paragraph(
      say`What the backend refused lies apart: purge ${code(`${workerName(model)}-dead`)} (${code(`npx wrangler queues purge ${workerName(model)}-dead`)}), or on Node delete ${code("spool/refused.jsonl")}.`,
    ),
  ];
}

function forget(model: Model, identifier: string): readonly Block[] {
  const { sql } = sinkOf(model);
  const ask = paragraph(say`With the ${code(identifier)} that the user names:`);
  if (sql !== undefined) return [ask, codeBlock("sh", inDatabase(model, forgetSql(model, identifier, sql)))];
  return [
    ask,
    ...(forgetting[sinkName(model)]?.(identifier) ?? [paragraph(`Delete what has that ${identifier} at the backend.`)]),
  ];
}

const forgetting: { readonly [Name in SinkName]?: (identifier: string) => readonly Block[] } = {
  posthog: (identifier) => [
    codeBlock(
      "sh",
      `curl -X POST "https://us.posthog.com/api/projects/$PROJECT/persons/bulk_delete/" -H "Authorization: Bearer $PERSONAL_API_KEY" \\\n  -H 'content-type: application/json' --data-binary '{"distinct_ids":["<${identifier}>"],"delete_events":true}'`,
    ),
    paragraph(
      say`PostHog deletes events by person, and anonymous events have none: afterwards ${code(`SELECT count() FROM events WHERE distinct_id = '<${identifier}>'`)} must give 0 in its SQL editor (deletion runs later, in the background). If it does not, its support deletes by that list.`,
    ),
  ],
  "prometheus-import": (identifier) => [
    codeBlock(
      "sh",
      `curl -G "$METRICS/api/v1/admin/tsdb/delete_series" --data-urlencode 'match[]={${identifier}="<${identifier}>"}'`,
    ),
  ],
  "analytics-engine": () => [
    paragraph("Analytics Engine can't delete single rows: they are gone after three months. Say so to whoever asks."),
  ],
};

/** SQL has quotes of both kinds: it goes in by a here-document, where a shell changes nothing. */
function inDatabase(model: Model, sql: string): string {
  if (sinkOf(model).sql === "postgres") return `psql "$ADMIN_URL" <<'SQL'\n${sql};\nSQL`;
  return `cat > query.sql <<'SQL'\n${sql};\nSQL\nnpx wrangler d1 execute ${workerName(model)} --remote --file query.sql`;
}
