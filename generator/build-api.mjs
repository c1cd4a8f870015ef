import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";

/** Returns what `import … from "plainsight"` gives, with its types. */
export async function bundleApi(root, into, settings) {
  const source = join(root, "generator/cli/api.ts");
  await build({ ...settings, entryPoints: [source], outfile: join(into, "api.mjs"), format: "esm" });
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(source, "utf8"), {
    fileName: source,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  writeFileSync(join(into, "api.d.mts"), outputText);
}
