import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Returns where the tool keeps what it can make again: beside itself, because whoever can write there could change the tool as
 * well; else in the user's own cache. Never in the project: a project that someone else wrote must not tell us what is
 * clean, nor hand us compiled code.
 */
export function cacheFolder(
  dist: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): string | undefined {
  if (isWritable(dist)) return join(dist, ".cache");
  const home = userCache(env, platform);
  return home && join(home, "plainsight");
}

function userCache(env: Readonly<Record<string, string | undefined>>, platform: string): string | undefined {
  // Its specification says to ignore a relative path: that would depend on the folder that a run begins in.
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  if (platform === "win32") return env.LOCALAPPDATA && isAbsolute(env.LOCALAPPDATA) ? env.LOCALAPPDATA : undefined;
  const home = homedir();
  // Some homes are only a name in a list.
  return isWritable(home) ? join(home, platform === "darwin" ? "Library/Caches" : ".cache") : undefined;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
