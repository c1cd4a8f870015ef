import { copyFileSync, linkSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { commit, goBack, goForward, journalFile, readJournal, type Step } from "./journal.js";
import { makeFolder } from "./make-folder.js";
import { isWithin, locate, type Places } from "./places.js";
import type { Change } from "./plan.js";
import { clearStage, openStaging, staged, stagingFolders } from "./staging.js";

/**
 * Puts all changes in place, or none. Call it under the lock.
 *
 * Everything that needs space on the disk comes first, aside: the new files, a second name for each old one, new
 * folders. Then the steps are written down (the moment of decision) and taken, one rename each. An error turns them
 * back, from the old files. A run that is killed before the decision has changed nothing; one that is killed after it is
 * finished by the next (`recover`). Throws when it could not, with the old tree in place.
 */
export function apply(changes: readonly Change[], places: Places): void {
  const steps = changes.map(({ kind, path }) => ({ kind, path }));
  try {
    prepare(changes, places);
    commit(places, steps);
  } catch (error) {
    tidy(places, steps);
    throw error;
  }
  finish(places, steps);
}

/** Finishes, or takes back, what an earlier run had decided and could not end. Call it under the lock. */
export function recover(places: Places): void {
  const undo = readJournal(places, "back");
  if (undo === undefined) {
    finish(places, readJournal(places, "forward") ?? []);
  } else {
    goBack(places, undo);
    tidy(places, undo);
  }
}

function finish(places: Places, steps: readonly Step[]): void {
  try {
    goForward(places, steps);
  } catch (error) {
    renameSync(journalFile(places, "forward"), journalFile(places, "back"));
    goBack(places, steps);
    tidy(places, steps);
    throw error;
  }
  tidy(places, steps);
}

function prepare(changes: readonly Change[], places: Places): void {
  for (const folder of stagingFolders(places)) clearStage(folder);
  for (const [index, change] of changes.entries()) {
    const { fresh, old } = staged(places, change.path, index);
    const target = locate(places, change.path);
    openStaging(dirname(dirname(fresh)));
    makeFolder(dirname(fresh));
    if (change.kind !== "surplus") writeFileSync(fresh, change.text, { flag: "wx" });
    if (change.kind === "missing") makeFolder(dirname(target));
    else keep(target, old);
  }
}

/** Keeps the file's present state under a second name: the same file, so that it comes back with its times. */
function keep(target: string, old: string): void {
  try {
    linkSync(target, old);
  } catch {
    // Some file systems know no second names: then a copy must do.
    copyFileSync(target, old);
  }
}

/** The journals go first: from then on nothing is left to be finished. Then the stage, and folders that were left empty. */
function tidy(places: Places, steps: readonly Step[]): void {
  rmSync(journalFile(places, "forward"), { force: true, recursive: true });
  rmSync(journalFile(places, "back"), { force: true, recursive: true });
  for (const folder of stagingFolders(places)) clearStage(folder);
  for (const { path } of steps) removeEmptyFolders(places, dirname(locate(places, path)));
}

/** Up to the output folder itself, which stays. */
function removeEmptyFolders(places: Places, folder: string): void {
  if (folder === places.out || !isWithin(places.out, folder)) return;
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  removeEmptyFolders(places, dirname(folder));
}
