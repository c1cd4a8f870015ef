import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The worker's runtime as JavaScript, in place, so that no run has to turn it. `asModules` is the generator's own. */
export function turnWorker(folder, asModules) {
  for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!name.endsWith(".ts")) continue;
    const path = join(parentPath, name);
    for (const made of asModules([{ path, text: readFileSync(path, "utf8") }])) writeFileSync(made.path, made.text);
    rmSync(path);
  }
}
