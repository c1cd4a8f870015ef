import { readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../diagnostics/diagnostic.js";
import { readText } from "../read-file.js";
import type { GeneratedFile } from "./plan.js";

/** The files of one runtime folder of the tool, by path relative to it, in an order that no file system decides. */
export function readRuntime(folder: string, prefix = ""): readonly GeneratedFile[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => {
      const path = prefix + entry.name;
      return entry.isDirectory() ? readRuntime(folder, `${path}/`) : [{ path, text: readText(join(folder, path)) }];
    })
    .sort((a, b) => compareText(a.path, b.path));
}
