import type { CliCommand } from "../command.js";
import { runOnce } from "../run-once.js";
import { addRunOptions, type RunOptions } from "../run-options.js";
import { watch } from "../watch.js";

export const genCommand = {
  name: "gen",
  summary: "generate everything from the contracts",
  examples: [
    { line: "plainsight gen", does: "spec/ becomes generated/ and TELEMETRY.md" },
    { line: "plainsight gen --only docs", does: "just the page" },
    { line: "plainsight gen --watch", does: "generate again on every change" },
  ],
  configure: (command, run) => {
    addRunOptions(command)
      .option("--watch", "keep running, and generate again when a contract changes")
      .action((options: RunOptions) =>
        run((world) => (options.watch ? watch(world, "gen", options) : runOnce(world, "gen", options))),
      );
  },
} satisfies CliCommand;
