import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { readText } from "../read-file.js";
import type { SpecFile } from "../spec/load.js";

/** A file that may hold a released version, as it is next to its spec. */
export interface FrozenFile {
  /** Of its name: `v2.json` → 2. */
  readonly version: number;
  /** Its path as people see it: `spec/frozen/v2.json`. */
  readonly source: string;
  readonly text: string;
}

/** A contract as it lies on the disk: what it says, and what was released of it. */
export interface ContractFiles {
  readonly spec: SpecFile;
  readonly past: readonly FrozenFile[];
}

/** The name of a version's file, relative to its spec. */
export function frozenName(version: number): string {
  return `frozen/v${version}.json`;
}

/** Reads every `frozen/v<N>.json` beside a spec, by number. No folder: none. What can't be read, the folder too, has an empty text, which is damaged. */
export function readFrozenFiles(specPath: string, shownAs: string): readonly FrozenFile[] {
  const folder = join(dirname(specPath), "frozen");
  const names = namesIn(folder);
  if (names === undefined) return [{ version: 1, source: `${dirname(shownAs)}/frozen`, text: "" }];
  return names
    .flatMap((name) => {
      const version = Number(/^v([1-9][0-9]{0,8})\.json$/.exec(name)?.[1]);
      return Number.isNaN(version)
        ? []
        : [{ version, source: `${dirname(shownAs)}/frozen/${name}`, text: textOf(join(folder, name)) }];
    })
    .sort((a, b) => a.version - b.version);
}

/** Undefined: there is something, and it can't be listed. To take that for no release at all would switch every check off. */
function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? [] : undefined;
  }
}

function textOf(path: string): string {
  try {
    return readText(path);
  } catch {
    return "";
  }
}
