import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";
import type * as Engine from "../engine.js";
import { makeFolder } from "../output/make-folder.js";

export interface LoadedEngine {
  readonly engine: typeof Engine;
  /** Call it when the work is done: what V8 compiled meanwhile is kept for the next start. */
  readonly keepCompiled: () => void;
}

/**
 * Loads the heavy bundle from V8's code cache, which saves compiling some megabytes at every start. A cache of another
 * tool, V8 or machine is not looked at, a damaged one is refused by V8, and where none can be written the start is just slower.
 * @param bundle a script that is one function expression, in ASCII. @param cacheFolder a folder that only the tool's owner writes to.
 */
export function loadEngine(bundle: string, cacheFolder: string | undefined, toolId: string): LoadedEngine {
  // Most runs are over before V8's optimizing compiler has earned what it costs: it begins later, and serves the long ones.
  // Only where the flag is known to exist: V8 complains aloud about any other.
  if (/^1[12]\./.test(process.versions.v8)) setFlagsFromString("--interrupt-budget=1000000");
  const file = cacheFolder && join(cacheFolder, `engine-${process.versions.v8}-${process.arch}-${toolId}.bin`);
  const cachedData = file === undefined ? undefined : readIfThere(file);
  const script = new vm.Script(readFileSync(bundle, "latin1"), {
    filename: bundle,
    ...(cachedData === undefined ? {} : { cachedData }),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} as typeof Engine };
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
  const isFresh = cachedData !== undefined && script.cachedDataRejected === false;
  return {
    engine: module.exports,
    keepCompiled: () => (isFresh || file === undefined ? undefined : write(file, script.createCachedData())),
  };
}

/** Names a tool by its build and by the files as they lie here: one that was changed by hand is another tool. */
export function toolIdOf(buildId: string, files: readonly string[]): string {
  return [
    buildId,
    ...files.map((file) => statSync(file)).map(({ size, mtimeMs }) => `${size}-${Math.round(mtimeMs)}`),
  ].join("-");
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function write(file: string, data: Buffer): void {
  try {
    makeFolder(dirname(file));
    const part = `${file}.${randomUUID()}`;
    writeFileSync(part, data);
    renameSync(part, file);
  } catch {
    // No room, no right, no home: the next start compiles again.
  }
}
