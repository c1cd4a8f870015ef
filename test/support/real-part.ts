import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

/**
 * The parts that some tests need and npm doesn't install. Each says by itself whether it is here; `.ci/run` sees to it that it
 * is.
 */
const parts = {
  chromium: () => existsSync("/usr/bin/chromium"),
  postgres: () => postgresBinaries() !== undefined,
  sqlite3: () => existsSync("/usr/bin/sqlite3"),
  "victoria-metrics": () => existsSync("/usr/bin/victoria-metrics"),
  strace: () => runs("strace", "-o", "/dev/null", "true"),
  script: () => runs("script", "--version"),
  caddy: () => runs("caddy", "version"),
  nginx: () => existsSync("/usr/sbin/nginx"),
  "systemd-analyze": () => runs("systemd-analyze", "--version"),
  git: () => runs("git", "--version"),
  root: () => process.getuid?.() === 0,
  "mounts of our own": () => runs("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"),
  "network namespaces": () => runs("unshare", "-n", "ip", "link"),
  "an older or newer Node": () => (process.env["PLAINSIGHT_NODES"] ?? "") !== "",
} as const satisfies Record<string, () => boolean>;

export type RealPart = keyof typeof parts;

/**
 * Returns whether a part is here. In CI one that is missing is a failure, because a proof that was left out looks like one that
 * held; elsewhere it is said, and its tests are left out: `describe.runIf(hasRealPart("postgres"))`.
 */
export function hasRealPart(part: RealPart): boolean {
  return isThere(part, parts[part]());
}

/** The same for a part that only its test can find out about. */
export function isThere(name: string, found: boolean): boolean {
  if (found) return true;
  const told = `${name} is missing here, and the tests that need it are left out.`;
  if (process.env["CI"] === "true")
    throw new Error(`${told} In CI that is a failure: .ci/run installs what is needed.`);
  console.warn(told);
  return false;
}

/** Returns Debian's folder of the server, newest first; undefined: there is none. */
export function postgresBinaries(): string | undefined {
  if (!existsSync("/usr/lib/postgresql")) return undefined;
  return readdirSync("/usr/lib/postgresql")
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
    .find((folder) => existsSync(`${folder}/initdb`));
}

function runs(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
