import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { now } from "./batches.js";

const here = import.meta.dirname;
const beside = (file: string) => JSON.stringify(join(here, file));

/** Ways to decide about a batch: the text of a module that exports `judge(text)`. The peers are the same worker as people write it. */
export const judges: Readonly<Record<string, string>> = {
  Plainsight: `import { contract } from "generated-contract"; import { judgeText } from ${beside("../../templates/worker/runtime/judge/judge-text.ts")};
    export const judge = (text) => judgeText(text, contract, ${now});`,
  "hand-written closures": `import { judgeByClosures } from ${beside("closures.ts")}; export const judge = (text) => judgeByClosures(text, ${now});`,
  valibot: `import { judgeByValibot } from ${beside("valibot.ts")}; export const judge = (text) => judgeByValibot(text, ${now});`,
  "zod without eval": `import { judgeByZod } from ${beside("zod.ts")}; export const judge = (text) => judgeByZod(text, ${now});`,
};

/** The texts that a worker answers people with, left out: they grow with the contract, and are no code. */
const withoutPages: Plugin = {
  name: "without-pages",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]worker[/\\]pages\.js$/ }, () => ({
      contents: 'export const pages = { about: "", contract: "{}" };',
    }));
  },
};

/** A module as a host would bundle it. @param contract the generated worker's `contract.js`. */
export async function bundle(contents: string, contract: string, minify = false, pages = true): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here, loader: "ts" },
    bundle: true,
    write: false,
    minify,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    alias: { "generated-contract": contract },
    external: ["cloudflare:sockets"],
    plugins: pages ? [] : [withoutPages],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
