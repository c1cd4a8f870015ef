import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.js";

/** Writes a file of the user's own, whole or not at all: on a full disk the old one stays. Its permissions stay, and so does a link to it. */
export function writeWhole(file: string, text: string): void {
  const there = statSync(file, { throwIfNoEntry: false });
  const target = there === undefined ? file : realpathSync(file);
  const part = `${target}.${process.pid}`;
  try {
    makeFolder(dirname(target));
    writeFileSync(part, text, { mode: there?.mode ?? 0o666 });
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw Object.assign(error as Error, { path: file });
  }
}
