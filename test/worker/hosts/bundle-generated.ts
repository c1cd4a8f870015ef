import { join } from "node:path";
import { build } from "esbuild";

/** The generated worker as one script, as wrangler would bundle it; or its host for Node, `node.mjs`. */
export async function bundleGenerated(folder: string, entry = "worker.js"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: entry === "node.mjs" ? "node" : "browser",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*"],
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
