import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve as resolvePath } from "node:path";
import { visible } from "../../emit/visible.js";
import { readFrozenFiles } from "../../evolve/frozen-files.js";
import { writeWhole } from "../../output/write-whole.js";
import { readText } from "../../read-file.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { specOption } from "../read-contracts.js";

export const resolveCommand = {
  name: "resolve",
  summary: "merge two changes of one contract after a conflict, with their numbers and history",
  examples: [
    {
      line: "plainsight resolve && plainsight gen",
      does: "after git merge or git rebase stopped with a conflict in a contract; then git add, and continue",
    },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option("--decided", "you have resolved the marked places: keep the file as it is, and merge numbers and history")
      .action((options: Options) => run((context) => resolveConflicts(context, options)));
  },
} satisfies CliCommand;

interface Options {
  readonly spec: string;
  readonly decided?: boolean;
}

/** 0: nothing is left to do by hand. 1: something is, and is named. 2: the conflict could not be read. */
async function resolveConflicts(context: Context, options: Options): Promise<ExitCode> {
  const folder = resolvePath(context.cwd, options.spec);
  const git = (...args: readonly string[]) =>
    spawnSync("git", args, { cwd: dirname(folder), encoding: "utf8", maxBuffer: 1 << 26 });
  const listed = git("ls-files", "--unmerged", "-z", "--", folder);
  if (listed.status !== 0) {
    context.err(`git can't say what is in conflict: ${visible(listed.stderr?.trim() || "it is not there")}\n`);
    return 2;
  }
  const paths = [...new Set(listed.stdout.split("\0").flatMap((line) => line.split("\t")[1] ?? []))];
  const frozen = paths.filter((path) => /(?:^|\/)frozen\/v\d+\.json$/.test(path));
  for (const path of frozen)
    context.err(
      `${visible(path)} was frozen on both sides. Keep the one that was released (git checkout --ours or --theirs), then run plainsight resolve again.\n`,
    );
  if (frozen.length > 0) return 1;
  const specs = paths.filter((path) => /(?:^|\/)events\.yaml$/.test(path));
  if (specs.length === 0) context.out("No contract is in conflict. plainsight gen writes the generated files again.\n");
  let left = 0;
  for (const path of specs)
    left += (await resolveOne(context, git, dirname(folder), path, options.decided === true)) ? 0 : 1;
  return left === 0 ? 0 : 1;
}

type Git = (...args: readonly string[]) => ReturnType<typeof spawnSync> & { readonly stdout: string | Buffer };

async function resolveOne(context: Context, git: Git, root: string, path: string, decided: boolean): Promise<boolean> {
  const { mergeHunks, markSize, readChain, withNumbers, withoutNumbers } = await context.analyze();
  const stage = (number: number) => {
    const { status, stdout } = git("show", `:${number}:./${path}`);
    return status === 0 ? String(stdout) : undefined;
  };
  const place = join(root, path);
  const shown = visible(relative(context.cwd, place).replaceAll("\\", "/"));
  const [base, ours, theirs] = [stage(1), stage(2), stage(3)];
  const fail = (why: string) => {
    context.err(`${shown}: ${visible(why)}. It is left as git left it.\n`);
    return false;
  };
  if (base === undefined || ours === undefined || theirs === undefined) return fail("one side does not have it");
  const sides = { source: path, base, ours, theirs };
  const plain = withoutNumbers(sides);
  if ("problem" in plain) return fail(plain.problem);
  const merged = decided ? { text: readText(place), conflicts: 0 } : mergeHunks(mergeFile(git, plain, markSize));
  if (merged.conflicts > 0) {
    writeWhole(place, merged.text);
    context.err(
      `${shown}: ${merged.conflicts} ${merged.conflicts === 1 ? "place is" : "places are"} changed on both sides and not only added to. They are marked in the file; its numbers and history are those of where both sides parted. Decide, then run plainsight resolve --decided.\n`,
    );
    return false;
  }
  const { frozen } = readChain(readFrozenFiles(place, path));
  const resolved = withNumbers(sides, merged.text, frozen);
  if ("problem" in resolved) return fail(resolved.problem);
  writeWhole(place, resolved.text);
  context.out(
    `~ ${shown}  schema_version ${resolved.schemaVersion}, consent_epoch ${resolved.consentEpoch}${resolved.change === "" ? "" : `: ${visible(resolved.change)}`}\n`,
  );
  return true;
}

/** The three texts as git merges them, with the base's lines beside each conflict. */
function mergeFile(
  git: Git,
  { base, ours, theirs }: { readonly base: string; readonly ours: string; readonly theirs: string },
  marks: number,
): string {
  const folder = mkdtempSync(join(tmpdir(), "plainsight-merge-"));
  try {
    const names = { ours, base, theirs };
    for (const [name, text] of Object.entries(names)) writeFileSync(join(folder, name), text);
    const files = Object.keys(names).map((name) => join(folder, name));
    return String(git("merge-file", "-p", "--diff3", `--marker-size=${marks}`, ...files).stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
