import { join } from "node:path";
import { build } from "esbuild";

/** The generated worker as one script, as wrangler would bundle it. */
export async function bundleGenerated(folder: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "worker.js")],
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*"],
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
