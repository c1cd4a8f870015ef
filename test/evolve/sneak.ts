import { readFileSync } from "node:fs";
import { join } from "node:path";
import { casesFolder } from "./read-case.js";

/** One text in place of another that must be there. */
export type Edit = readonly [was: string, is: string];

/** A contract that uses most of the language. */
export const baseText = readFileSync(join(casesFolder, "promise-added/base.yaml"), "utf8");

export function changed(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, [was, is]) => {
    if (!now.includes(was)) throw new Error(`There is no ${was}`);
    return now.replace(was, () => is);
  }, text);
}
