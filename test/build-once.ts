import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Vitest calls this before the first test. */
export function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL("../generator/build.mjs", import.meta.url)), "--if-stale"], {
    stdio: "inherit",
  });
}
