import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { askOnTerminal } from "./ask-on-terminal.js";
import { cacheFolder } from "./cache-folder.js";
import { commandLine } from "./command-line.js";
import { type LoadedEngine, loadEngine, toolIdOf } from "./load-engine.js";
import { thisRunner } from "./runner.js";
import type { World } from "./world.js";

/** Put in by the build. */
declare const PLAINSIGHT_BUILD: string;
declare const PLAINSIGHT_VERSION: string;

const self = fileURLToPath(import.meta.url);
const dist = dirname(self);
const bundle = join(dist, "engine.cjs");
const templates = join(dist, "templates");
const id = toolIdOf(PLAINSIGHT_BUILD, [self, bundle]);
const cache = cacheFolder(dist, process.env, process.platform);
let loaded: LoadedEngine | undefined;

const engine = () => {
  loaded ??= loadEngine(bundle, cache, id);
  return Promise.resolve(loaded.engine);
};

const world: World = {
  cwd: process.cwd(),
  env: process.env,
  out: (text) => write(1, text),
  err: (text) => write(2, text),
  isTerminal: process.stderr.isTTY === true,
  color: wantsColor(process.argv, process.env),
  width: process.stdout.columns ?? (Number(process.env.COLUMNS) || 80),
  version: PLAINSIGHT_VERSION,
  ask: process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : undefined,
  templates,
  now: () => performance.now(),
  engine,
  toolFor: (project, progress) => ({
    id,
    templates,
    memoFile: cache && join(cache, `memo-${createHash("sha256").update(project).digest("hex").slice(0, 32)}.json`),
    today: new Date().toISOString().slice(0, 10),
    runner: thisRunner(),
    engine,
    progress,
  }),
};

// A run that is writing is not cut short: the signal is heard when it has ended, with the old or the new tree in place.
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)
  process.on(signal, () => process.exit(code));

process.exitCode = await commandLine(process.argv.slice(2), world);
loaded?.keepCompiled();

/** All of it, at once, also into a pipe that is slow to empty. A reader that has gone (`| head`) ends us without a word. */
function write(stream: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(stream, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit(process.exitCode ?? 0);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** `--color` and `--no-color` win, then NO_COLOR and FORCE_COLOR, then whether a person is looking. */
function wantsColor(args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  if (args.includes("--no-color")) return false;
  if (args.includes("--color")) return true;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return process.stdout.isTTY === true && env.TERM !== "dumb";
}
