import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The folder of the programs in `requirements.txt`: what PLAINSIGHT_PYTHON_TOOLS names, else `.python/bin` here, which `.ci/run` makes.
 * Undefined: what needs them is left out, and says so. In CI that is a failure.
 */
export function pythonTools(): string | undefined {
  const folder = process.env["PLAINSIGHT_PYTHON_TOOLS"] ?? join(import.meta.dirname, "../../.python/bin");
  if (existsSync(join(folder, "mypy"))) return folder;
  if (process.env["CI"] !== undefined) throw new Error("CI must have the tools of test/python/requirements.txt.");
  return undefined;
}
