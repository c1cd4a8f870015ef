import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const tests = join(import.meta.dirname, "..");

/** Every test file of the project's own, by its path under `test/`. */
export const testFiles: readonly string[] = readdirSync(tests, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".test.ts") && !path.includes("node_modules"))
  .sort();

const sources = new Map<string, string>();

/**
 * Returns whether a test file has a test, a describe block or a row of this name: it begins a string there, or is the whole of
 * it.
 */
export function hasTest(name: string, files: readonly string[] = testFiles): boolean {
  return files.some((path) => {
    const source = sources.get(path) ?? readFileSync(join(tests, path), "utf8");
    sources.set(path, source);
    return ['"', "'", "`"].some((quote) => source.includes(quote + name));
  });
}
