/** What it costs to have each client in a program that records nothing: `npm run bench -- presence`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { temporary } from "../../test/client/program.js";
import { contractOf } from "../generate/contract.js";
import { inTurns, median } from "../measure.js";
import { tell } from "../tell.js";
import { bundle, peers } from "./bundle.js";

const top = join(import.meta.dirname, "../..");
const keep = (from: string) => `import * as all from "${from}"; globalThis.kept = all;`;

/** The whole client of CodeGraph's contract with so many events instead of its own. */
async function ofSize(events: number): Promise<string> {
  const project = temporary();
  mkdirSync(join(project, "spec"));
  writeFileSync(join(project, "spec/events.yaml"), contractOf(events));
  spawnSync(process.execPath, [join(top, "dist/plainsight.mjs"), "gen", "--only", "client"], { cwd: project });
  return bundle(keep("./generated/client/telemetry.js"), project, true);
}
const files: Record<string, string> = {
  "nothing (Node alone)": await bundle("globalThis.kept = 0;"),
  "Plainsight, CodeGraph": await bundle(keep("./generated/client/telemetry.js"), top, true),
  "the same in one file": await bundle(keep("./generated/client/telemetry.js"), top),
  "Plainsight, 4 events": await ofSize(4),
  "Plainsight, 100 events": await ofSize(100),
  "Plainsight, 400 events": await ofSize(400),
};
for (const [peer, { make }] of Object.entries(peers))
  files[peer.replace(/ \S+$/, "")] = await bundle(
    `${make.match(/import .*/g)?.join("\n")} globalThis.kept = [${[...make.matchAll(/import \{ (.*?) \}/g)].map(([, named]) => named).join()}];`,
    import.meta.dirname,
    true,
  );

/** CPU and wall milliseconds of a whole process, and the kilobytes its heap holds after a collection. */
function once(file: string): readonly [cpu: number, wall: number, heap: number] {
  const code = `const start = process.cpuUsage(), clock = performance.now(); await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(start), wall = performance.now() - clock; gc(); gc();
    console.log(JSON.stringify([(user + system) / 1000, wall, process.memoryUsage().heapUsed / 1024])); process.exit(0);`;
  const { stdout } = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  return JSON.parse(stdout) as [number, number, number];
}
const given = await inTurns(
  Object.fromEntries(Object.entries(files).map(([name, file]) => [name, () => once(file)])),
  11,
);
const bare = given["nothing (Node alone)"] ?? [];
/** Above a program without it that ran in the same round. */
const above = (name: string, at: 0 | 1 | 2) =>
  median((given[name] ?? []).map((one, round) => one[at] - (bare[round]?.[at] ?? 0)));
const kb = (name: string, zip: boolean) => {
  const folder = dirname(files[name] as string);
  const texts = readdirSync(folder).flatMap((file) => (file.endsWith(".js") ? [readFileSync(join(folder, file))] : []));
  return texts.reduce((sum, text) => sum + (zip ? gzipSync(text) : text).length, 0) / 1024;
};
tell(
  "Presence: imported, nothing recorded; above a program without it, medians of 11",
  ["client", "minified KiB", "gzip KiB", "import CPU ms", "import wall ms", "heap KiB"],
  Object.keys(files)
    .slice(1)
    .map((name) => [name, kb(name, false), kb(name, true), above(name, 0), above(name, 1), above(name, 2)]),
);

/** The same application with telemetry, built without it, and one that never heard of it. Names stay: esbuild shortens them by how often letters occur in what it drops. */
async function lengthOf(source: string, define: Record<string, string> = {}): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: top, loader: "ts" },
    define,
    bundle: true,
    write: false,
    minifyWhitespace: true,
    minifySyntax: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  return outputFiles[0]?.contents.length ?? NaN;
}
const program = 'console.log("the program");';
const telling = `import * as telemetry from "./generated/client/telemetry.js"; telemetry.setup({ version: "1.0.0" });
  telemetry.commandStart("index"); telemetry.count("mcp_tool", "codegraph_explore", true); ${program}`;
const [never, absent] = [await lengthOf(program), await lengthOf(telling, { CODEGRAPH_BUILD: '"codegraph-pro"' })];
tell(
  "Compiled out: an application that prints one line, minified",
  ["", "bytes"],
  [
    ["with telemetry", await lengthOf(telling)],
    ["with telemetry, built without it", absent],
    ["never heard of telemetry", never],
  ],
  [{ claim: "bytes that are left of telemetry in a build without it", value: absent - never, atMost: 0 }],
);
process.exit(0);
