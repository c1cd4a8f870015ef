/** The commands that install a project's packages and run its commands. */
export interface PackageManager {
  /** The command that CI runs: exactly what is locked, and nobody's scripts. */
  readonly install: string;
  readonly add: string;
  /** A script of the package. */
  readonly run: string;
  /** A command that a package brings. */
  readonly exec: string;
}

const npm: PackageManager = {
  install: "npm ci --ignore-scripts",
  add: "npm install -D",
  run: "npm run",
  exec: "npx",
};

const pnpm: PackageManager = {
  install: "corepack enable && pnpm install --frozen-lockfile --ignore-scripts",
  add: "pnpm add -D",
  run: "pnpm run",
  exec: "pnpm exec",
};

const yarn = { add: "yarn add -D", run: "yarn run", exec: "yarn run" };

const yarnClassic: PackageManager = {
  ...yarn,
  install: "corepack enable && yarn install --frozen-lockfile --ignore-scripts",
};

/** Since version 2: other flags, and packages that need not lie in node_modules. */
const yarnBerry: PackageManager = {
  ...yarn,
  install: "corepack enable && yarn install --immutable --mode=skip-build",
};

const bun: PackageManager = {
  install: "npm install --global bun && bun install --frozen-lockfile --ignore-scripts",
  add: "bun add -d",
  run: "bun run",
  exec: "bunx",
};

export const packageManagers = { npm, pnpm, yarnClassic, yarnBerry, bun } as const;

/**
 * The one that a folder shows: by what its package.json names (`pnpm@9.1.0`), else by its lockfile.
 * @param read a file of the folder; undefined where there is none.
 */
export function packageManagerIn(read: (file: string) => string | undefined): PackageManager | undefined {
  const named = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@(\d*)/.exec(read("package.json") ?? "");
  const lock = read("yarn.lock");
  const yarnHere = lock?.includes("__metadata:") || read(".yarnrc.yml") !== undefined ? yarnBerry : yarnClassic;
  switch (named?.[1]) {
    case "npm":
      return npm;
    case "pnpm":
      return pnpm;
    case "yarn":
      return named[2] === "1" ? yarnClassic : yarnBerry;
    case "bun":
      return bun;
  }
  if (read("pnpm-lock.yaml") !== undefined) return pnpm;
  if (lock !== undefined) return yarnHere;
  if (read("bun.lock") !== undefined || read("bun.lockb") !== undefined) return bun;
  return read("package-lock.json") === undefined ? undefined : npm;
}
