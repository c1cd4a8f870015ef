import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type PackageManager, packageManagerIn, packageManagers } from "../init/package-managers.js";
import { fromHere } from "../output/places.js";
import { readText } from "../read-file.js";

/** The folders of a project. */
export interface InitTarget {
  /** The top of its repository, where GitHub looks for workflows; the project itself where there is none. */
  readonly top: string;
  /** The project in it: `packages/cli`, or empty. */
  readonly folder: string;
  readonly manager: PackageManager;
}

/** Looks from a folder upwards. A home that is a repository of its owner's settings is not the repository of everything below it. */
export function placeOf(cwd: string): InitTarget {
  const above = foldersFrom(cwd);
  const at = above.findIndex((folder) => existsSync(join(folder, ".git")));
  const inside = at === -1 || resolve(above[at] ?? "") === homedir() ? above.slice(0, 1) : above.slice(0, at + 1);
  const top = inside.at(-1) ?? cwd;
  const [manager = packageManagers.npm] = inside.flatMap(
    (folder) => packageManagerIn((file) => readIfThere(join(folder, file))) ?? [],
  );
  return { top, folder: top === cwd ? "" : fromHere(top, cwd), manager };
}

function foldersFrom(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

/** A tsconfig.json with everything that it extends: any of them may say what the project compiles. Undefined where there is none. */
export function compilerTextIn(folder: string): string | undefined {
  const seen = new Set<string>();
  const read = (path: string): string => {
    const text = seen.has(path) ? "" : (readIfThere(path) ?? "");
    seen.add(path);
    const [, extended = ""] = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(text) ?? [];
    const others = [...extended.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => read(resolved(name, path)));
    return [text, ...others].join("\n");
  };
  const path = join(folder, "tsconfig.json");
  return existsSync(path) ? read(path) : undefined;
}

function resolved(name: string, from: string): string {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return "";
  }
}

export function readIfThere(path: string): string | undefined {
  try {
    return readText(path);
  } catch {
    return undefined;
  }
}
