import { join } from "node:path";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import { Miniflare, type Request as MiniflareRequest, Response as MiniflareResponse } from "miniflare";
import type { Model } from "../../generator/model/model.js";
import type { Entry } from "../../templates/worker/runtime/sinks/entry.js";
import { generateWorker } from "./generated-worker.js";

/** The clock of every worker that is started here. */
export const now = "2026-06-13T08:00:00.000Z";

/** A generated worker in real workerd on loopback; what it hands to its backend comes to `stored`. */
export interface RunningWorker {
  readonly url: URL;
  readonly stored: Entry[];
  readonly logged: string[];
  readonly stop: () => Promise<void>;
}

export async function startWorker(model: Model): Promise<RunningWorker> {
  const generated = await generateWorker(model, { withRuntime: true });
  const script = await bundle(join(generated.folder, "worker"));
  generated.remove();
  const stored: Entry[] = [];
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
      stored.push(...((await request.json()) as Entry[]));
      return new MiniflareResponse(null, { status: 204 });
    },
  });
  return { url: await platform.ready, stored, logged, stop: () => platform.dispose() };
}

/** The generated entry, but for its sink, which tells the test, and its clock. */
async function bundle(folder: string): Promise<string> {
  const entry = `
    import { contract } from "./contract.js";
    import about from "./pages/about.txt";
    import published from "./pages/contract.txt";
    import { serve } from "./runtime/workers.js";
    Date.now = () => Date.parse("${now}");
    const send = async (entries) => (await fetch("https://backend.example/", { method: "POST", body: JSON.stringify(entries) })).ok && { kind: "stored" };
    export default serve(contract, () => ({ send }), { about, contract: published });`;
  const built = await build({
    stdin: { contents: entry, resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    external: ["cloudflare:sockets"],
    loader: { ".txt": "text" },
    logLevel: "silent",
  });
  return built.outputFiles[0]?.text ?? "";
}
