import { spawnSync } from "node:child_process";
import { lstatSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Commit } from "./base.js";
import { EVOLUTION_CODES } from "./classes/index.js";
import type { Finding } from "./finding.js";

/** Files that decide whether a change of the contract is seen and held up: what Git shows, whom it asks, what CI runs. */
const files = [".gitattributes", "CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab-ci.yml"];
/** One more of these guards no less. */
const workflows = ".github/workflows";

/** Returns what changed in them since a commit. They are no part of a contract, but whoever loosens one loosens all contracts. */
export function lockChanges({ id: ref }: Commit, root: string): readonly Finding[] {
  const git = (...args: readonly string[]) => {
    const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
    return status === 0 ? stdout : "";
  };
  const atTop = (places: readonly string[]) => places.map((place) => `:(top)${place}`);
  const changed = git("diff", "--name-status", "--no-renames", "-z", ref, "--", ...atTop([...files, workflows]));
  const untracked = ["ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", ...atTop(files)];
  const added = hasAny(root) ? git(...untracked).split("\0") : [];
  const words = changed.split("\0");
  const known = Array.from(
    { length: Math.floor(words.length / 2) },
    (_, index) => [words[2 * index] ?? "", words[2 * index + 1] ?? ""] as const,
  );
  const all = [...known, ...added.filter((path) => path !== "").map((path) => ["A", path] as const)];
  return all.flatMap(([kind, path]): readonly Finding[] => {
    const diff = git("diff", "--unified=0", "--no-color", ref, "--", `:(top)${path}`);
    const lines = (sign: string) =>
      diff
        .split("\n")
        .filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)))
        .map((line) => line.slice(1).trim());
    // A workflow that never mentioned the contract isn't one of the locks.
    const about = path.includes("workflows") ? /plainsight|telemetry/i.test(`${path}\n${diff}`) : true;
    if (!about || (kind === "A" && path.includes("workflows"))) return [];
    const id = "guard-changed";
    const { impact, needs } = EVOLUTION_CODES[id];
    const [was, is] = [lines("-"), lines("+")];
    return [
      {
        id,
        impact,
        needs,
        sentence: `${path}, which guards the contract, ${{ A: "is new", D: "is gone" }[kind] ?? "changed"}.`,
        before: shortened(was),
        after: shortened(is),
        who: "everybody who relies on changes being seen",
        old: "Clients are not concerned.",
      },
    ];
  });
}

/** True if one of the files is in a folder that may be the top one of the repository. */
function hasAny(root: string): boolean {
  for (let folder = realpathSync(root), below = ""; folder !== below; below = folder, folder = dirname(folder))
    if (files.some((file) => isThere(join(folder, file)))) return true;
  return false;
}

/** A link to nowhere is there, and so may be what can't be looked at. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function shortened(lines: readonly string[]): string {
  const shown = lines.slice(0, 3).join(" / ");
  return shown === "" ? "nothing" : lines.length > 3 ? `${shown} / and ${lines.length - 3} more lines` : shown;
}
