import { dirname, join } from "node:path/posix";
import type { GeneratedFile } from "./plan.js";

/**
 * Those of the copied files that something needs: what the generated files import, what that imports in turn, and declarations of
 * modules that one of them names. A contract brings only what it uses.
 *
 * @param made the generated files, relative to the same folder as `copied`.
 * @param kept paths of copied files that others than `made` import: the tests beside a client, say.
 */
export function needed(
  made: readonly GeneratedFile[],
  copied: readonly GeneratedFile[],
  kept: readonly string[],
): readonly GeneratedFile[] {
  const byPath = new Map(copied.map((file) => [file.path, file]));
  const found = new Set<GeneratedFile>();
  const open = [...made];
  const take = (file: GeneratedFile | undefined) => {
    if (file === undefined || found.has(file)) return;
    found.add(file);
    open.push(file);
  };
  for (const path of kept) take(byPath.get(path));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const name of importsOf(file.text)) {
      if (name.startsWith(".")) take(sourceOf(join(dirname(file.path), name), byPath));
      // A platform's own module, or texts (`*.txt`).
      for (const one of copied) if (declares(one, name)) take(one);
    }
  }
  return copied.filter((file) => found.has(file));
}

/** Every module that a text names: static, dynamic, for types and for side effects. More than there are does no harm. */
export function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"\n]+)"/g)].map(([, name = ""]) => name);
}

/** TypeScript's `./x.js` is `x.ts`, or what only declares it. */
function sourceOf(path: string, files: ReadonlyMap<string, GeneratedFile>): GeneratedFile | undefined {
  return files.get(path) ?? files.get(path.replace(/\.js$/, ".ts")) ?? files.get(path.replace(/\.js$/, ".d.ts"));
}

function declares({ path, text }: GeneratedFile, name: string): boolean {
  if (!path.endsWith(".d.ts")) return false;
  return [...text.matchAll(/^declare module "([^"]+)"/gm)].some(([, declared = ""]) => {
    const [before = "", after] = declared.split("*");
    return after === undefined ? name === declared : name.startsWith(before) && name.endsWith(after);
  });
}
