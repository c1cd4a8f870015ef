import { join } from "node:path";

/** The script of telemetry.html as one readable text, with what it takes from the worker's runtime. */
export async function bundlePageScript(root, outfile) {
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(root, "templates/html/page.ts")],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    globalName: "plainsightPage",
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
  });
}
