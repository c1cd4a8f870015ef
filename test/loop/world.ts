import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare, type Request as MiniflareRequest, Response as MiniflareResponse } from "miniflare";
import { temporaryFolder } from "../support/temp-folder.js";

const root = join(import.meta.dirname, "../..");

/** One request that reached the stand-in for PostHog. */
export interface Stored {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly api_key: string; readonly batch: readonly Entry[] };
}

export interface Entry {
  readonly event: string;
  readonly distinct_id: string;
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface World {
  /** The worker's address: loopback. */
  readonly url: URL;
  /** The events as PostHog would have got them. */
  readonly stored: readonly Stored[];
  /** Runs a sample program as a process of its own, in a home of its own. */
  readonly program: string;
  readonly home: string;
  readonly end: () => Promise<void>;
}

/**
 * CodeGraph's generated worker as it is, in real workerd, with a stand-in for PostHog behind it; and a sample program with the
 * generated client in it, as its users would have it.
 */
export async function startWorld(): Promise<World> {
  const folder = temporaryFolder("loop");
  const program = join(folder, "program.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "program.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  const stored: Stored[] = [];
  const platform = new Miniflare({
    modules: true,
    script: await bundledWorker(),
    compatibilityDate: "2026-04-01",
    bindings: { POSTHOG_KEY: "phc_loop" },
    ratelimits: { LIMIT_IDENTIFIER: { simple: { limit: 6, period: 60 } } },
    outboundService: async (request: MiniflareRequest) => {
      stored.push({
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: (await request.json()) as Stored["body"],
      });
      return MiniflareResponse.json({ status: "Ok" });
    },
  });
  const end = async () => {
    await platform.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: new URL("/v1/events", await platform.ready), stored, program, home: join(folder), end };
}

async function bundledWorker(): Promise<string> {
  const built = await build({
    entryPoints: [join(root, "generated/worker/worker.js")],
    bundle: true,
    write: false,
    format: "esm",
    external: ["cloudflare:sockets"],
    loader: { ".txt": "text" },
    logLevel: "silent",
  });
  return built.outputFiles[0]?.text ?? "";
}
