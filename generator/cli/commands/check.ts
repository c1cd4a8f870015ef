import type { CliCommand } from "../command.js";
import { runOnce } from "../run-once.js";
import { addRunOptions, baseOptions, type RunOptions } from "../run-options.js";
import { watch } from "../watch.js";

export const checkCommand = {
  name: "check",
  summary: "see whether the files are what the contracts say; write nothing",
  examples: [
    { line: "plainsight check", does: "exit code 0: clean, 1: findings or drift, 2: could not run" },
    {
      line: "plainsight check --base origin/main",
      does: "what a pull request may not do: grow without raising its version",
    },
    { line: "plainsight check --format github", does: "annotations on a pull request" },
  ],
  configure: (command, run) => {
    addRunOptions(command)
      .option(...baseOptions[0])
      .option(...baseOptions[1])
      .option("--watch", "stay, and check again whenever a contract changes")
      .action((options: RunOptions) =>
        run((world) => (options.watch ? watch(world, "check", options) : runOnce(world, "check", options))),
      );
  },
} satisfies CliCommand;
