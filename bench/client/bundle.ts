import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { temporary } from "../../test/client/program.js";
import { couldNotRun } from "../tell.js";

const base = temporary();

/** A folder of its own that goes with the bench. */
export const folder = () => mkdtempSync(join(base, "one-"));

export interface Bundle {
  /** The file to start. */
  readonly file: string;
  /** The texts of the files that are loaded at start, and of those that are loaded only if something is done. */
  readonly atOnce: readonly Uint8Array[];
  readonly later: readonly Uint8Array[];
}

/**
 * A program, minified: in one file, or with a file for each part that is loaded later (`split`).
 * Imports are looked up from the bench and, with `./`, from `from`.
 */
export async function bundled(source: string, from = import.meta.dirname, split = false): Promise<Bundle> {
  const outdir = folder();
  writeFileSync(join(outdir, "package.json"), '{ "name": "sample", "version": "0.9.12", "type": "module" }');
  const { metafile, outputFiles } = await build({
    stdin: { contents: source, resolveDir: from, loader: "ts" },
    entryNames: "program",
    outdir,
    bundle: true,
    minify: true,
    splitting: split,
    format: "esm",
    platform: "node",
    // Packages that still say `require`.
    banner: /from "(?!\.|node:)/.test(source)
      ? { js: 'import { createRequire as __make } from "node:module"; const require = __make(import.meta.url);' }
      : {},
    logLevel: "silent",
    metafile: true,
    write: false,
  });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  const { outputs } = metafile;
  const entry = Object.keys(outputs).find(
    (path) => outputs[path]?.entryPoint !== undefined && path.endsWith("program.js"),
  );
  const first = new Set<string>();
  const follow = (path: string): void => {
    if (first.has(path)) return;
    first.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === "import-statement") follow(next);
  };
  follow(entry ?? "");
  const isFirst = (path: string) => [...first].some((name) => path.endsWith(name.split("/").at(-1) ?? "-"));
  const texts = (wanted: boolean) =>
    outputFiles.filter(({ path }) => isFirst(path) === wanted).map(({ contents }) => contents);
  return { file: join(outdir, "program.js"), atOnce: texts(true), later: texts(false) };
}

/** The same, of which only the file is wanted. */
export async function bundle(source: string, from?: string, split?: boolean): Promise<string> {
  return (await bundled(source, from, split)).file;
}

/** Makes something of each; the tables tell what could not be made. */
export async function made<In, Out>(
  sources: Readonly<Record<string, In>>,
  make: (source: In, name: string) => Promise<Out>,
): Promise<Record<string, Out>> {
  const all: Record<string, Out> = {};
  for (const [name, source] of Object.entries(sources))
    try {
      all[name] = await make(source, name);
    } catch (error) {
      if (name.startsWith("Plainsight")) throw error;
      couldNotRun(name, (error as Error).message);
    }
  return all;
}
