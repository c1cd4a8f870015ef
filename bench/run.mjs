// `npm run bench -- NAME [arguments]`: one line per bench. Each prints ratios taken in one run; absolute figures say little.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const benches = {
  generate: "generate/generate.ts",
  worker: "worker/in-process.ts",
  "client-recording": "client/recording.ts",
  "client-leaving": "client/leaving.ts",
  "client-presence": "client/presence.ts",
  "client-disk": "client/disk.ts",
};

const here = fileURLToPath(new URL(".", import.meta.url));
const [name = "", ...rest] = process.argv.slice(2);
const file = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (file === undefined) {
  console.error(`Which bench? ${Object.keys(benches).join(", ")}\n  npm run bench -- ${Object.keys(benches)[0]}`);
  process.exit(2);
}
installPeers();
process.exit(spawnSync(process.execPath, ["--import", "tsx", here + file, ...rest], { stdio: "inherit" }).status ?? 1);

/** What we are measured against has its own lockfile and is installed only here, never with the project. */
function installPeers() {
  const { dependencies } = JSON.parse(readFileSync(`${here}package.json`, "utf8"));
  const installed = existsSync(`${here}node_modules`) ? readdirSync(`${here}node_modules`) : [];
  if (Object.keys(dependencies).every((peer) => installed.includes(peer))) return;
  const { status } = spawnSync("npm", ["ci", "--prefix", here, "--no-audit", "--no-fund"], { stdio: "inherit" });
  if (status !== 0) process.exit(2);
}
