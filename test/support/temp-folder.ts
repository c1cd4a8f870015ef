import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

function removeAll(): void {
  for (const folder of made.splice(0)) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A program that a test started still writes there. The whole run's folder goes with the run.
    }
  }
}

// The conformance runner and the demo are started without vitest, which can't be imported there. A program that a test starts
// inherits vitest's variables, but not this.
if ("__vitest_worker__" in globalThis) (await import("vitest")).afterAll(removeAll);
process.once("exit", removeAll);

/** A folder of its own for whoever calls, removed at the end of the test file. */
export function temporaryFolder(name = "test"): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `plainsight-${name}-`)));
  made.push(folder);
  return folder;
}
