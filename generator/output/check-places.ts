import { lstatSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import { fromHere, isWithin, type Places, show } from "./places.js";
import { kindOf } from "./read-tree.js";

/** Returns what makes an output folder unfit before anything is read: surplus files are removed from it, so it must be ours alone. */
export function checkPlaces(places: Places, specFolder: string): Diagnostic | undefined {
  const name = show(places, "");
  if (isWithin(places.out, specFolder) || isWithin(places.out, places.root)) {
    return runFinding("output-place", `The output folder ${name} would hold the contracts themselves.`);
  }
  const blocked = fileAbove(places.out);
  if (blocked !== undefined) {
    return runFinding("output-place", `${fromHere(places.cwd, blocked)} is a file, where a folder should be.`);
  }
  const kind = kindOf(places.out);
  if (kind === "file")
    return runFinding(
      "output-place",
      `${name} is a file, where the output folder should be.`,
      "Move the file elsewhere, or name another folder with --out DIR.",
    );
  if (kind === "other") {
    const what = lstatSync(places.out).isSymbolicLink() ? "a link, and links are not followed" : "not a folder";
    return runFinding("output-place", `${name} is ${what}.`, "Name the folder itself with --out DIR.");
  }
  return undefined;
}

/** The nearest thing above that exists, unless it is a folder, or leads to one. */
function fileAbove(path: string): string | undefined {
  const above = dirname(path);
  if (above === path) return undefined;
  if (kindOf(above) === undefined) return fileAbove(above);
  return statSync(above).isDirectory() ? undefined : above;
}
