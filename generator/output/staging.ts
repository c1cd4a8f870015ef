import { rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./make-folder.js";
import { locate, type Places } from "./places.js";
import { kindOf } from "./read-tree.js";

/**
 * The folder in which a run prepares what it will put in place: a folder `.plainsight` beside the files, so that each is moved
 * within one file system. It exists only while a run writes, or after one was killed.
 */
const stagingName = ".plainsight";

/** Both folders that can hold one: the output folder's, with lock and journal, and the root's, for its page. */
export function stagingFolders(places: Places): readonly [out: string, root: string] {
  return [join(places.out, stagingName), join(places.root, stagingName)];
}

/** Returns where the new and the old text of step number `index` lie meanwhile. */
export function staged(places: Places, path: string, index: number): { readonly fresh: string; readonly old: string } {
  const folder = join(locate(places, path.startsWith("~/") ? "~/" : ""), stagingName, "stage");
  return { fresh: join(folder, `${index}.new`), old: join(folder, `${index}.old`) };
}

/** Returns where the journal's text is written before it gets its name: what is killed in between leaves nothing that isn't cleared with the stage. */
export function stagedJournal(places: Places): string {
  return join(stagingFolders(places)[0], "stage", "journal");
}

/** Returns whether an earlier run left something behind, or another is at work. */
export function isInUse(places: Places): boolean {
  return stagingFolders(places).some((folder) => kindOf(folder) === "folder");
}

/** Makes the folder. Throws when that can't be, or something else stands in its place. */
export function openStaging(folder: string): void {
  makeFolder(folder);
  if (kindOf(folder) === "file" || kindOf(folder) === "other") throw new Error(`${stagingName} is not a folder`);
}

/** Empties the stage, and takes it away. */
export function clearStage(folder: string): void {
  if (kindOf(folder) === "folder") rmSync(join(folder, "stage"), { recursive: true, force: true });
}

/** Takes the folder away with the last run that used it. */
export function leaveStaging(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It was never made, or another run has entered, or one was killed here: the next will see to it.
  }
}
