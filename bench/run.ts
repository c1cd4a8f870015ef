/**
 * `npm run bench` answers every question and writes bench/RESULTS.md; `npm run bench -- NAME` answers one.
 * What counts are ratios taken in one run; absolute figures are of one machine.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, totalmem, type } from "node:os";
import { join } from "node:path";
import { questions } from "./questions.js";
import { answer, runBench } from "./yardstick.js";

const here = import.meta.dirname;
const [name, ...args] = process.argv.slice(2);
const asked = name === undefined ? undefined : Object.entries(questions).find(([question]) => question === name)?.[1];
if (name !== undefined && asked === undefined) {
  console.error(`There is no question "${name}". There are: ${Object.keys(questions).join(", ")}`);
  process.exit(2);
}
installPeers();
const built = spawnSync(process.execPath, [join(here, "../generator/build.mjs"), "--if-stale"], { stdio: "inherit" });
if (built.status !== 0) process.exit(2);

let ended = true;
if (asked === undefined) ended = await everything();
else for (const file of asked.files) ended = (await runBench(join(here, file), { args })) && ended;
process.exit(ended ? 0 : 1);

async function everything(): Promise<boolean> {
  const [start, [busy = 0]] = [performance.now(), loadavg()];
  const { text, unfinished } = await answer(questions, here);
  const seconds = Math.round((performance.now() - start) / 1000);
  const changes = readFileSync(join(here, "changes.md"), "utf8");
  writeFileSync(
    join(here, "RESULTS.md"),
    `# Results of \`npm run bench\`\n\n${machine(seconds, busy)}\n\n${text}${changes}`,
  );
  console.log(`${seconds} s; written to bench/RESULTS.md`);
  return unfinished.length === 0;
}

function machine(seconds: number, busy: number): string {
  const versions: Record<string, string | undefined> = { ...packageOf("package.json").dependencies };
  for (const tool of ["workerd", "esbuild"]) versions[tool] = packageOf("../package.json").devDependencies?.[tool];
  const named = Object.entries(versions).map(([peer, version]) => `${peer} ${version}`);
  return `${new Date().toISOString().slice(0, 10)}, in ${seconds} s. ${type()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}.
Load average before the run: ${busy.toFixed(1)}${busy > 0.5 ? ". **The machine was busy: wall times and small differences say little**" : ""}.
Contenders took turns; figures are medians of at least five rounds of this run, unless a table says how many; CPU is user and system
time. Every figure is of this run; what could not be run is named.

Versions: ${named.join(", ")}.`;
}

function packageOf(file: string): Partial<Record<"dependencies" | "devDependencies", Record<string, string>>> {
  return JSON.parse(readFileSync(join(here, file), "utf8"));
}

/** Installs the peers, which have their own lockfile. The tables tell which are missing. */
function installPeers(): void {
  const peers = Object.keys(packageOf("package.json").dependencies ?? {});
  if (peers.every((peer) => existsSync(join(here, "node_modules", peer)))) return;
  const { status } = spawnSync("npm", ["ci", "--prefix", here, "--no-audit", "--no-fund"], { stdio: "inherit" });
  if (status !== 0) console.error("Some of what we are measured against could not be installed; the rest is measured.");
}
