import { spawnSync } from "node:child_process";

/**
 * The text of each object, undefined for those that are not there; or why git could not be asked. Links are followed within the commit; where
 * one leads out of it, nobody knows what was there.
 */
export function readObjects(cwd: string, names: readonly string[]): readonly (string | undefined)[] | string {
  const git = spawnSync("git", ["cat-file", "--batch", "--follow-symlinks"], {
    cwd,
    input: `${names.join("\n")}\n`,
    maxBuffer: 1 << 28,
  });
  if (git.error !== undefined) return whyNotAsked(git.error);
  if (git.status !== 0) return git.stderr.toString().trim().split("\n")[0] || `git failed with ${git.status}`;
  const objects: (string | undefined)[] = [];
  let at = 0;
  for (const name of names) {
    const end = git.stdout.indexOf("\n", at);
    const header = git.stdout.toString("utf8", at, end);
    const [, kind, size] =
      /^(?:[0-9a-f]+ )?(blob|tree|commit|symlink|dangling|loop|notdir) ([0-9]+)$/.exec(header) ?? [];
    const text = size === undefined ? undefined : git.stdout.toString("utf8", end + 1, end + 1 + Number(size));
    if (kind === "symlink" || kind === "loop" || kind === "notdir")
      return `${name.replace(/^.*:\.\//, "")} is behind a link that leads out of the repository, or nowhere`;
    objects.push(kind === "dangling" ? undefined : text);
    at = size === undefined ? end + 1 : end + 2 + Number(size);
  }
  return objects;
}

export function whyNotAsked(error: Error): string {
  return (error as NodeJS.ErrnoException).code === "ENOENT" ? "git is not installed" : `git failed (${error.message})`;
}

/** Returns whether a tree has another repository under this name, of which it knows only the commit. */
export function hasSubmodule(tree: string, name: string): boolean {
  return tree.includes(`160000 ${name}\0`);
}

/** The names of a tree's folders. Among them may be some that only look so in the numbers between: nobody has folders of such names. */
export function foldersIn(tree = ""): readonly string[] {
  return Array.from(tree.matchAll(/40000 ([^\0]+)\0/g), ([, name = ""]) => name);
}
