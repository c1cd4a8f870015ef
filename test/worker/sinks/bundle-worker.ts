import { build } from "esbuild";

/** A worker as wrangler would bundle it, from TypeScript that stands in a test. Imports are relative to the project's top. */
export async function bundleWorker(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*"],
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
