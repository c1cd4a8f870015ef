import type { CliCommand } from "../command.js";
import { runOnce } from "../run-once.js";
import { addRunOptions, type RunOptions } from "../run-options.js";
import { watch } from "../watch.js";

export const genCommand = {
  name: "gen",
  summary: "write everything that the contracts say",
  examples: [
    { line: "plainsight gen", does: "spec/ becomes generated/ and TELEMETRY.md" },
    { line: "plainsight gen --only docs", does: "just the page" },
    { line: "plainsight gen --watch", does: "again at every change of a contract" },
  ],
  configure: (command, run) => {
    addRunOptions(command)
      .option("--watch", "stay, and write again whenever a contract changes")
      .action((options: RunOptions) =>
        run((world) => (options.watch ? watch(world, "gen", options) : runOnce(world, "gen", options))),
      );
  },
} satisfies CliCommand;
