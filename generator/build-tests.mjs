import { cpSync } from "node:fs";
import { join } from "node:path";

/**
 * The suites that a product's generated tests import as `plainsight/tests`: the product brings its own
 * vitest. Returns what esbuild says of it.
 */
export async function bundleTests(root, into) {
  const { build } = await import("esbuild");
  cpSync(join(root, "templates/tests/tests.d.mts"), join(into, "tests.d.mts"));
  return build({
    absWorkingDir: root,
    entryPoints: [join(root, "templates/tests/runtime/tests.ts")],
    outfile: join(into, "tests.mjs"),
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "esm",
    charset: "ascii",
    legalComments: "none",
    external: ["vitest"],
    metafile: true,
    logLevel: "warning",
  });
}
