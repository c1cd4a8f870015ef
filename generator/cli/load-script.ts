import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import vm from "node:vm";
import { replaceFile } from "../output/replace-file.js";
import { readBytes } from "../read-file.js";

export interface LoadedScript<Exports> {
  readonly exports: Exports;
  /** Call it when the work is done: what V8 compiled meanwhile is kept for the next start. */
  readonly keepCompiled: () => void;
}

/**
 * Loads one of the tool's bundles from V8's code cache, which saves compiling it at every start. A cache of another
 * tool, V8 or machine is not looked at, a damaged one is refused by V8, and where none can be written the start is just slower.
 * @param bundle a script that is one function expression, in ASCII. @param cacheFolder a folder that only the tool's owner writes to.
 */
export function loadScript<Exports>(
  bundle: string,
  name: string,
  cacheFolder: string | undefined,
  toolId: string,
): LoadedScript<Exports> {
  const file = cacheFolder && join(cacheFolder, `${name}-${process.versions.v8}-${process.arch}-${toolId}.bin`);
  const cachedData = file === undefined ? undefined : readIfThere(file);
  const script = new vm.Script(readBytes(bundle).toString("latin1"), {
    filename: bundle,
    ...(cachedData === undefined ? {} : { cachedData }),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} as Exports };
  script.runInThisContext()(module.exports, lazily(createRequire(bundle)), module, bundle, dirname(bundle));
  const isFresh = cachedData !== undefined && script.cachedDataRejected === false;
  return {
    exports: module.exports,
    keepCompiled: () => (isFresh || file === undefined ? undefined : replaceFile(file, script.createCachedData())),
  };
}

/** Modules of Node's that few runs need, and that take longer to load than a small run's work. */
const seldom =
  /^(?:node:)?(?:child_process|crypto|http|https|readline\/promises|timers\/promises|v8|worker_threads|zlib)$/;

/** Loads these when something of theirs is first used, and not where a bundle begins. */
function lazily(load: NodeJS.Require): (name: string) => unknown {
  return (name) =>
    seldom.test(name)
      ? new Proxy({}, { get: (_, key) => (load(name) as Record<PropertyKey, unknown>)[key] })
      : load(name);
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
    return readBytes(file);
  } catch {
    return undefined;
  }
}
