/** The cost of having each client in a program that records nothing: `npm run bench -- presence`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { contractOf } from "../generate/contract.js";
import { inTurns, median } from "../measure.js";
import { tell } from "../tell.js";
import { type Bundle, bundled, folder, made } from "./bundle.js";
import { peers } from "./peers.js";

const top = join(import.meta.dirname, "../..");
const keep = (from: string) => `import * as all from "${from}"; globalThis.kept = all;`;

/** The whole client of CodeGraph's contract with so many events instead of its own. */
async function ofSize(events: number): Promise<Bundle> {
  const project = folder();
  mkdirSync(join(project, "spec"));
  writeFileSync(join(project, "spec/events.yaml"), contractOf(events));
  const command = [join(top, "dist/plainsight.mjs"), "gen", "--only", "client"];
  spawnSync(process.execPath, command, { cwd: project, stdio: "ignore" });
  return bundled(keep("./generated/client/telemetry.js"), project, true);
}
const none = "nothing (Node alone)";
const sizes = [4, 100, 400];
const programs: Record<string, () => Promise<Bundle>> = {
  [none]: () => bundled("globalThis.kept = 0;"),
  "by hand (files, JSON, no sending)": () =>
    bundled('import * as fs from "node:fs"; import * as os from "node:os"; globalThis.kept = [fs, os];'),
  "Plainsight, CodeGraph": () => bundled(keep("./generated/client/telemetry.js"), top, true),
  "Plainsight, CodeGraph in one file": () => bundled(keep("./generated/client/telemetry.js"), top),
  ...Object.fromEntries(sizes.map((events) => [`Plainsight, ${events} events`, () => ofSize(events)])),
};
for (const [peer, { make }] of Object.entries(peers)) {
  const named = [...make.matchAll(/import \{ (.*?) \}/g)].map(([, names]) => names).join();
  const source = `${make.match(/import .*/g)?.join("\n")} globalThis.kept = [${named}];`;
  programs[peer.replace(/ \S+$/, "")] = () => bundled(source, import.meta.dirname, true);
}
const files = await made(programs, (make) => make());

interface Held {
  /** Milliseconds of the import. */
  readonly cpu: number;
  readonly wall: number;
  /** KiB that the heap holds after a collection. */
  readonly heap: number;
}
function once(name: string): Held {
  const code = `const start = process.cpuUsage(), clock = performance.now(); await import(${JSON.stringify(files[name]?.file)});
    const { user, system } = process.cpuUsage(start), wall = performance.now() - clock; gc(); gc();
    console.log(JSON.stringify({ cpu: (user + system) / 1000, wall, heap: process.memoryUsage().heapUsed / 1024 })); process.exit(0);`;
  const { stdout } = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  return JSON.parse(stdout) as Held;
}
const given = await inTurns(Object.fromEntries(Object.keys(files).map((name) => [name, () => once(name)])), 11);
/** Above a program without it that ran in the same round. */
const above = (name: string, what: keyof Held) =>
  median((given[name] ?? []).map((one, round) => one[what] - (given[none]?.[round]?.[what] ?? NaN)));
const kib = (texts: readonly Uint8Array[] = []) => texts.reduce((sum, text) => sum + text.length, 0) / 1024;
const zipped = (texts: readonly Uint8Array[] = []) => kib(texts.map((text) => gzipSync(text)));
tell(
  "Presence: imported, nothing recorded; above a program without it, medians of 11",
  ["client", "minified KiB", "gzip KiB", "gzip KiB loaded later", "import CPU ms", "import wall ms", "heap KiB"],
  Object.keys(programs)
    .filter((name) => name !== none)
    .map((name) => [
      name,
      files[name] ? kib(files[name].atOnce) : NaN,
      files[name] ? zipped(files[name].atOnce) : NaN,
      zipped(files[name]?.later),
      above(name, "cpu"),
      above(name, "wall"),
      above(name, "heap"),
    ]),
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
