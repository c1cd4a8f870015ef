import type { Model } from "../../model/model.js";
import { analyticsEngine } from "./analytics-engine.js";
import { clickhouse } from "./clickhouse.js";
import { d1 } from "./d1.js";
import type { SinkDefinition } from "./define.js";
import { http } from "./http.js";
import { otlp } from "./otlp.js";
import { own } from "./own.js";
import { postgres } from "./postgres.js";
import { posthog } from "./posthog.js";
import { prometheusImport } from "./prometheus-import.js";
import { s3 } from "./s3.js";
import { sqlite } from "./sqlite.js";

export type { Dashboard, SinkDefinition, SinkKey } from "./define.js";

/** `forward_to.sink` → all there is to say about it. Adding one: a line here, a file beside it, a module in the worker's runtime. */
export const sinks = {
  posthog,
  http,
  postgres,
  "prometheus-import": prometheusImport,
  clickhouse,
  otlp,
  s3,
  d1,
  sqlite,
  "analytics-engine": analyticsEngine,
  own,
} as const satisfies Readonly<Record<string, SinkDefinition>>;

export type SinkName = keyof typeof sinks;

/** The contract's sink; where it names none, the embedded database, so that a machine alone keeps what it accepts. */
export function sinkName({ ingest }: Pick<Model, "ingest">): SinkName {
  const name = ingest.forwardTo?.sink;
  return name !== undefined && Object.hasOwn(sinks, name) ? (name as SinkName) : "sqlite";
}

/** As TELEMETRY.md calls it. */
export function calledSink(name: string): string {
  return Object.hasOwn(sinks, name) ? sinks[name as SinkName].called : name;
}

export const sinkNames = Object.keys(sinks) as readonly SinkName[];
