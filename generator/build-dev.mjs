import { join } from "node:path";

/** The live page's script, and the worker's part that runs in workerd: `root` is the tool's own top folder. */
export async function bundleDev(root, folder) {
  const { build } = await import("esbuild");
  const settings = {
    absWorkingDir: root,
    bundle: true,
    target: "es2022",
    format: "esm",
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
  };
  for (const name of ["page", "receive"])
    await build({
      ...settings,
      entryPoints: [join(root, `templates/dev/${name}.ts`)],
      outfile: join(folder, `${name}.js`),
    });
}
