import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as esbuild, transform } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import { clientIn, compiled, programText } from "./project.js";

/** One way to ship a program: makes it in a folder below its package, and gives the file that is started. */
export type Form = (folder: string) => Promise<string>;

const program = () => join(compiled(), "codegraph.js");

const byEsbuild =
  (options: { format: "esm" | "cjs"; minify?: true; splitting?: true }): Form =>
  async (folder) => {
    const extension = options.format === "esm" ? ".mjs" : ".cjs";
    await esbuild({
      ...options,
      entryPoints: { main: program() },
      outdir: folder,
      outExtension: { ".js": extension },
      bundle: true,
      platform: "node",
      target: "node18",
      logLevel: "error",
    });
    return join(folder, `main${extension}`);
  };

const byRollup =
  (format: "es" | "cjs"): Form =>
  async (folder) => {
    const extension = format === "es" ? "mjs" : "cjs";
    const bundle = await rollup({ input: program(), external: [/^node:/] });
    const names = { entryFileNames: `main.${extension}`, chunkFileNames: `[name]-[hash].${extension}` };
    await bundle.write({ dir: folder, format, ...names });
    await bundle.close();
    return join(folder, names.entryFileNames);
  };

/** Without a compiler of one's own: `--language`. */
const asGenerated =
  (language: "js" | "cjs"): Form =>
  async (folder) => {
    clientIn(folder, language);
    const text = programText("codegraph", "./client/");
    const main = join(folder, language === "js" ? "main.mjs" : "main.cjs");
    const format = language === "js" ? "esm" : "cjs";
    writeFileSync(main, (await transform(text, { loader: "ts", format, target: "node18" })).code);
    // For Node that takes the types out by itself.
    writeFileSync(join(folder, "main.ts"), text);
    return main;
  };

/** The forms in which programs reach their users. */
export const forms = {
  "as the compiler leaves it": async () => program(),
  "esbuild, one module": byEsbuild({ format: "esm" }),
  "esbuild, CommonJS, minified": byEsbuild({ format: "cjs", minify: true }),
  "esbuild, in chunks": byEsbuild({ format: "esm", splitting: true }),
  "rollup, modules": byRollup("es"),
  "rollup, CommonJS": byRollup("cjs"),
  vite: async (folder) => {
    const output = { entryFileNames: "main.mjs" };
    const build = { ssr: program(), outDir: folder, target: "node18", rolldownOptions: { output } };
    await vite({ configFile: false, root: compiled(), logLevel: "error", build });
    return join(folder, output.entryFileNames);
  },
  "generated in JavaScript": asGenerated("js"),
  "generated in CommonJS": asGenerated("cjs"),
} satisfies Readonly<Record<string, Form>>;
