// Bundles the generator into dist/: `node generator/build.mjs [--if-stale]`.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const id = buildId();
const current = join(dist, "build-id");

if (!process.argv.includes("--if-stale") || !existsSync(current) || readFileSync(current, "utf8") !== id) await build();

async function build() {
  const { build: bundle } = await import("esbuild");
  // Built aside and renamed: a run in progress keeps the files that it opened, and a failed build leaves the old one.
  const fresh = `${dist}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  try {
    await bundle({ entryPoints: [join(root, "generator/cli/main.ts")], outfile: join(fresh, "plainsight.mjs"), bundle: true, platform: "node", target: "node20", format: "esm" });
    cpSync(join(root, "templates"), join(fresh, "templates"), { recursive: true });
    writeFileSync(join(fresh, "build-id"), id);
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Names the tool by everything that it is made of: same sources and packages, same id, on every machine. */
function buildId() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json", ...filesIn("generator"), ...filesIn("templates")]) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file))).update("\0");
  }
  return hash.digest("hex").slice(0, 32);
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
}
