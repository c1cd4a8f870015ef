import { join } from "node:path";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import { Miniflare, type Request as MiniflareRequest, Response as MiniflareResponse } from "miniflare";
import type { Model } from "../../generator/model/model.js";
import type { Entry } from "../../templates/worker/runtime/sinks/entry.js";
import { generateWorker } from "./generated-worker.js";
import { rawRequest, statusOf } from "./raw-request.js";

/** The clock of every worker that is started here. */
export const now = "2026-06-13T08:00:00.000Z";

/** The outcome of one request: `stored` is complete, since the worker has said that it is done with it. */
export interface Outcome {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly stored: readonly Entry[];
}

/** A generated worker in real workerd on loopback. Its requests are told apart by a number of their own that only the test's entry reads. */
export interface RunningWorker {
  readonly url: URL;
  readonly logged: string[];
  /** One request, and what the worker handed to its backend because of it. */
  readonly ask: (path: string, init: RequestInit) => Promise<Outcome>;
  /** The same for bytes as they are; for a request that gets as far as to the worker. */
  readonly askRaw: (
    head: readonly string[],
    body?: readonly (string | Buffer)[],
  ) => Promise<Pick<Outcome, "status" | "stored">>;
  readonly stop: () => Promise<void>;
}

const HEADER = "x-test-request";

export async function startWorker(model: Model): Promise<RunningWorker> {
  const generated = await generateWorker(model, { withRuntime: true });
  const script = await bundle(join(generated.folder, "worker"));
  generated.remove();
  const stored = new Map<string, Entry[]>();
  const waiting = new Map<string, (entries: readonly Entry[]) => void>();
  const logged: string[] = [];
  const limit = generated.contract.rateLimit;
  const platform = new Miniflare({
    modules: true,
    script,
    compatibilityDate: "2026-04-01",
    handleRuntimeStdio: (out: Readable, err: Readable) => {
      for (const stream of [out, err]) stream.on("data", (chunk: Buffer) => logged.push(chunk.toString()));
    },
    ...(limit && {
      ratelimits: {
        LIMIT_IDENTIFIER: { simple: { limit: limit.requests, period: 60 as const } },
        LIMIT_ALL: { simple: { limit: limit.total, period: 60 as const } },
      },
    }),
    outboundService: async (request: MiniflareRequest) => {
      const id = request.headers.get(HEADER) ?? "";
      const entries = stored.get(id) ?? [];
      if (request.url.endsWith("/done")) waiting.get(id)?.(entries);
      else stored.set(id, [...entries, ...((await request.json()) as Entry[])]);
      return new MiniflareResponse(null, { status: 204 });
    },
  });
  const url = await platform.ready;
  let requests = 0;
  const next = () => {
    const id = String(++requests);
    return { id, settled: new Promise<readonly Entry[]>((resolve) => waiting.set(id, resolve)) };
  };
  return {
    url,
    logged,
    async ask(path, init) {
      const { id, settled } = next();
      const headers = { ...Object.fromEntries(new Headers(init.headers)), [HEADER]: id };
      const answer = await fetch(new URL(path, url), { redirect: "manual", ...init, headers });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, text, stored: await settled };
    },
    async askRaw(head, body) {
      const { id, settled } = next();
      const status = statusOf(await rawRequest(url, [...head, `${HEADER}: ${id}`], body));
      return { status, stored: await settled };
    },
    stop: () => platform.dispose(),
  };
}

/** The generated entry, but for its clock and its sink, which tells the test; when all of a request is settled, so does the entry. */
async function bundle(folder: string): Promise<string> {
  const entry = `
    import { contract } from "./contract.js";
    import { pages } from "./pages.js";
    import { parts } from "./parts.js";
    import { serve } from "./runtime/workers.js";
    Date.now = () => Date.parse("${now}");
    export default {
      async fetch(request, env, context) {
        const id = request.headers.get("${HEADER}") ?? "none";
        const tell = (path, body) => fetch("https://backend.example" + path, { method: "POST", body, headers: { "${HEADER}": id } });
        const send = async (entries) => (await tell("/", JSON.stringify(entries))).ok && { kind: "stored" };
        const waiting = [];
        const waitUntil = (promise) => { waiting.push(promise); context.waitUntil(promise); };
        try {
          return await serve(contract, () => ({ send }), pages, parts).fetch(request, env, { waitUntil });
        } finally {
          context.waitUntil(Promise.allSettled(waiting).then(() => tell("/done")));
        }
      },
    };`;
  const built = await build({
    stdin: { contents: entry, resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    external: ["cloudflare:sockets"],
    logLevel: "silent",
  });
  return built.outputFiles[0]?.text ?? "";
}
