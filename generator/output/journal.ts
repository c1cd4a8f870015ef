import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readText } from "../read-file.js";
import { makeFolder } from "./make-folder.js";
import { isMarked } from "./marker.js";
import { isSafePath, isWithin, locate, mayLieOutside, type Places } from "./places.js";
import { kindOf, readHead } from "./read-tree.js";
import { staged, stagedJournal, stagingFolders } from "./staging.js";

/** One file to be put in place or taken away. What it needs lies on the stage under the step's number. */
export interface Step {
  readonly kind: "missing" | "changed" | "surplus";
  readonly path: string;
}

/** Returns where the steps are written down before the first is taken. The name says which way they go. */
export function journalFile(places: Places, way: "forward" | "back"): string {
  return join(stagingFolders(places)[0], way === "forward" ? "journal.json" : "undo.json");
}

/** From here on the run is decided: whoever comes next finishes it, unless it is turned back. */
export function commit(places: Places, steps: readonly Step[]): void {
  const text = stagedJournal(places);
  makeFolder(dirname(text));
  writeFileSync(text, JSON.stringify(steps));
  renameSync(text, journalFile(places, "forward"));
}

/** The steps that a run has decided on and not finished. A file that is not what `commit` writes counts as none. */
export function readJournal(places: Places, way: "forward" | "back"): readonly Step[] | undefined {
  try {
    const steps: unknown = JSON.parse(readText(journalFile(places, way)));
    return Array.isArray(steps) && steps.every(isStep) ? steps : undefined;
  } catch {
    return undefined;
  }
}

function isStep(step: unknown): step is Step {
  const { kind, path } = (step ?? {}) as Partial<Step>;
  return (
    ["missing", "changed", "surplus"].includes(kind as string) &&
    typeof path === "string" &&
    isSafePath(path) &&
    (!path.startsWith("~/") || mayLieOutside(path))
  );
}

/** Takes every step that is not taken yet; throws where something else has come in the way. Can be repeated at any point. */
export function goForward(places: Places, steps: readonly Step[]): void {
  for (const [index, { kind, path }] of steps.entries()) {
    const target = locate(places, path);
    const { fresh } = staged(places, path, index);
    if (kind === "surplus") remove(places, target);
    else if (isOurs(fresh)) replace(places, fresh, target);
  }
}

/** Takes back every step that was taken. Needs no space on the disk. Can be repeated at any point. */
export function goBack(places: Places, steps: readonly Step[]): void {
  for (const [index, { kind, path }] of steps.entries()) {
    const target = locate(places, path);
    const { old, fresh } = staged(places, path, index);
    if (kind !== "missing" && isOurs(old)) replace(places, old, target);
    if (kind === "missing" && kindOf(fresh) === undefined) remove(places, target);
  }
}

function replace(places: Places, file: string, target: string): void {
  if (!isFree(places, target)) throw new Error(`${target} is in the way.`);
  renameSync(file, target);
}

function remove(places: Places, target: string): void {
  if (isOurs(target) && isFree(places, target)) rmSync(target);
}

function isOurs(file: string): boolean {
  return kindOf(file) === "file" && isMarked(readHead(file));
}

/** Nothing there or ours, and no link on the way: a journal is believed no further than a plan is. */
function isFree(places: Places, target: string): boolean {
  const kind = kindOf(target);
  if (kind !== undefined && !isOurs(target)) return false;
  for (let above = dirname(target); above !== places.out && isWithin(places.out, above); above = dirname(above)) {
    if (kindOf(above) !== "folder") return false;
  }
  return true;
}
