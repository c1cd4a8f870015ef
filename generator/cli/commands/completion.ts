import { Argument, type Command } from "commander";
import type { CliCommand } from "../command.js";
import { type Completable, shells } from "../completion.js";

export const completionCommand = {
  name: "completion",
  summary: "print a script that completes commands and flags in your shell",
  aboutAll: true,
  examples: [
    { line: "plainsight completion bash >> ~/.bashrc", does: "bash" },
    { line: "plainsight completion zsh >> ~/.zshrc", does: "zsh" },
    { line: "plainsight completion fish > ~/.config/fish/completions/plainsight.fish", does: "fish" },
  ],
  configure: (command, run) => {
    command
      .addArgument(new Argument("<shell>", "whose").choices(Object.keys(shells)))
      .action((shell: keyof typeof shells) =>
        run((world) => {
          world.out(shells[shell]((command.parent?.commands ?? []).map(completable)));
          return 0;
        }),
      );
  },
} satisfies CliCommand;

function completable(command: Command): Completable {
  return {
    name: command.name(),
    summary: command.summary(),
    flags: [
      ...command.options.map(({ long, argChoices }) => ({ name: long ?? "", words: argChoices ?? [] })),
      { name: "--help", words: [] },
    ],
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
}
