import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { kindOf } from "./read-tree.js";

/**
 * Makes a folder and those above it. Node's own `recursive` says that a folder is missing where the disk can only be
 * read, and never returns below `/proc`.
 */
export function makeFolder(folder: string): void {
  if (kindOf(folder) !== undefined) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
