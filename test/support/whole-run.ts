import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Vitest calls this before the first test. The tool is built and copied once, and the run gets a temporary folder of its own: whatever
 * a test or a program that it started leaves there goes with it.
 * @returns what is called after the last test.
 */
export function setup(): () => void {
  const build = fileURLToPath(new URL("../../generator/build.mjs", import.meta.url));
  execFileSync(process.execPath, [build, "--if-stale"], { stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "plainsight-run-"));
  // Postgres runs as a user of its own and must get through.
  chmodSync(folder, 0o755);
  process.env["TMPDIR"] = folder;
  const dist = fileURLToPath(new URL("../../dist", import.meta.url));
  cpSync(dist, join(folder, "dist"), { recursive: true, filter: (name) => !name.endsWith(".cache") });
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
