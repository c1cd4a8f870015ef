import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";

export const explainCommand = {
  name: "explain",
  summary: "explain a finding: what it means, why it exists, how to fix it",
  examples: [
    { line: "plainsight explain field-added", does: "explains an id that check or diff printed" },
    { line: "plainsight explain --all", does: "prints the whole reference as Markdown" },
  ],
  configure: (command, run) => {
    command
      .argument("[id]", "the finding's id")
      .option("--all", "every finding, as a page")
      .action((id: string | undefined, { all }: { all?: boolean }) =>
        run((context) => tellAbout(context, id, all === true)),
      );
  },
} satisfies CliCommand;

async function tellAbout(context: Context, id: string | undefined, all: boolean): Promise<ExitCode> {
  if (id === undefined && !all) {
    context.err("Name a finding, as in `plainsight explain missing-key`, or use --all for every one.\n");
    return 2;
  }
  const { explain, findingsPage, idsLike } = await context.analyze();
  const told = all ? findingsPage() : explain(id ?? "");
  if (told !== undefined) {
    context.out(told);
    return 0;
  }
  const like = idsLike(id ?? "");
  context.err(`"${id}" is not a finding.${like.length === 0 ? "" : ` Did you mean ${like.join(", ")}?`}\n`);
  return 2;
}
