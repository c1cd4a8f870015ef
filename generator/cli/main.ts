import { createHash } from "node:crypto";
import { fstatSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type * as Analyze from "../analyze.js";
import type * as Draft from "../draft.js";
import { inReadingOrder } from "../emit/visible.js";
import type * as Generate from "../generate.js";
import { askOnTerminal } from "./ask-on-terminal.js";
import { commandLine } from "./command-line.js";
import type { Context } from "./context.js";
import { type LoadedScript, loadScript } from "./load-script.js";
import { thisRunner } from "./runner.js";

/** Set by the build. */
declare const PLAINSIGHT_VERSION: string;

/** The tool as it lies on this disk. */
export interface Installed {
  /** Names it by its own bytes. */
  readonly id: string;
  /** A folder for what it can make again, if there is one to write to. */
  readonly cache: string | undefined;
  /** The bundles that are loaded when there is something to be done: what reads contracts, what prints, what drafts them. */
  readonly analyze: string;
  readonly generate: string;
  readonly draft: string;
  readonly templates: string;
  /** Imports a module. */
  readonly load: (specifier: string) => Promise<unknown>;
}

/** Reads the command line and runs the command; the process then ends with its exit code. */
export async function main({ id, cache, templates, load: importModule, ...bundles }: Installed): Promise<void> {
  const loaded = new Map<string, LoadedScript<unknown>>();
  const load = async <Exports>(name: keyof typeof bundles): Promise<Exports> => {
    const known = loaded.get(name) ?? loadLate(bundles[name], name, cache, id);
    loaded.set(name, known);
    return known.exports as Exports;
  };
  const analyze = () => load<typeof Analyze>("analyze");
  const generate = () => load<typeof Generate>("generate");
  const draft = () => load<typeof Draft>("draft");
  let interrupted: (() => void) | undefined;
  const screen = screenOf(1);
  const context: Context = {
    cwd: process.cwd(),
    env: process.env,
    out: (text) => write(1, inReadingOrder(text)),
    err: (text) => write(2, inReadingOrder(text)),
    get isTerminal() {
      return screenOf(2)?.isTTY === true;
    },
    color: wantsColor(process.argv, process.env, screen),
    columns: screen?.columns,
    width: screen?.columns ?? (Number(process.env.COLUMNS) || 80),
    version: PLAINSIGHT_VERSION,
    get ask() {
      return process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : undefined;
    },
    onInterrupt: (heard) => {
      interrupted = heard;
      return () => {
        interrupted = undefined;
      };
    },
    templates,
    now: () => Number(process.hrtime.bigint()) / 1e6,
    analyze,
    generate,
    draft,
    load: importModule,
    toolFor: (project, progress) => {
      const name = createHash("sha256").update(project).digest("hex").slice(0, 32);
      return {
        id,
        templates,
        memoFile: cache && join(cache, `memo-${name}.json`),
        fragmentsFile: cache && join(cache, `fragments-${name}.bin`),
        today: new Date().toISOString().slice(0, 10),
        runner: thisRunner(),
        analyze,
        generate,
        progress,
      };
    },
  };

  // A run that is writing is not cut short: the signal is heard when it has ended, with the old or the new tree in place.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    process.on(signal, () => {
      const heard = interrupted;
      interrupted = undefined;
      if (heard === undefined) process.exit(code);
      heard();
    });

  process.exitCode = await commandLine(process.argv.slice(2), context);
  for (const { keepCompiled } of loaded.values()) keepCompiled();
}

function loadLate(bundle: string, name: string, cache: string | undefined, id: string): LoadedScript<unknown> {
  // Most runs are over before V8's optimizing compiler has earned what it costs: it begins later, and serves the long ones.
  // Only where the flag is known to exist: V8 complains aloud about any other.
  if (/^1[12]\./.test(process.versions.v8)) setFlagsFromString("--interrupt-budget=1000000");
  return loadScript(bundle, name, cache, id);
}

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
function wantsColor(args: readonly string[], env: NodeJS.ProcessEnv, screen: NodeJS.WriteStream | undefined): boolean {
  if (args.includes("--no-color")) return false;
  if (args.includes("--color")) return true;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return screen?.isTTY === true && env.TERM !== "dumb";
}

/** A stream that may be a terminal. Even a look at a pipe would load all of `net`. */
function screenOf(stream: 1 | 2): NodeJS.WriteStream | undefined {
  try {
    return fstatSync(stream).isCharacterDevice() ? process[stream === 1 ? "stdout" : "stderr"] : undefined;
  } catch {
    return undefined;
  }
}
