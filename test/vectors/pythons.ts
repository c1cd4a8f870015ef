import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe } from "vitest";
import { isThere } from "../support/real-part.js";

/**
 * The interpreters that can be had here: those that PLAINSIGHT_PYTHONS names (`/path/to/python3.9:/path/to/python3.13`), or `python3`.
 * None: what runs Python is left out, and says so; in CI that is a failure.
 */
export function pythons(): readonly (readonly [version: string, path: string])[] {
  const named = process.env["PLAINSIGHT_PYTHONS"]?.split(":").filter((path) => path !== "") ?? [];
  return (named.length === 0 ? ["python3"] : named).flatMap((path) => {
    const { stdout, status } = spawnSync(path, ["-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"], {
      encoding: "utf8",
    });
    // A test may run it elsewhere than here.
    return status === 0 && !stdout.startsWith("2.")
      ? [[stdout.trim(), path.includes("/") ? resolve(path) : path] as const]
      : [];
  });
}

/**
 * A suite that runs once with each Python that is here. Where there is none it is left out, and still is a suite: a file without one
 * fails.
 */
export function describeInPython(
  suite: (version: string, python: string) => void,
  { title = "Python %s", found = pythons() } = {},
): void {
  const named = found.length > 0 ? found : [["3", "python3"] as const];
  describe.runIf(isThere("a Python of 3.9 or newer", found.length > 0)).each(named)(title, suite);
}
