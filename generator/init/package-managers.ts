/** How a project's packages are installed and its scripts run. */
export interface PackageManager {
  /** The file by which it is known. */
  readonly lockfile: string;
  /** What CI runs: exactly what is locked, and nobody's scripts. */
  readonly install: string;
  readonly add: string;
  readonly run: string;
}

/** npm last: it is also what is meant where there is no lockfile. */
export const packageManagers = [
  {
    lockfile: "pnpm-lock.yaml",
    install: "corepack enable && pnpm install --frozen-lockfile --ignore-scripts",
    add: "pnpm add -D",
    run: "pnpm run",
  },
  {
    lockfile: "yarn.lock",
    install: "corepack enable && yarn install --frozen-lockfile --ignore-scripts",
    add: "yarn add -D",
    run: "yarn run",
  },
  { lockfile: "package-lock.json", install: "npm ci --ignore-scripts", add: "npm install -D", run: "npm run" },
] as const satisfies readonly PackageManager[];
