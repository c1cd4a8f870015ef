import type { CliCommand } from "../command.js";
import { runOnce } from "../run-once.js";
import { addRunOptions, baseOptions, type RunOptions } from "../run-options.js";
import { watch } from "../watch.js";

export const checkCommand = {
  name: "check",
  summary: "check that the generated files match the contracts; write nothing",
  examples: [
    { line: "plainsight check", does: "exits with 0 if all is well, 1 on errors or drift, 2 if it could not run" },
    {
      line: "plainsight check --base origin/main",
      does: "also fails if a pull request collects more without raising the version",
    },
    { line: "plainsight check --format github", does: "annotations on a pull request" },
  ],
  configure: (command, run) => {
    addRunOptions(command)
      .option(...baseOptions[0])
      .option(...baseOptions[1])
      .option("--watch", "keep running, and check again when a contract changes")
      .action((options: RunOptions) =>
        run((world) => (options.watch ? watch(world, "check", options) : runOnce(world, "check", options))),
      );
  },
} satisfies CliCommand;
