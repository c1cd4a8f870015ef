import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { temporary } from "../../test/client/program.js";

/** The peers, and what they are made of, lie in the bench's own node_modules. */
export const { peers } = (await import("./peers.mjs" as string)) as {
  peers: Readonly<Record<string, { readonly make: string }>>;
};

/**
 * A program, minified: in one file, or with a file for each part that is loaded later (`split`).
 * Imports are looked up from the bench and, with `./`, from `from`. Returns the file to start.
 */
export async function bundle(source: string, from = import.meta.dirname, split = false): Promise<string> {
  const outdir = temporary();
  writeFileSync(join(outdir, "package.json"), '{ "name": "sample", "version": "0.9.12", "type": "module" }');
  await build({
    stdin: { contents: source, resolveDir: from, loader: "ts" },
    entryNames: "program",
    outdir,
    bundle: true,
    minify: true,
    splitting: split,
    format: "esm",
    platform: "node",
    // Packages that still say `require`.
    banner: /from "[^.]/.test(source)
      ? { js: 'import { createRequire as __make } from "node:module"; const require = __make(import.meta.url);' }
      : {},
    logLevel: "error",
  });
  return join(outdir, "program.js");
}
