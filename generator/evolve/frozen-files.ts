import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file that may hold a released version, as it lies beside its spec. */
export interface FrozenFile {
  /** Of its name: `v2.json` → 2. */
  readonly version: number;
  /** Its path as people see it: `spec/frozen/v2.json`. */
  readonly source: string;
  readonly text: string;
}

/** The name of a version's file, relative to its spec. */
export function frozenName(version: number): string {
  return `frozen/v${version}.json`;
}

/** Reads every `frozen/v<N>.json` beside a spec, by number. No folder: none. What can't be read has an empty text, which is damaged. */
export function readFrozenFiles(specPath: string, shownAs: string): readonly FrozenFile[] {
  const folder = join(dirname(specPath), "frozen");
  return namesIn(folder)
    .flatMap((name) => {
      const version = Number(/^v([1-9][0-9]{0,8})\.json$/.exec(name)?.[1]);
      return Number.isNaN(version)
        ? []
        : [{ version, source: `${dirname(shownAs)}/frozen/${name}`, text: textOf(join(folder, name)) }];
    })
    .sort((a, b) => a.version - b.version);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
