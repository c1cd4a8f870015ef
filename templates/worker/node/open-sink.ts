import { existsSync, mkdirSync } from "node:fs";
import { clickhouse } from "../runtime/sinks/clickhouse.js";
import { http } from "../runtime/sinks/http.js";
import { otlp } from "../runtime/sinks/otlp.js";
import { own, type Send } from "../runtime/sinks/own.js";
import { postgresOver } from "../runtime/sinks/postgres.js";
import { posthog } from "../runtime/sinks/posthog.js";
import { prometheusImport } from "../runtime/sinks/prometheus-import.js";
import { s3 } from "../runtime/sinks/s3.js";
import type { Env, Sink, SinkFactory } from "../runtime/sinks/sink.js";
import { nodeConnect } from "./connect.js";
import { databaseFile, type Settings } from "./settings.js";
import { sqliteOrJsonLines } from "./sqlite-sink.js";

/** `forward_to.sink` → how this host opens it. What only exists on Workers (D1, Analytics Engine) becomes the embedded database. */
const factories: Readonly<Record<string, (settings: Settings, env: Env) => Promise<Opened>>> = {
  "analytics-engine": embedded,
  clickhouse: async (settings) => ({ factory: clickhouse, name: `clickhouse ${origin(settings)}` }),
  d1: embedded,
  http: async (settings) => ({ factory: http, name: `http ${origin(settings)}` }),
  otlp: async (settings) => ({ factory: otlp, name: `otlp ${origin(settings)}` }),
  own: async () => ({ factory: own(await ownSink()), name: "own-sink.js" }),
  s3: async (settings) => ({ factory: s3, name: `s3 ${origin(settings)}` }),
  postgres: async (settings, env) => ({
    factory: postgresOver(nodeConnect(env)),
    name: `postgres ${origin(settings)}`,
  }),
  posthog: async (settings) => ({ factory: posthog, name: `posthog ${origin(settings)}` }),
  "prometheus-import": async (settings) => ({
    factory: prometheusImport,
    name: `prometheus-import ${origin(settings)}`,
  }),
  sqlite: embedded,
};

interface Opened {
  readonly factory: SinkFactory;
  /** For the line that says where events go. */
  readonly name: string;
}

/** Throws when there is no such sink. */
export async function openSink(settings: Settings, env: Env): Promise<{ readonly sink: Sink; readonly name: string }> {
  mkdirSync(settings.data, { recursive: true, mode: 0o700 });
  const open = Object.hasOwn(factories, settings.sink.sink) ? factories[settings.sink.sink] : undefined;
  if (open === undefined)
    throw new Error(`There is no sink "${settings.sink.sink}". Sinks: ${Object.keys(factories).join(", ")}.`);
  const { factory, name } = await open(settings, env);
  return { sink: factory(settings.sink, env), name };
}

/** The user's own module is next to this one; Node from 22.18 on runs it as TypeScript, too. */
async function ownSink(): Promise<{ readonly send: Send }> {
  const found = ["own-sink.js", "own-sink.ts"].find((name) => existsSync(new URL(name, import.meta.url)));
  if (found === undefined)
    throw new Error("The contract's sink is your own, and own-sink.js is not here. DEPLOY.md says what it exports.");
  const module = (await import(new URL(found, import.meta.url).href)) as { readonly send?: Send };
  if (typeof module.send !== "function") throw new Error(`${found} exports no function named send.`);
  return { send: module.send };
}

async function embedded(settings: Settings): Promise<Opened> {
  const { file, factory } = await sqliteOrJsonLines(databaseFile(settings));
  return { factory, name: file };
}

/** Without user, password and path, which may say more than a log should. */
function origin(settings: Settings): string {
  try {
    const { protocol, host } = new URL(settings.sink.url ?? "");
    return `${protocol}//${host}`;
  } catch {
    return "";
  }
}
