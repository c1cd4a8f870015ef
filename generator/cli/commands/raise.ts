import { readFileSync } from "node:fs";
import { writeWhole } from "../../output/write-whole.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, shown, specOption, tell } from "../read-contracts.js";
import { baseOf, baseOptions, type RunOptions } from "../run-options.js";

export const raiseCommand = {
  name: "raise",
  summary: "raise schema_version and consent_epoch as far as your changes need",
  examples: [
    { line: "plainsight raise", does: "run it after a change you intended; it also adds the history entry" },
    { line: "plainsight raise --base origin/main", does: "counted from another commit, while nothing is frozen yet" },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option(
        baseOptions[0][0],
        "what counts as released while no version is frozen: the commit where this branch left another",
      )
      .option(baseOptions[1][0], "the same, for that commit itself")
      .option("--wording-only <reason>", "why the new wording means the same, so that nobody needs a new notice")
      .action((options: Options) => run((context) => raise(context, options)));
  },
} satisfies CliCommand;

type Options = Pick<RunOptions, "spec" | "base" | "baseExact"> & { readonly wordingOnly?: string };

async function raise(context: Context, options: Options): Promise<ExitCode> {
  const project = await readContracts(context, options.spec);
  if (project === undefined) return 2;
  const { neededNumbers, openBase, raiseNumbers, readBase, requestOf } = await context.analyze();
  const base = baseOf(options);
  const there = base && openBase(base, project.root, project.contracts.map(requestOf));
  if (there !== undefined && "code" in there) {
    tell(context, project.root, [there], project.sources);
    return 2;
  }
  const bases = there?.files.map(readBase) ?? [];
  for (const [index, { spec: file, uncheckedModel }] of project.contracts.entries()) {
    if (uncheckedModel === undefined) continue;
    const other = bases[index]?.model;
    const needed = neededNumbers(
      uncheckedModel,
      uncheckedModel.frozen.length > 0 || other === undefined ? uncheckedModel.frozen : [other],
      options.wordingOnly,
    );
    if (needed === undefined) continue;
    // The file as it is, and not as it was read: another contract's consent stands there by its path.
    writeWhole(file.path, raiseNumbers(readFileSync(file.path, "utf8"), uncheckedModel, needed));
    context.out(
      `~ ${shown(context, project, file.source)}  schema_version ${uncheckedModel.schemaVersion} → ${needed.schemaVersion}, consent_epoch ${uncheckedModel.consentEpoch} → ${needed.consentEpoch}\n`,
    );
  }
  return 0;
}
