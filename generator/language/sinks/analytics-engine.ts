import { code, paragraph, say } from "../../emit/document.js";
import type { Field, Model } from "../../model/model.js";
import { defineSink } from "./define.js";

/** Workers Analytics Engine: columns by position. */
export const analyticsEngine = defineSink({
  about: "Workers Analytics Engine, which samples and keeps three months",
  called: "Workers Analytics Engine",
  needs: [],
  knows: ["distinct_id"],
  file: "sinks/analytics-engine",
  export: "analyticsEngine",
  queued: false,
  binding: "ANALYTICS",
  dashboards: [],
  told: (model) => ({ columns: columns(model) }),
  backend: (model) => [
    paragraph(
      say`Workers Analytics Engine. It samples at high volume, keeps three months, and knows columns by position: ${code("blob1")} is the event, ${code("double1")} a metric's value, ${code("index1")} the identifier; then ${code(JSON.stringify(columns(model)))}. Fields beyond the twentieth column are not kept.`,
    ),
  ],
  retention: () => [paragraph("The platform keeps three months, neither less nor more.")],
  deletion: () => [
    paragraph("Analytics Engine can't delete single rows: they are gone after three months. Say so to whoever asks."),
  ],
  forgets: false,
});

/** The number of columns that Analytics Engine offers, besides the event's name and a metric's value. */
const mostColumns = 19;

/** Event → its fields by column. What is beyond the last column is not kept; DEPLOY.md says so. */
function columns(model: Model): {
  readonly [event: string]: { readonly blobs: string[]; readonly doubles: string[] };
} {
  const all = [
    ...model.events.map((event) => ({ name: event.wireName, fields: [...model.common, ...event.fields] })),
    ...model.metrics.map((metric) => ({ name: metric.wireName, fields: metric.labels })),
  ];
  return Object.fromEntries(
    all.map(({ name, fields }) => [
      name,
      { blobs: named(fields, (kind) => kind !== "number"), doubles: named(fields, (kind) => kind === "number") },
    ]),
  );
}

function named(fields: readonly Field[], wanted: (kind: string) => boolean): string[] {
  return fields
    .filter((field) => wanted(typeof field.example))
    .map((field) => field.wireName)
    .slice(0, mostColumns);
}
