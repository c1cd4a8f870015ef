// Bundles the generator into dist/: `node generator/build.mjs [--if-stale]`.
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { bundleApi } from "./build-api.mjs";
import { bundleDev } from "./build-dev.mjs";
import { printNotices } from "./build-notices.mjs";
import { bundlePageScript } from "./build-page-script.mjs";
import { bundleTests } from "./build-tests.mjs";
import { turnWorker } from "./build-worker.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

/** json-schema-to-typescript imports it at the top and is told never to call it. */
const withoutPrettier = {
  name: "without-prettier",
  setup: (build) => {
    build.onResolve({ filter: /^prettier$/ }, () => ({ path: "prettier", namespace: "absent" }));
    build.onLoad({ filter: /.*/, namespace: "absent" }, () => ({
      contents: "export function format() { throw new Error('Formatting is turned off.'); }",
    }));
  },
};

/** ts-morph brings the declarations of JavaScript's library, nearly 3 MB of them, for checking types. Nothing is checked here. */
const withoutLibrary = {
  name: "without-library",
  setup: (build) => {
    build.onLoad({ filter: /ts-morph-common\.js$/ }, ({ path }) => {
      const [before, ...rest] = readFileSync(path, "utf8").split(/const libFiles = \[\{[\s\S]*?\n\s*\}\];/);
      if (rest.length !== 1) throw new Error(`${path} no longer has its library where it was.`);
      return { contents: `${before}const libFiles = [];${rest[0]}` };
    });
  },
};

/** commander starts other programs only for commands that are programs of their own: there are none, and loading what starts them takes time. */
const withoutChildren = {
  name: "without-children",
  setup: (build) => {
    build.onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path: "child_process", namespace: "absent" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "export {}" }));
  },
};

const id = buildId();
const current = join(dist, "build-id");

if (!process.argv.includes("--if-stale") || !existsSync(current) || readFileSync(current, "utf8") !== id) await build();
linkSelf();

/**
 * A product's generated tests import `plainsight/tests` from its packages. A folder that shares the packages of this repository finds
 * them there as well.
 */
function linkSelf() {
  const link = join(root, "node_modules/plainsight");
  if (!existsSync(dirname(link)) || existsSync(link)) return;
  try {
    symlinkSync("..", link, "junction");
  } catch {
    // Another build has made it, or this disk has no links: then only the package itself has them.
  }
}

async function build() {
  const { build: bundle } = await import("esbuild");
  // Built aside and renamed: a failed build leaves the old one.
  const fresh = `${dist}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const settings = {
    bundle: true,
    minify: true,
    keepNames: false,
    legalComments: "none",
    charset: "ascii",
    platform: "node",
    target: "node20",
    define: { PLAINSIGHT_BUILD: JSON.stringify(id), PLAINSIGHT_VERSION: JSON.stringify(version) },
    logLevel: "warning",
    absWorkingDir: root,
    metafile: true,
  };
  try {
    const start = await bundle({
      ...settings,
      entryPoints: [join(root, "generator/cli/start.ts")],
      outfile: join(fresh, "plainsight.mjs"),
      format: "esm",
      banner: { js: "#!/usr/bin/env node" },
    });
    // One function expression each: they are run as scripts, from V8's code cache.
    const script = {
      ...settings,
      format: "cjs",
      banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
      footer: { js: "})" },
    };
    const command = await bundle({
      ...script,
      entryPoints: [join(root, "generator/cli/main.ts")],
      outfile: join(fresh, "command.cjs"),
      // What it loads late are modules of Node's own: from a script, `import()` would warn that it is new.
      supported: { "dynamic-import": false },
      plugins: [withoutChildren],
    });
    const generate = await bundle({
      ...script,
      entryPoints: [join(root, "generator/generate.ts")],
      outfile: join(fresh, "generate.cjs"),
      plugins: [withoutPrettier, withoutLibrary],
    });
    const analyze = await bundle({
      ...script,
      entryPoints: [join(root, "generator/analyze.ts")],
      outfile: join(fresh, "analyze.cjs"),
    });
    const draft = await bundle({
      ...script,
      entryPoints: [join(root, "generator/draft.ts")],
      outfile: join(fresh, "draft.cjs"),
    });
    for (const name of ["command", "analyze", "generate", "draft"]) onlyAscii(join(fresh, `${name}.cjs`));
    // Editors complete by it: it comes with the package, and is no file of every project.
    // Only editors read it: without line breaks it is half as large.
    const schema = JSON.parse(exportsOf(join(fresh, "analyze.cjs")).metaSchemaText());
    writeFileSync(join(fresh, "events.schema.json"), `${JSON.stringify(schema)}\n`);
    await bundleApi(root, fresh, settings);
    const tests = await bundleTests(root, fresh);
    const inputs = [start, command, analyze, generate, draft, tests].flatMap(({ metafile }) =>
      Object.keys(metafile.inputs),
    );
    writeFileSync(join(fresh, "THIRD-PARTY-NOTICES.txt"), printNotices(root, inputs));
    // All but what is bundled from it below.
    const bundled = /^templates\/(?:tests|(?:html|dev)\/.*\.ts|.*tsconfig\.json)$/;
    const isCopied = (path) => !bundled.test(path.slice(root.length + 1).replaceAll("\\", "/"));
    cpSync(join(root, "templates"), join(fresh, "templates"), { recursive: true, filter: isCopied });
    await bundlePageScript(root, join(fresh, "templates/html/page.js"));
    await bundleDev(root, join(fresh, "templates/dev"));
    turnWorker(join(fresh, "templates/worker"), exportsOf(join(fresh, "generate.cjs")).asModules);
    chmodSync(join(fresh, "plainsight.mjs"), 0o755);
    writeFileSync(join(fresh, "build-id"), id);
    swap(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Returns what a bundle exports, which is one function expression. */
function exportsOf(path) {
  const module = { exports: {} };
  vm.runInThisContext(readFileSync(path, "latin1"), { filename: path })(
    module.exports,
    createRequire(path),
    module,
    path,
    dirname(path),
  );
  return module.exports;
}

/** The scripts are read one byte a character, which is quicker. Tagged templates and expressions keep their text: they need escapes. */
function onlyAscii(path) {
  const text = readFileSync(path, "latin1");
  const at = text.search(/[\x80-\xff]/);
  if (at >= 0)
    throw new Error(`Not ASCII, so it would be printed wrong: ${Buffer.from(text.slice(at - 60, at + 20), "latin1")}`);
}

/** Swaps in a build. Where two builds end at once, the first stays: both made the same. */
function swap(fresh) {
  const old = `${fresh}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  try {
    renameSync(fresh, dist);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes(error.code)) throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

/** Names the tool by everything that it is made of: same sources and packages, same id, on every machine. */
function buildId() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json", ...filesIn("generator"), ...filesIn("templates")]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 32);
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
}
