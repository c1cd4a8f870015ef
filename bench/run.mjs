// `npm run bench` runs everything and writes bench/RESULTS.md; `npm run bench -- NAME` answers one question.
// Each prints ratios taken in one run; absolute figures say little.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** In the order of the questions: what answers each, and how many seconds it may take. */
const benches = {
  recording: [40, "client/recording.ts"],
  presence: [45, "client/presence.ts"],
  leaving: [110, "client/leaving.ts"],
  disk: [50, "client/disk.ts"],
  judging: [110, "worker/in-process.ts", "worker/in-workerd.ts", "worker/size.ts"],
  generating: [300, "generate/generate.ts"],
  deciding: [50, "generate/deciding.ts"],
};
const longest = 590;

const here = fileURLToPath(new URL(".", import.meta.url));
const packageOf = (folder) => JSON.parse(readFileSync(`${here}${folder}package.json`, "utf8"));
const [name, ...rest] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(benches, name)) {
  console.error(`Which bench? ${Object.keys(benches).join(", ")}\n  npm run bench -- ${Object.keys(benches)[0]}`);
  process.exit(2);
}
installPeers();
if (spawnSync(process.execPath, [`${here}../generator/build.mjs`, "--if-stale"], { stdio: "inherit" }).status !== 0)
  process.exit(2);
process.exit(name === undefined ? everything() : benches[name].slice(1).reduce((worst, file) => worst || run(file), 0));

function run(file, env = {}, timeout = undefined) {
  const command = ["--import", "tsx", here + file, ...rest];
  const ended = spawnSync(process.execPath, command, { stdio: "inherit", env: { ...process.env, ...env }, timeout });
  return ended.status ?? 1;
}

function everything() {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const folder = mkdtempSync(join(tmpdir(), "plainsight-results-"));
  const tables = join(folder, "tables.md");
  const say = (text) => writeFileSync(tables, `${text}\n\n`, { flag: "a" });
  let failed = 0;
  for (const [at, [question, [limit, ...files]]] of Object.entries(benches).entries()) {
    say(`## ${at + 1}. ${question[0].toUpperCase()}${question.slice(1)}`);
    const until = Math.min(longest, seconds() + limit);
    for (const file of files) {
      const status = until > seconds() ? run(file, { BENCH_RESULTS: tables }, (until - seconds()) * 1000) : 1;
      if (status === 0) continue;
      failed = 1;
      say(`\`bench/${file}\` did not come to its end here: what stands above of it is all there is.`);
    }
  }
  const text = `# Results of \`npm run bench\`

${machine(Math.round(seconds()))}

${readFileSync(tables, "utf8")}${readFileSync(`${here}changes.md`, "utf8")}`;
  writeFileSync(`${here}RESULTS.md`, text);
  rmSync(folder, { recursive: true });
  console.log(`${Math.round(seconds())} s; written to bench/RESULTS.md`);
  return failed;
}

function machine(seconds) {
  const [{ model }] = cpus();
  const versions = { ...packageOf("").dependencies };
  for (const tool of ["workerd", "esbuild"]) versions[tool] = packageOf("../").devDependencies[tool];
  const named = Object.entries(versions).map(([peer, version]) => `${peer} ${version}`);
  return `${new Date().toISOString().slice(0, 10)}, ${seconds} s. ${type()} ${release()}, ${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}.
Contenders took turns; figures are medians of at least five rounds of this run, CPU is user and system time. Every figure is of this run.

Versions: ${named.join(", ")}.`;
}

/** What we are measured against has its own lockfile and is installed only here, never with the project. */
function installPeers() {
  if (Object.keys(packageOf("").dependencies).every((peer) => existsSync(`${here}node_modules/${peer}`))) return;
  const { status } = spawnSync("npm", ["ci", "--prefix", here, "--no-audit", "--no-fund"], { stdio: "inherit" });
  if (status !== 0) process.exit(2);
}
