import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the tool keeps what it can make again: beside itself, because whoever can write there could change the tool as
 * well; else in the user's own cache. Never in the project: a project that someone else wrote must not tell us what is
 * clean, nor hand us compiled code.
 */
export function cacheFolder(
  dist: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): string | undefined {
  try {
    accessSync(dist, constants.W_OK);
    return join(dist, ".cache");
  } catch {
    const home = userCache(env, platform);
    return home && join(home, "plainsight");
  }
}

function userCache(env: Readonly<Record<string, string | undefined>>, platform: string): string | undefined {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  try {
    if (platform === "win32") return env.LOCALAPPDATA;
    return join(homedir(), platform === "darwin" ? "Library/Caches" : ".cache");
  } catch {
    return undefined;
  }
}
