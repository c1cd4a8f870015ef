import { spawnSync } from "node:child_process";
import type { Commit } from "./base.js";
import { EVOLUTION_CODES } from "./classes/index.js";
import type { Finding } from "./finding.js";

/** Files that decide whether a change of the contract is seen and held up: what Git shows, whom it asks, what CI runs. */
const places = [
  ".gitattributes",
  "CODEOWNERS",
  ".github/CODEOWNERS",
  "docs/CODEOWNERS",
  ".github/workflows",
  ".gitlab-ci.yml",
];

/** Returns what changed in them since a commit. They are no part of a contract, but whoever loosens one loosens all contracts. */
export function lockChanges({ id: ref }: Commit, root: string): readonly Finding[] {
  const git = (...args: readonly string[]) => {
    const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
    return status === 0 ? stdout : "";
  };
  const pathspecs = places.map((place) => `:(top)${place}`);
  const changed = git("diff", "--name-status", "--no-renames", "-z", ref, "--", ...pathspecs).split("\0");
  const added = git("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", ...pathspecs).split("\0");
  const known = Array.from(
    { length: Math.floor(changed.length / 2) },
    (_, index) => [changed[2 * index] ?? "", changed[2 * index + 1] ?? ""] as const,
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

function shortened(lines: readonly string[]): string {
  const shown = lines.slice(0, 3).join(" / ");
  return shown === "" ? "nothing" : lines.length > 3 ? `${shown} / and ${lines.length - 3} more lines` : shown;
}
