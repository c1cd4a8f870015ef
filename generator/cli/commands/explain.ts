import type { CliCommand } from "../command.js";
import type { ExitCode, World } from "../world.js";

export const explainCommand = {
  name: "explain",
  summary: "tell what a finding means, why it exists and how it is mended",
  examples: [
    { line: "plainsight explain field-added", does: "any id that check or diff prints" },
    { line: "plainsight explain --all", does: "the whole reference as Markdown" },
  ],
  configure: (command, run) => {
    command
      .argument("[id]", "the finding's id")
      .option("--all", "every finding, as a page")
      .action((id: string | undefined, { all }: { all?: boolean }) =>
        run((world) => tellAbout(world, id, all === true)),
      );
  },
} satisfies CliCommand;

async function tellAbout(world: World, id: string | undefined, all: boolean): Promise<ExitCode> {
  const { explain, findingsPage, idsLike } = await world.reader();
  const told = all ? findingsPage() : explain(id ?? "");
  if (told !== undefined) {
    world.out(told);
    return 0;
  }
  const like = idsLike(id ?? "");
  world.err(
    `${id === undefined ? "Which finding? Give its id." : `"${id}" is no finding.`}${like.length === 0 ? "" : ` Did you mean ${like.join(", ")}?`}\n`,
  );
  return 2;
}
