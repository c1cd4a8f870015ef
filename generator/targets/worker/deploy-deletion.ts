import { type Block, code, codeBlock, paragraph, prose, type Section, say } from "../../emit/document.js";
import type { Model } from "../../model/model.js";
import { inDatabase } from "./deploy-query.js";
import { shellQuoted } from "./example-request.js";
import { forgetSql, identifierFields } from "./schema-sql.js";
import { type SinkName, sinkName, sinkOf } from "./sinks.js";
import { workerName } from "./wrangler.js";

/** What to do when somebody names an identifier and wants to be forgotten: a query per identifier, for the contract's sink. */
export function deletionSection(model: Model): Section {
  const { deletion } = model.destination;
  const promised = deletion === undefined ? [] : [paragraph(say`What users were told: ${prose(deletion)}`)];
  const identifiers = identifierFields(model);
  const blocks =
    identifiers.length === 0
      ? [paragraph("Nothing stored says whose it is: there is nothing to look for.")]
      : [...identifiers.flatMap((identifier) => forget(model, identifier)), ...onTheWay(model)];
  return { title: "Deletion requests", blocks: [...promised, ...blocks] };
}

function forget(model: Model, identifier: string): readonly Block[] {
  const { sql } = sinkOf(model);
  return [
    paragraph(say`With the ${code(identifier)} that the user names, in place of ${code(`<${identifier}>`)}:`),
    ...(sql === undefined
      ? (forgetting[sinkName(model)]?.(identifier, model) ?? [])
      : inDatabase(model, forgetSql(model, identifier, sql))),
    ...(sql === "sqlite" ? inLines(identifier) : []),
  ];
}

/** What the Node host keeps where it has no SQLite: one object per line, as JSON.stringify writes it. */
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

/** What was accepted and not stored is somebody's, too. */
function onTheWay(model: Model): readonly Block[] {
  if (!sinkOf(model).queued) return [];
  const name = workerName(model);
  return [
    paragraph(
      say`What still waits for the backend is stored later: do it again once the queue (${code(`npx wrangler queues info ${name}`)}), or ${code("spool")} on Node, is empty. What the backend refused lies apart: purge ${code(`${name}-dead`)} (${code(`npx wrangler queues purge ${name}-dead`)}), or on Node delete ${code("spool/refused.jsonl")}.`,
    ),
  ];
}

const forgetting: { readonly [Name in SinkName]?: (identifier: string, model: Model) => readonly Block[] } = {
  posthog: (identifier, model) =>
    identifier === model.ingest.forwardTo?.distinctId
      ? [codeBlock("sh", forgetPerson(identifier, model)), posthogCheck(identifier, "distinct_id")]
      : [posthogCheck(identifier, `properties.${JSON.stringify(identifier)}`)],
  "prometheus-import": (identifier) => [
    paragraph(say`${code("$METRICS")} is the address of the store, without a path.`),
    codeBlock(
      "sh",
      `curl -G "$METRICS/api/v1/admin/tsdb/delete_series" --data-urlencode ${shellQuoted(`match[]={${identifier}="<${identifier}>"}`)}`,
    ),
  ],
  http: (identifier) => [
    paragraph(
      say`At the endpoint, delete each entry whose ${code(`fields[${JSON.stringify(identifier)}]`)} is that value; of what else was sent, nothing says whose it is.`,
    ),
  ],
  "analytics-engine": () => [
    paragraph("Analytics Engine can't delete single rows: they are gone after three months. Say so to whoever asks."),
  ],
};

function forgetPerson(identifier: string, model: Model): string {
  const { origin } = new URL(model.ingest.forwardTo?.url ?? "https://us.i.posthog.com/batch/");
  // On PostHog's own cloud, events and everything else have different hosts.
  const app = origin.replace(/\.i\.posthog\.com$/, ".posthog.com");
  return [
    `curl -X POST "${app}/api/projects/$PROJECT/persons/bulk_delete/" -H "Authorization: Bearer $PERSONAL_API_KEY" \\`,
    `  -H 'content-type: application/json' --data-binary '{"distinct_ids":["<${identifier}>"],"delete_events":true}'`,
  ].join("\n");
}

function posthogCheck(identifier: string, column: string): Block {
  const query = `SELECT count() FROM events WHERE ${column} = '<${identifier}>'`;
  return column === "distinct_id"
    ? paragraph(
        say`${code("$PROJECT")} is the project's number, ${code("$PERSONAL_API_KEY")} a personal key that may write persons. PostHog deletes events by person, and anonymous events have none: afterwards ${code(query)} must give 0 in its SQL editor (deletion runs later, in the background). If it does not, its support deletes by that list.`,
      )
    : paragraph(
        say`PostHog deletes by ${code("distinct_id")} alone, which this is not: ${code(query)} in its SQL editor finds what there is, and its support deletes by that list.`,
      );
}
