import { join } from "node:path";
import type { SinkContract } from "../runtime/contract.js";
import type { Env } from "../runtime/sinks/sink.js";

/** How this host is run: from the environment, each with a default that suits one machine. */
export interface Settings {
  /** `HOST`: where to listen. Only this machine, unless told: TLS is the business of what stands in front. */
  readonly host: string;
  /** `PORT`. 0 takes a free one. */
  readonly port: number;
  /** `TELEMETRY_DATA`: the folder of the spool and the embedded database. */
  readonly data: string;
  /** `TELEMETRY_SPOOL_MAX`: bytes that may wait for the backend. */
  readonly spoolMost: number;
  /** The contract's sink, or another one: `TELEMETRY_SINK`, `TELEMETRY_SINK_URL`, `TELEMETRY_SINK_SECRET`. */
  readonly sink: SinkContract;
}

/** Throws, in words for whoever starts it, when something is missing or makes no sense. */
export function readSettings(env: Env, contractSink: SinkContract | undefined): Settings {
  const other = text(env, "TELEMETRY_SINK");
  const url = text(env, "TELEMETRY_SINK_URL");
  const sink: SinkContract = {
    ...(other === undefined
      ? (contractSink ?? { sink: "sqlite", add: {} })
      : { sink: other, secret: "TELEMETRY_SINK_SECRET", add: {} }),
    ...(url === undefined ? {} : { url }),
  };
  if (
    other === undefined &&
    needsSecret.has(sink.sink) &&
    sink.secret !== undefined &&
    text(env, sink.secret) === undefined
  ) {
    throw new Error(`${sink.secret} is not set. Set it, or try it out on this machine alone with --try.`);
  }
  return {
    host: text(env, "HOST") ?? "127.0.0.1",
    port: wholeNumber(env, "PORT", 8787, 65_535),
    data: text(env, "TELEMETRY_DATA") ?? "telemetry-data",
    spoolMost: wholeNumber(env, "TELEMETRY_SPOOL_MAX", 64 * 1024 * 1024, Number.MAX_SAFE_INTEGER),
    sink,
  };
}

/** Without the secret that the contract names, nothing is stored there. */
const needsSecret: ReadonlySet<string> = new Set([
  "clickhouse",
  "http",
  "otlp",
  "own",
  "postgres",
  "posthog",
  "prometheus-import",
  "s3",
]);

export function spoolFolder(settings: Settings): string {
  return join(settings.data, "spool");
}

export function databaseFile(settings: Settings): string {
  return join(settings.data, "events.db");
}

function text(env: Env, name: string): string | undefined {
  const value = env[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function wholeNumber(env: Env, name: string, otherwise: number, most: number): number {
  const value = text(env, name);
  if (value === undefined) return otherwise;
  if (!/^\d{1,16}$/.test(value) || Number(value) > most)
    throw new Error(`${name} is not a whole number up to ${most}.`);
  return Number(value);
}
