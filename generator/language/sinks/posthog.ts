import { type Block, code, codeBlock, list, paragraph, say } from "../../emit/document.js";
import type { Model } from "../../model/model.js";
import { distinctField } from "../../model/told-by.js";
import { defineSink } from "./define.js";

/** PostHog's batch endpoint: anonymous events without a person profile. */
export const posthog = defineSink({
  about: "PostHog, by its batch endpoint",
  called: "PostHog",
  needs: [],
  knows: ["url", "secret", "distinct_id"],
  file: "sinks/posthog",
  export: "posthog",
  price: { what: "PostHog: anonymous events", of: tiered },
  queued: true,
  dashboards: ["posthog"],
  backend: () => [
    paragraph("PostHog, by its batch endpoint. In the project:"),
    list([
      say`Project settings, ${code("Discard client IP data")}: on. The worker sends no address, and ${code("$geoip_disable")} with each event; this is the second lock.`,
      say`Data pipelines, transformations, ${code("GeoIP")}: off.`,
      say`Autocapture, session replay, heatmaps, web vitals, dead clicks, exception autocapture: off. They are for web pages, which never come here.`,
      say`Person profiles: none appear, since each event says ${code("$process_person_profile: false")}.`,
      say`Each event has a ${code("uuid")} of its own, made when it is accepted: another attempt to store it changes nothing.`,
    ]),
  ],
  retention: () => [
    paragraph(
      "PostHog keeps events as long as the project's plan says (a year on the free one), and offers no shorter time by itself: delete old months by hand, or ask its support.",
    ),
  ],
  deletion: (model, identifier) =>
    identifier === distinctField(model)
      ? [codeBlock("sh", forgetPerson(identifier, model)), check(identifier, "distinct_id")]
      : [check(identifier, `properties.${JSON.stringify(identifier)}`)],
  // With a personal key of the project, where the deployer gives one.
  forgets: true,
  forgetNeeds: say`For that the receiver needs the project's number as ${code("POSTHOG_PROJECT")} and a personal key that may write persons as ${code("POSTHOG_PERSONAL_KEY")}; without them it answers that it can't. PostHog deletes later, in the background.`,
});

function forgetPerson(identifier: string, model: Model): string {
  const { origin } = new URL(model.ingest.forwardTo?.url ?? "https://us.i.posthog.com/batch/");
  // On PostHog's own cloud, events and everything else have different hosts.
  const app = origin.replace(/\.i\.posthog\.com$/, ".posthog.com");
  return [
    `curl -X POST "${app}/api/projects/$PROJECT/persons/bulk_delete/" -H "Authorization: Bearer $PERSONAL_API_KEY" \\`,
    `  -H 'content-type: application/json' --data-binary '{"distinct_ids":["<${identifier}>"],"delete_events":true}'`,
  ].join("\n");
}

function check(identifier: string, column: string): Block {
  const query = `SELECT count() FROM events WHERE ${column} = '<${identifier}>'`;
  return column === "distinct_id"
    ? paragraph(
        say`${code("$PROJECT")} is the project's number, ${code("$PERSONAL_API_KEY")} a personal key that may write persons. PostHog deletes events by person, and anonymous events have none: afterwards ${code(query)} must give 0 in its SQL editor (deletion runs later, in the background). If it does not, its support deletes by that list.`,
      )
    : paragraph(
        say`PostHog deletes by ${code("distinct_id")} alone, which this is not: ${code(query)} in its SQL editor finds what there is, and its support deletes by that list.`,
      );
}

/** PostHog's anonymous events: up to so many, each costs so much. */
const tiers = [
  [1e6, 0],
  [2e6, 0.00005],
  [15e6, 0.0000343],
  [50e6, 0.0000295],
  [100e6, 0.0000218],
  [250e6, 0.000015],
  [Number.POSITIVE_INFINITY, 0.000009],
] as const;

function tiered(amount: number): number {
  let below = 0;
  let dollars = 0;
  for (const [upTo, each] of tiers) {
    dollars += Math.max(0, Math.min(amount, upTo) - below) * each;
    below = upTo;
  }
  return dollars;
}
