import { tableName } from "../../emit/sql.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Field, Model } from "../../model/model.js";

/** A sink as the generator knows it: its file in the worker's runtime, and what the platform must give to it. */
export interface SinkModule {
  /** In `runtime/sinks/`, without the ending. */
  readonly file: string;
  readonly export: string;
  /** A backend across the network may be down: a queue stands in front of it. */
  readonly queued: boolean;
  readonly binding?: "DB" | "ANALYTICS";
  /** Dialect of its `schema.sql`. */
  readonly sql?: "sqlite" | "postgres";
}

/** `forward_to.sink` → its module. Adding one: a line here, a file in `templates/worker/runtime/sinks/`. */
export const sinkModules = {
  "analytics-engine": { file: "analytics-engine", export: "analyticsEngine", queued: false, binding: "ANALYTICS" },
  d1: { file: "d1", export: "d1", queued: false, binding: "DB", sql: "sqlite" },
  http: { file: "http", export: "http", queued: true },
  postgres: { file: "postgres-workers", export: "postgres", queued: true, sql: "postgres" },
  posthog: { file: "posthog", export: "posthog", queued: true },
  "prometheus-import": { file: "prometheus-import", export: "prometheusImport", queued: true },
  sqlite: { file: "d1", export: "d1", queued: false, binding: "DB", sql: "sqlite" },
} satisfies Record<string, SinkModule>;

export type SinkName = keyof typeof sinkModules;

/** The contract's sink; where it names none, the embedded database, so that a machine alone keeps what it accepts. */
export function sinkName(model: Model): SinkName {
  const name = model.ingest.forwardTo?.sink;
  return name !== undefined && Object.hasOwn(sinkModules, name) ? (name as SinkName) : "sqlite";
}

export function sinkOf(model: Model): SinkModule {
  return sinkModules[sinkName(model)];
}

/** What `contract.js` says of the sink. */
export function sinkContract(model: Model): { readonly [key: string]: JsonValue } {
  const forward = model.ingest.forwardTo;
  return {
    sink: sinkName(model),
    ...(forward?.url === undefined ? {} : { url: forward.url }),
    ...(forward?.secret === undefined ? {} : { secret: forward.secret }),
    ...(forward?.distinctId === undefined ? {} : { distinctId: forward.distinctId }),
    add: forward?.add ?? {},
    ...(sinkOf(model).sql === undefined ? {} : { table: tableName(model) }),
    ...(sinkOf(model).binding === "ANALYTICS" ? { columns: columns(model) } : {}),
  };
}

/** What Analytics Engine offers, besides the event's name and a metric's value. */
const mostColumns = 19;

/** Event → its fields by column. What is beyond the last column is not kept; DEPLOY.md says so. */
export function columns(model: Model): {
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
